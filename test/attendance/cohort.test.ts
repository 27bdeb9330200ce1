import { expect, test } from 'vitest'
import { ageAt, ageBandOf, children, isInCohort } from '../../src/attendance/cohort.ts'

test.each([
  ['the day before a birthday', '2008-11-22', '2026-11-21T12:00:00Z', 17],
  ['the birthday itself', '2008-11-22', '2026-11-22T00:00:00Z', 18],
  ['just before midnight in London, in summer time', '2008-07-01', '2026-06-30T22:59:59Z', 17],
  ['just after midnight in London, in summer time', '2008-07-01', '2026-06-30T23:00:00Z', 18],
  ['born on 29 February, on 28 February of a common year', '2008-02-29', '2026-02-28T12:00:00Z', 17],
  ['born on 29 February, on 1 March of a common year', '2008-02-29', '2026-03-01T12:00:00Z', 18],
  ['on the day of birth', '2026-11-22', '2026-11-22T08:00:00Z', 0],
])('age is counted by London’s calendar: %s', (_reason, birthDate, instant, age) => {
  expect(ageAt(birthDate, instant)).toBe(age)
})

test.each([
  ['a baby', 0, true],
  ['seventeen', 17, true],
  ['eighteen', 18, false],
  ['an age nobody knows', null, true],
])('%s: in the cohort of children is %s', (_who, age, isIn) => {
  expect(isInCohort(age, children)).toBe(isIn)
})

test('every age has a band', () => {
  expect([0, 4, 5, 12, 13, 15, 16, 17, 18, 25, 26, 110, null].map(ageBandOf)).toEqual([
    '0 to 4',
    '0 to 4',
    '5 to 9',
    '10 to 12',
    '13 to 15',
    '13 to 15',
    '16 to 17',
    '16 to 17',
    '18 to 25',
    '18 to 25',
    'over 25',
    'over 25',
    'not known',
  ])
})
