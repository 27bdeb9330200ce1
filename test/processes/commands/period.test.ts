import { expect, test } from 'vitest'
import { periodOf } from '../../../src/processes/commands/period.ts'

const now = Temporal.Instant.from('2026-11-21T09:00:00Z')

test.each([
  ['a summer day begins at midnight in London', '2026-06-01', undefined, '2026-05-31T23:00:00Z', null],
  ['one day is the whole of it', '2026-11-20', '2026-11-20', '2026-11-20T00:00:00Z', '2026-11-21T00:00:00Z'],
  ['a day of 25 hours', '2026-10-25', '2026-10-25', '2026-10-24T23:00:00Z', '2026-10-26T00:00:00Z'],
  ['a day of 23 hours', '2026-03-29', '2026-03-29', '2026-03-29T00:00:00Z', '2026-03-29T23:00:00Z'],
  [
    'a time is of London',
    '2026-06-01T09:30',
    '2026-06-01T10:00Z',
    '2026-06-01T08:30:00Z',
    '2026-06-01T10:00:00Z',
  ],
])('%s', (_reason, from, to, first, last) => {
  const asked = to === undefined ? { from } : { from, to }
  expect(periodOf(asked, now)).toEqual({ from: first, to: last })
})

test.each([
  ['tomorrow', '2026-11-22', undefined, '--from lies ahead'],
  ['no day', '2026-02-30', undefined, '--from takes a day or a time'],
  ['an end that is none', '2026-11-01', 'now', '--to takes a day or a time'],
  ['an end before the beginning', '2026-11-02', '2026-11-01', '--to lies before --from'],
])('%s is refused in words', (_reason, from, to, words) => {
  const period = periodOf(to === undefined ? { from } : { from, to }, now)
  expect('problem' in period ? period.problem : '').toContain(words)
})
