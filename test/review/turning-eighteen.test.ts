import { expect, test } from 'vitest'
import { adulthoodOn, handOverDay } from '../../src/review/turning-eighteen.ts'

test.each([
  ['the day before 17 and a half', '2009-05-22', '2026-11-21', null],
  ['17 and a half today', '2009-05-21', '2026-11-21', { kind: 'near', on: '2027-05-21' }],
  ['the day before the birthday', '2008-11-22', '2026-11-21', { kind: 'near', on: '2026-11-22' }],
  ['18 today', '2008-11-21', '2026-11-21', { kind: 'reached', on: '2026-11-21' }],
  ['30 years old', '1996-05-30', '2026-11-21', { kind: 'reached', on: '2014-05-30' }],
  [
    'born on 29 February, on the last of February',
    '2008-02-29',
    '2026-02-28',
    { kind: 'near', on: '2026-03-01' },
  ],
  ['born on 29 February, a day later', '2008-02-29', '2026-03-01', { kind: 'reached', on: '2026-03-01' }],
  ['a birth date that is not known', null, '2026-11-21', null],
] as const)('%s (born %s, on %s)', (_reason, birthDate, day, adulthood) => {
  expect(adulthoodOn(birthDate, day)).toEqual(adulthood)
})

test('the hand-over of a child born on 31 August begins on the last day of February', () => {
  expect(handOverDay('2009-08-31')).toBe('2027-02-28')
})
