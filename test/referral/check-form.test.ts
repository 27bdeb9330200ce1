import { describe, expect, test } from 'vitest'
import type { Answers } from '../../src/referral/assessment-form.ts'
import { checkReferralForm } from '../../src/referral/check-form.ts'
import { consents } from '../../src/referral/own-questions.ts'
import { type Route, routeReferral } from '../../src/referral/routing.ts'
import { makeAttendance } from '../world/make-attendance.ts'
import { makeAnswers, makeReferralForm } from '../world/make-referral.ts'
import { partnership } from '../world/partnership.ts'

const tooLong = 'a '.repeat(6_000)

function problems(answers: Answers, wishes: Parameters<typeof makeReferralForm>[1] = {}) {
  return checkReferralForm(makeReferralForm(makeAnswers(answers), wishes))
}

function routeOf(wishes: Parameters<typeof makeAttendance>[0]): Route {
  return routeReferral(makeAttendance(wishes), { areas: partnership.areas, today: '2026-11-21' })
}

describe('a referral form', () => {
  test('that is complete has no problem', () => {
    expect(problems({})).toEqual([])
  })

  test.each<[reason: string, answers: Answers, field: string, message: string]>([
    ['no concern', { concerns: ' \n' }, 'concerns', 'Enter what you are worried about'],
    [
      'a concern shorter than a sentence',
      { concerns: 'Knife. Worried.' },
      'concerns',
      'Say in at least one full sentence what you are worried about',
    ],
    [
      'no overall risk',
      { overall: '' },
      'overall',
      'Select the overall risk, or that it cannot be judged yet',
    ],
    ['nothing about consent', { consent: '' }, 'consent', 'Select whether consent was asked for and given'],
    [
      'consent refused, no reason',
      { consent: 'refused', consentReason: '  ', lawfulBasis: 'protect-child' },
      'consentReason',
      'Enter why you are sharing this without consent',
    ],
    [
      'consent not asked, no lawful basis',
      { consent: 'not-asked', consentReason: 'He had left' },
      'lawfulBasis',
      'Select the lawful basis for sharing it',
    ],
    [
      'nothing about parents',
      { parentsInformed: '' },
      'parentsInformed',
      'Select whether the parents or carers were told',
    ],
    [
      'parents not told, no reason',
      { parentsInformed: 'no' },
      'parentsReason',
      'Enter why the parents or carers were not told',
    ],
    ['nothing about capacity', { capacity: '' }, 'capacity', 'Select whether capacity was considered'],
    [
      'an answer that was not offered',
      { overall: '__proto__' },
      'overall',
      'Select the overall risk, or that it cannot be judged yet',
    ],
    [
      'a concern nobody could read',
      { concerns: tooLong },
      'concerns',
      '“What are you worried about?” must be 10,000 characters or fewer',
    ],
    [
      'evidence nobody could read',
      { 'evidence-gang': tooLong },
      'evidence-gang',
      '“Linked with a gang or a group that frightens the child” must be 10,000 characters or fewer',
    ],
    [
      'trafficking, and nobody who leads',
      { trafficking: 'yes' },
      'nrmLead',
      'Enter who leads on the National Referral Mechanism',
    ],
  ])('with %s has one problem', (_reason, answers, field, message) => {
    expect(problems(answers)).toEqual([{ field, message }])
  })

  test.each(Object.keys(consents))('is never blocked by consent: %s, with a reason', consent => {
    const consentReason = 'Older men are waiting outside; asking would put him at risk'
    expect(problems({ consent, consentReason, lawfulBasis: 'protect-child' })).toEqual([])
  })

  test('with nothing in it names every question that must be answered, in the order of the form', () => {
    const empty = makeReferralForm({}, { isWeaponFound: false })
    expect(checkReferralForm(empty).map(({ field }) => field)).toEqual([
      ...['concerns', 'overall', 'significantHarm', 'socialCare', 'consent', 'parentsInformed', 'capacity'],
    ])
  })
})

describe('where it goes', () => {
  test.each<
    [reason: string, attendance: Parameters<typeof makeAttendance>[0], destination: string, fields: string[]]
  >([
    ['a child of the county needs no choice', {}, '', []],
    ['without an address the nurse chooses', { patient: { postcode: null } }, '', ['destination']],
    ['and what she chose counts', { patient: { postcode: null } }, 'home-authority', []],
    ['but not what the route does not offer', { patient: { postcode: null } }, 'carm', ['destination']],
    ['out of area it is the home authority', { patient: { postcode: 'B1 1AA' } }, '', []],
    ['GET SAFE cannot be chosen out of area', { patient: { postcode: 'B1 1AA' } }, 'get-safe', []],
    ['at 18 the nurse chooses', { ageOnArrival: 18 }, '', ['destination']],
    ['between GET THERE', { ageOnArrival: 18 }, 'get-there', []],
    ['and CARM', { ageOnArrival: 25 }, 'carm', []],
    ['never GET SAFE', { ageOnArrival: 18 }, 'get-safe', ['destination']],
  ])('%s', (_reason, attendance, destination, fields) => {
    const found = problems({ destination }, { route: routeOf(attendance) })
    expect(found.map(({ field }) => field)).toEqual(fields)
  })
})

describe('what a referral must not be used for', () => {
  const unreferred = { significantHarm: 'yes', socialCare: 'no' }
  test.each<[reason: string, answers: Answers, isLead: boolean, fields: string[]]>([
    ['significant harm without social care', unreferred, false, ['socialCare']],
    ['a nurse cannot override it', { ...unreferred, harmReason: 'Told already' }, false, ['socialCare']],
    ['a lead must say why', unreferred, true, ['harmReason']],
    ['and may then', { ...unreferred, harmReason: 'Allocated worker was told at 10am' }, true, []],
    ['referring now counts', { significantHarm: 'yes', socialCare: 'referring-now' }, false, []],
    ['no significant harm', { significantHarm: 'no', socialCare: 'no', strategyDiscussion: '' }, false, []],
    ['harm not known', { significantHarm: 'unknown', socialCare: 'no' }, false, []],
    [
      'MACE in place of a strategy discussion',
      { mace: 'yes', strategyDiscussion: 'not-needed' },
      true,
      ['strategyDiscussion'],
    ],
    ['MACE beside one', { mace: 'yes', strategyDiscussion: 'asked-for' }, false, []],
    ['a strategy discussion not needed, no MACE', { strategyDiscussion: 'not-needed' }, false, []],
  ])('%s', (_reason, answers, isLead, fields) => {
    expect(problems(answers, { isLead }).map(({ field }) => field)).toEqual(fields)
  })

  test.each<[reason: string, answers: Answers, isWeaponFound: boolean, fields: string[]]>([
    ['a weapon, and nothing about the police', { police: '' }, true, ['police']],
    ['no weapon: the police need not be mentioned', { police: '' }, false, []],
    ['police not told of a weapon, no reason', { police: 'no' }, true, ['policeReason']],
    ['not needed, with a weapon found, asks why', { police: 'not-needed' }, true, ['policeReason']],
    ['a kitchen accident, and why', { police: 'not-needed', policeReason: 'Cut a carrot' }, true, []],
    ['not needed without a weapon', { police: 'not-needed' }, false, []],
    ['told', { police: 'yes' }, true, []],
  ])('%s', (_reason, answers, isWeaponFound, fields) => {
    expect(problems(answers, { isWeaponFound }).map(({ field }) => field)).toEqual(fields)
  })
})
