import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Authorised, composeReferral, referralIdOf } from '../../src/referral/compose-referral.ts'
import { ReferralPayload } from '../../src/referral/referral-schema.ts'
import { routeReferral } from '../../src/referral/routing.ts'
import { makeAttendance, makeMention } from '../world/make-attendance.ts'
import { makeAnswers, makeReferralForm } from '../world/make-referral.ts'
import { partnership } from '../world/partnership.ts'

const attendance = makeAttendance({
  words: 'GCS 15. States knife pulled on him, dropped off by taxi. Nan in waiting room.',
})

function compose(wishes: Partial<Authorised> = {}) {
  const made = wishes.attendance ?? attendance
  const route = routeReferral(made, { areas: partnership.areas, today: '2026-11-21' })
  const destination = route.destinations[0] ?? ''
  const referral = composeReferral({
    form: makeReferralForm(makeAnswers({ destination }), { route }),
    flag: { id: 'flag-1' },
    attendance,
    mentions: [makeMention()],
    services: partnership.services,
    supersedes: null,
    revision: 1,
    authorisedBy: { username: 'asha.patel', name: 'Asha Patel' },
    authorisedAt: '2026-11-21T09:12:00Z',
    ...wishes,
  })
  const text = new TextDecoder().decode(referral.body)
  return { referral, text, payload: ReferralPayload.parse(JSON.parse(text)) }
}

describe('the bytes of a referral', () => {
  test('are the same whenever the same form is composed', () => {
    expect(compose().referral).toEqual(compose().referral)
  })

  test('carry their own SHA-256', () => {
    const { referral } = compose()
    expect(referral.bodySha256).toBe(createHash('sha256').update(referral.body).digest('hex'))
  })

  test('have their fields in the order of the schema', () => {
    const { text } = compose()
    expect(Object.keys(JSON.parse(text))).toEqual(Object.keys(ReferralPayload.shape))
  })

  test('name the nurse in full and never her account', () => {
    const { referral, text, payload } = compose()
    expect(payload.authorised).toEqual({ by: 'Asha Patel', at: '2026-11-21T09:12:00Z' })
    expect(referral.authorisedBy).toBe('asha.patel')
    expect(text).not.toContain('asha.patel')
  })

  test.each([
    ['the words of the notes', 'dropped off by taxi'],
    ['the hospital’s own number', attendance.patient.localId ?? ''],
    ['the GP practice', attendance.patient.gpPractice ?? ''],
    ['an assertion about a mention', 'affirmed'],
  ])('do not hold %s', (_what, words) => {
    expect(words).not.toBe('')
    expect(compose().text).not.toContain(words)
  })
})

describe('the key of a referral', () => {
  test('is a version 5 UUID that stands in the body too', () => {
    const { referral, payload } = compose()
    expect(referral.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(payload.id).toBe(referral.id)
  })

  test('never changes from one release of Wren to the next (worked out with Python’s uuid5)', () => {
    expect(referralIdOf({ flagId: 'flag-1', revision: 1 })).toBe('8427da5a-537a-5f2f-b104-6d7e2d2f037e')
  })

  test.each([
    ['another revision', { flagId: 'flag-1', revision: 2 }],
    ['another flag', { flagId: 'flag-2', revision: 1 }],
    ['a flag whose id ends in digits', { flagId: 'flag-', revision: 11 }],
  ])('is another one for %s', (_what, named) => {
    expect(referralIdOf(named)).not.toBe(referralIdOf({ flagId: 'flag-1', revision: 1 }))
  })
})

describe('what a referral says', () => {
  test.each([
    ['a counted mention is a reason', makeMention(), ['Knife or blade']],
    ['a lowered mention is a reason', makeMention({ standing: 'lowered' }), ['Knife or blade']],
    ['a mention set aside is none', makeMention({ standing: 'set-aside' }), []],
    ['a mention of a rule on trial is none', makeMention({ trial: true }), []],
  ])('%s', (_reason, mention, names) => {
    const { payload } = compose({ mentions: [mention, mention] })
    expect(payload.flaggedFor.map(({ name }) => name)).toEqual(names)
  })

  test.each([
    [15, []],
    [16, ['get-there']],
    [17, ['get-there']],
    [null, []],
  ])('at age %s it is also for %j', (ageOnArrival, alsoFor) => {
    const { payload } = compose({ attendance: makeAttendance({ ageOnArrival }) })
    expect(payload).toMatchObject({ to: 'get-safe', alsoFor, child: { ageOnArrival } })
  })

  test('a referral of an adult to GET SAFE is never composed', () => {
    const adult = makeAttendance({ ageOnArrival: 18 })
    const route = routeReferral(adult, { areas: partnership.areas, today: '2026-11-21' })
    const form = makeReferralForm(makeAnswers({ destination: 'get-safe' }), { route })
    expect(() => compose({ attendance: adult, form })).toThrow('destination')
    expect(compose({ attendance: adult }).payload.to).toBe('get-there')
  })

  test('a reason left over from an answer that was changed is not shared', () => {
    const { payload } = compose({
      form: makeReferralForm(
        makeAnswers({ consentReason: 'typed, then consent came', parentsReason: 'typed, then told' }),
      ),
    })
    expect(payload.consent).toEqual({ asked: 'given', reason: '', lawfulBasis: null })
    expect(payload.parents).toEqual({ informed: true, reason: '' })
  })

  test('questions and answers travel in the words in which they were asked', () => {
    const answers = makeAnswers({
      'service-steer-clear': 'yes',
      police: 'no',
      policeReason: 'Told by school',
    })
    const { payload } = compose({ form: makeReferralForm(answers) })
    expect(payload.assessment.form).toEqual({
      title: 'GET SAFE risk assessment',
      version: partnership.form.version,
    })
    expect(payload.assessment.sections[0]?.answers[0]).toEqual({
      id: 'weapon',
      question: 'Carries, was threatened with or was hurt by a weapon',
      chosen: { value: 'present', label: 'Present' },
      words: 'Knife shown to him outside the chip shop',
    })
    expect(payload.services).toEqual([{ id: 'steer-clear', name: 'Steer Clear' }])
    expect(payload.duties.map(({ id }) => id)).toContain('policeReason')
  })

  test('what was answered before another answer made it void does not travel', () => {
    const { payload } = compose({
      form: makeReferralForm(makeAnswers({ trafficking: 'no', nrmLead: 'West Mercia Police' })),
    })
    expect(payload.duties.map(({ id }) => id)).not.toContain('nrmLead')
  })

  test('a child without papers is referred all the same', () => {
    const nobody = {
      nhsNumber: null,
      localId: null,
      family: null,
      given: null,
      birthDate: null,
      postcode: null,
      address: null,
      gpPractice: null,
      school: null,
    }
    const { payload } = compose({
      attendance: makeAttendance({
        patient: { ...nobody, sex: 'unknown' },
        ageOnArrival: null,
        arrivedAt: null,
      }),
    })
    expect(payload.child.nhsNumber).toBeNull()
  })

  test('nothing that a hospital recorded stands in the way of a referral', () => {
    const recorded = fc.option(fc.string({ unit: 'binary', maxLength: 1_000 }), { nil: null })
    fc.assert(
      fc.property(recorded, recorded, fc.integer({ min: -200, max: 17 }), (one, other, ageOnArrival) => {
        const patient = { family: one, given: other, address: one, postcode: other, school: one }
        const made = makeAttendance({ site: one, department: other, ageOnArrival, patient })
        expect(() => compose({ attendance: made })).not.toThrow()
      }),
      { numRuns: 50 },
    )
  })
})
