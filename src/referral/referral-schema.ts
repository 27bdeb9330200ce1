import { z } from 'zod'
import { sexes } from '../attendance/patient.ts'
import { themes } from '../rules/rule.ts'

/** Longest free text in a referral, in characters. A longer one is refused while the nurse can still edit it. */
export const textLengthMax = 10_000

/** Longest text that a hospital system recorded, in characters. */
export const recordedLengthMax = 500

/**
 * A referral as it travels, version 2. The order of the fields here is the order of the bytes. It holds the
 * minimum a partnership needs to know the child, to understand the concern and to ring back; never the notes.
 * Questions and answers travel in the words in which they were asked, so that a referral can be read for ever,
 * whatever becomes of the form. A change that a receiver would notice is a new version.
 */
export const ReferralPayload = z.strictObject({
  version: z.literal('wren.referral.v2'),
  id: z.uuid().describe('The idempotency key: the same on every attempt, for ever'),
  revision: z.int().min(1).describe('1 for the first referral of an attendance, one more for each later one'),
  supersedes: z
    .uuid()
    .nullable()
    .describe(
      'The id of the referral in whose place this one stands; a receiver that has it closes that one',
    ),
  to: z.enum(['get-safe', 'get-there', 'carm', 'home-authority']),
  alsoFor: z
    .array(z.literal('get-there'))
    .describe('Other partnership services to tell: GET THERE at 16 and 17'),
  authorised: z.strictObject({
    by: z.string().min(1).max(200).describe('Full name of the nurse who authorised it'),
    at: z.iso.datetime({ offset: true }),
  }),
  child: z.strictObject({
    family: textOrNull(),
    given: textOrNull(),
    birthDate: z.iso.date().nullable(),
    ageOnArrival: z.int().min(0).max(150).nullable(),
    sex: z.enum(sexes),
    nhsNumber: z
      .string()
      .regex(/^\d{10}$/)
      .nullable(),
    address: textOrNull(),
    postcode: textOrNull(),
    school: textOrNull(),
  }),
  attendance: z.strictObject({
    trust: z.string().min(1).max(100),
    id: z.string().min(1).max(200),
    site: textOrNull(),
    department: textOrNull(),
    arrivedAt: z.iso.datetime({ offset: true }).nullable(),
  }),
  flaggedFor: z
    .array(z.strictObject({ theme: z.enum(themes), name: z.string().min(1).max(200) }))
    .max(100)
    .describe('Why Wren put the attendance before a nurse: names of rules, no words of the notes'),
  concerns: text().min(1).describe('The concern in the own words of the nurse'),
  assessment: z
    .strictObject({
      form: z.strictObject({
        title: z.string().min(1).max(200),
        version: z
          .string()
          .min(1)
          .max(100)
          .describe('Made of the wording: another wording is another version'),
      }),
      overall: option(),
      sections: z
        .array(
          z.strictObject({
            id: name(),
            title: z.string().min(1).max(200),
            answers: z.array(answer()).max(50),
          }),
        )
        .max(20),
    })
    .describe('The risk assessment as it was asked'),
  duties: z
    .array(answer())
    .max(30)
    .describe(
      'Significant harm, social care, strategy discussion, MACE, trafficking, police: what was answered',
    ),
  services: z.array(z.strictObject({ id: name(), name: z.string().min(1).max(200) })).max(20),
  consent: z
    .strictObject({
      asked: z.enum(['given', 'refused', 'not-asked']),
      reason: text().describe('Why it is shared all the same; required unless consent was given'),
      lawfulBasis: option().nullable(),
    })
    .refine(({ asked, reason }) => asked === 'given' || reason !== '', {
      path: ['reason'],
      error: 'required unless consent was given',
    }),
  parents: z
    .strictObject({
      informed: z.boolean(),
      reason: text().describe('Why they were not informed; required then'),
    })
    .refine(({ informed, reason }) => informed || reason !== '', {
      path: ['reason'],
      error: 'required unless the parents were informed',
    }),
  capacity: z.strictObject({ considered: z.boolean(), note: text() }),
})

export type ReferralPayload = z.infer<typeof ReferralPayload>
export type PayloadAnswer = z.infer<ReturnType<typeof answer>>

/** One question with its answer. `chosen` is null where nothing was to be chosen. */
function answer() {
  return z.strictObject({
    id: name(),
    question: z.string().min(1).max(300),
    chosen: option().nullable(),
    words: text(),
  })
}

function option() {
  return z.strictObject({ value: name(), label: z.string().min(1).max(200) })
}

function name() {
  return z.string().min(1).max(100)
}

function text() {
  return z.string().max(textLengthMax)
}

/** What a hospital system may not have recorded. */
function textOrNull() {
  return z.string().max(recordedLengthMax).nullable()
}
