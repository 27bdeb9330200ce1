import { z } from 'zod'
import { sexes } from '../attendance/patient.ts'
import { themes } from '../rules/rule.ts'
import { consents, indicatorLevels, indicators, overallRisks } from './risk-assessment.ts'

/** Longest free text in a referral, in characters. A longer one is refused while the nurse can still edit it. */
export const textLengthMax = 10_000

/** Longest text that a hospital system recorded, in characters. */
export const recordedLengthMax = 500

/**
 * A referral as it travels, version 1. The order of the fields here is the order of the bytes. It holds the
 * minimum a partnership needs to know the child, to understand the concern and to ring back; never the notes.
 * A change that a receiver would notice is a new version beside this one: old referrals keep theirs.
 */
export const ReferralPayload = z.strictObject({
  version: z.literal('wren.referral.v1'),
  id: z.uuid().describe('The idempotency key: the same on every attempt, for ever'),
  revision: z.int().min(1).describe('1 for the first referral of an attendance, one more for each later one'),
  to: z.literal('get-safe'),
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
  assessment: z.strictObject({
    indicators: z
      .array(
        z.strictObject({
          id: z.enum(keysOf(indicators)),
          level: z.enum(keysOf(indicatorLevels)),
          evidence: text(),
        }),
      )
      .max(50),
    protectiveFactors: text(),
    childsView: text(),
    analysis: text(),
    overall: z.enum(keysOf(overallRisks)),
  }),
  consent: z
    .strictObject({
      asked: z.enum(keysOf(consents)),
      reason: text().describe('Why it is shared all the same; required unless consent was given'),
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
})

export type ReferralPayload = z.infer<typeof ReferralPayload>

function text() {
  return z.string().max(textLengthMax)
}

/** What a hospital system may not have recorded. */
function textOrNull() {
  return z.string().max(recordedLengthMax).nullable()
}

function keysOf<Table extends Record<string, unknown>>(table: Table): (keyof Table & string)[] {
  const isKey = (key: string): key is keyof Table & string => Object.hasOwn(table, key)
  return Object.keys(table).filter(isKey)
}
