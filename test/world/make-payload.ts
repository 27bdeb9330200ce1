import fc from 'fast-check'
import { textOf } from '../../src/adapters/portal/fhir/fhir-element.ts'
import { sexes } from '../../src/attendance/patient.ts'
import type { ReferralPayload } from '../../src/referral/referral-schema.ts'
import { destinations } from '../../src/referral/routing.ts'
import { themes } from '../../src/rules/rule.ts'

/** Words as a nurse types them, of every length that is allowed, and now and then anything a keyboard can send. */
const typed = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...notes()) },
  {
    weight: 2,
    arbitrary: fc.array(fc.constantFrom(...notes()), { maxLength: 40 }).map(each => each.join('\n')),
  },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 200 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.constantFrom('', ' ', '\u0007', '£400 coat & "blade" <3', 'x'.repeat(10_000)) },
)
const something = typed.map(words => (textOf(words) === undefined ? 'Seen' : words))
const recorded = fc.option(typed.map(words => words.slice(0, 500)))
const shortName = fc.constantFrom('weapon', 'gang', 'missing-from-home', 'overdose', 'online')
const option = fc.record({
  value: fc.constantFrom('present', 'suspected', 'not-seen', 'unknown', 'high'),
  label: fc.constantFrom('Present', 'Suspected', 'Not seen', 'Not known', 'High – see below'),
})
const answer = fc.record({
  id: shortName,
  question: fc.constantFrom(
    'Carries a weapon, or was hurt by one?',
    'Who keeps the child safe?',
    'Gang “links”?',
  ),
  chosen: fc.option(option),
  words: typed,
})
const moment = fc
  .date({ min: new Date('2026-01-01T00:00:00Z'), max: new Date('2027-12-31T00:00:00Z'), noInvalidDate: true })
  .map(date => date.toISOString())
const localMoment = moment.map(text => text.replace(/\.\d{3}Z$/, '+01:00'))

/** Any referral that the schema allows, with each optional part there or not. All is invented. */
export const anyPayload: fc.Arbitrary<ReferralPayload> = fc.record({
  version: fc.constant('wren.referral.v2' as const),
  id: fc.uuid({ version: 5 }),
  revision: fc.integer({ min: 1, max: 40 }),
  supersedes: fc.option(fc.uuid({ version: 5 })),
  to: fc.constantFrom(...keysOf(destinations)),
  alsoFor: fc.constantFrom<'get-there'[][]>([], ['get-there']),
  authorised: fc.record({ by: fc.constantFrom('Asha Patel', 'Siân O’Rourke-Lee', 'Łucja Żak'), at: moment }),
  child: fc.record({
    family: recorded,
    given: recorded,
    birthDate: fc.option(fc.constantFrom('2011-05-30', '2008-02-29', '2026-11-20', '1901-01-01')),
    ageOnArrival: fc.option(fc.constantFrom(0, 1, 15, 17, 25, 125)),
    sex: fc.constantFrom(...sexes),
    nhsNumber: fc.option(fc.constantFrom('9990000042', '9990000018', '9990000026')),
    address: recorded,
    postcode: recorded,
    school: recorded,
  }),
  attendance: fc.record({
    trust: fc.constantFrom('RWP', 'R1A', 'Severn Bank (private)'),
    id: fc.constantFrom('A000001', 'E-2026/11 0042'),
    site: fc.option(fc.constantFrom('RWP50', 'RWP01', 'Minor injuries, Severn Bank')),
    department: recorded,
    arrivedAt: fc.option(fc.oneof(moment, localMoment)),
  }),
  flaggedFor: fc.array(
    fc.record({
      theme: fc.constantFrom(...themes),
      name: fc.constantFrom('Knife or blade', 'Overdose', 'Gang'),
    }),
    { maxLength: 4 },
  ),
  concerns: something,
  assessment: fc.record({
    form: fc.record({ title: fc.constant('GET SAFE risk assessment'), version: fc.constant('0f6c2a9e41d7') }),
    overall: option,
    sections: fc.array(
      fc.record({
        id: shortName,
        title: fc.constantFrom('What may be harming the child', 'The child'),
        answers: fc.array(answer, { maxLength: 6 }),
      }),
      { maxLength: 4 },
    ),
  }),
  duties: fc.array(answer, { maxLength: 5 }),
  services: fc.array(fc.record({ id: shortName, name: fc.constantFrom('Steer Clear', 'Here2Help') }), {
    maxLength: 3,
  }),
  consent: fc.oneof(
    fc.record({
      asked: fc.constant('given' as const),
      reason: fc.constant(''),
      lawfulBasis: fc.constant(null),
    }),
    fc.record({
      asked: fc.constantFrom('refused' as const, 'not-asked' as const),
      reason: something,
      lawfulBasis: fc.option(option),
    }),
  ),
  parents: fc.oneof(
    fc.record({ informed: fc.constant(true), reason: fc.constant('') }),
    fc.record({ informed: fc.constant(false), reason: something }),
  ),
  capacity: fc.record({ considered: fc.boolean(), note: typed }),
})

function notes(): readonly string[] {
  return [
    'Chased by older boys who showed a knife. Will not say who they are.',
    '?assault, alleged. Mum states pt missing since Fri. Denies SI/DSH.',
    'OD 16x paracetamol 500mg @ 2300hrs. Nil DSH prev. Tearful ++',
    'Blade taken off pt at triage, given to security',
    'Wants to go home by another way',
  ]
}

function keysOf<Key extends string>(table: Readonly<Record<Key, unknown>>): Key[] {
  return Object.keys(table) as Key[]
}
