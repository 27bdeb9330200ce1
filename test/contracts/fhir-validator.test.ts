import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type MessageBundle, messageBundle } from '../../src/adapters/portal/fhir/message-bundle.ts'
import { heldMessage, outcomeOf, searchset } from '../../src/processes/portal-simulator/fhir-answers.ts'
import type { ReceivedReferral } from '../../src/processes/portal-simulator/received-referral.ts'
import { type FhirProblem, fetchFhirValidator, validateFhir } from '../world/fhir-validator.ts'
import { anyPayload } from '../world/make-payload.ts'
import { makeReferral } from '../world/make-referral.ts'
import { exampleAddress, exampleReferral } from '../world/referral-message.ts'
import { isThorough } from '../world/thorough.ts'

/** Of any that the schema allows; the same ones on every run. */
const generated = isThorough ? 100 : 5

const validator = await fetchFhirValidator()
if ('missing' in validator) {
  if (isThorough) throw new Error(`there is no FHIR validator: ${validator.missing}`)
  process.stderr.write(`The tests with the FHIR validator are skipped: ${validator.missing}\n`)
}

/** What the validator may remark. All else is a fault. */
const remarksAllowed: readonly (readonly [why: string, severity: string, message: RegExp])[] = [
  [
    'nobody publishes the codes of NHS England and of Wren to it',
    'warning',
    /^CodeSystem is unknown and can't be validated: (https:\/\/fhir\.nhs\.uk\/|urn:uuid:)/,
  ],
  [
    'no policy of FHIR’s list is meant: they are of the United States',
    'warning',
    /^No code provided, .*consent-policy/,
  ],
  [
    'the form is made by a partnership and published nowhere',
    'information',
    /^No questionnaire is identified/,
  ],
]

const referrals = [
  exampleReferral,
  JSON.parse(new TextDecoder().decode(makeReferral().body)),
  ...fc.sample(anyPayload, { numRuns: generated, seed: 20_261_121 }),
]
const useContext = { useCase: 'a9t9', category: 'referral' }
const messages = referrals.map((referral, index) =>
  messageBundle(referral, index % 2 === 0 ? exampleAddress : { ...exampleAddress, useContext }),
)

/** What the portal simulator answers in FHIR. */
const received: ReceivedReferral = {
  ...{ reference: 'GS-2026-000001', key: exampleReferral.id, receivedAt: '2026-11-21T09:12:03.000Z' },
  ...{ bodySha256: '', referral: exampleReferral, acknowledgedFrom: null },
  ...{ supersededBy: null, calledBack: [] },
  reports: [
    { ...report('1'), status: 'accepted' },
    { ...report('2'), status: 'declined', reason: 'Known to another team' },
    {
      ...{ ...report('3'), status: 'pathway-set', pathway: 'amber', reason: 'Seen with older boys twice' },
      ...{
        meetingDay: '2026-11-20',
        nextReview: '2026-12-18',
        owner: 'J. Marsh',
        plan: 'Link worker weekly',
      },
    },
    { ...report('4'), status: 'stepped-down', meetingDay: '2026-11-21', reason: 'Safe with his aunt' },
  ],
}
const held = { received, now: Temporal.Instant.from('2026-11-21T10:00:00Z') }
const search = `ServiceRequest?identifier=${encodeURIComponent('urn:ietf:rfc:3986|urn:uuid:1')}`
const answers = [
  heldMessage(held, '5063b74b-af41-5097-bd16-aecd563abf06'),
  searchset(held, search),
  searchset(null, search), // finds nothing
  outcomeOf({ code: 'duplicate', coding: 'REC_CONFLICT', diagnostics: 'Processed before' }),
]

const attendance = {
  reference: messages[0]?.entry.find(({ resource }) => resource.resourceType === 'Encounter')?.fullUrl,
}

/** The example, broken in one place each. */
const broken: readonly (readonly [what: string, message: unknown, where: RegExp])[] = [
  [
    'a header that is not the first entry',
    { ...messages[0], entry: messages[0]?.entry.toReversed() },
    /Bundle/,
  ],
  ['an element that R4 does not know', changed('Patient', { nickname: 'Kit' }), /nickname/],
  ['a request without its status', changed('ServiceRequest', { status: undefined }), /ServiceRequest/],
  ['a status that is none', changed('Encounter', { status: 'at home' }), /Encounter/],
  ['a birth date as people write it', changed('Patient', { birthDate: '30/05/2011' }), /Patient/],
  ['a child who is an attendance', changed('ServiceRequest', { subject: attendance }), /ServiceRequest/],
  ['a consent without its category', changed('Consent', { category: undefined }), /Consent/],
  ['an empty text', changed('Organization', { name: '' }), /Organization/],
]

describe.skipIf('missing' in validator)('FHIR R4, by HL7’s own validator', () => {
  const all = [...messages, ...answers, ...broken.map(([, message]) => message)]
  let problems: readonly FhirProblem[] = []
  const problemsOf = (index: number) =>
    problems.filter(problem => problem.index === index && !isAllowed(problem))

  test('is what every generated referral keeps', async ({ signal }) => {
    if ('missing' in validator) return
    problems = await validateFhir(validator.jars, all, signal)
    expect(messages).toHaveLength(generated + 2)
    expect(messages.flatMap((_, index) => problemsOf(index))).toEqual([])
  }, 600_000)

  test('is what the portal simulator answers', () => {
    expect(answers.flatMap((_, index) => problemsOf(messages.length + index))).toEqual([])
  })

  test.each(broken.map(([what, , where], index) => [what, index, where] as const))(
    'is not kept by %s',
    (_what, index, where) => {
      const found = problemsOf(messages.length + answers.length + index)
      expect(found.filter(({ severity }) => severity === 'error' || severity === 'fatal')).not.toEqual([])
      expect(found.map(({ location, message }) => `${location} ${message}`).join('\n')).toMatch(where)
    },
  )
})

function report(id: string) {
  const at = `2026-11-21T09:3${id}:00.000Z`
  return { id, key: exampleReferral.id, reference: 'GS-2026-000001', at }
}

/** The example with one resource changed. */
function changed(type: string, change: object): MessageBundle {
  const bundle = messageBundle(exampleReferral, exampleAddress)
  return {
    ...bundle,
    entry: bundle.entry.map(({ fullUrl, resource }) => ({
      fullUrl,
      resource: resource.resourceType === type ? { ...resource, ...change } : resource,
    })),
  }
}

function isAllowed({ severity, message }: FhirProblem): boolean {
  return remarksAllowed.some(([, of, words]) => of === severity && words.test(message))
}
