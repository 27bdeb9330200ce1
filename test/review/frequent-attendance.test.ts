import { expect, test } from 'vitest'
import { placeAmong, placeWords } from '../../src/review/frequent-attendance.ts'

const arrived = '2026-11-20T21:35:00Z'

test.each([
  ['no other', [], 1],
  ['two within 90 days', ['2026-11-01T08:00:00Z', '2026-09-15T08:00:00Z'], 3],
  ['exactly 90 days before', ['2026-08-22T21:35:00Z'], 2],
  ['a minute longer ago', ['2026-08-22T21:34:00Z'], 1],
  ['one that came later', ['2026-11-20T21:36:00Z'], 1],
  ['one without an arrival', [null, '2026-11-01T08:00:00Z'], 2],
] as const)('with %s before it (%j) its place is %i', (_reason, others, place) => {
  expect(placeAmong(arrived, others)).toBe(place)
})

test('an attendance without an arrival is counted alone', () => {
  expect(placeAmong(null, ['2026-11-01T08:00:00Z'])).toBe(1)
})

test('a first attendance has no words, a third has', () => {
  expect([placeWords(1), placeWords(3)]).toEqual([null, 'Third attendance in 90 days'])
})
