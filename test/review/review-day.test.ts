import { expect, test } from 'vitest'
import { isOverdue, listDayOf, overdueBefore, reviewByDay } from '../../src/review/review-day.ts'
import type { Priority } from '../../src/rules/rule.ts'

test.each([
  ['before the cut at 7am', '2026-11-21T06:59:59Z', '2026-11-21'],
  ['at the cut', '2026-11-21T07:00:00Z', '2026-11-22'],
  ['late in the evening', '2026-11-21T22:06:00Z', '2026-11-22'],
  ['just before 7am in summer time', '2026-07-01T05:59:00Z', '2026-07-01'],
  ['just after 7am in summer time', '2026-07-01T06:01:00Z', '2026-07-02'],
  ['after midnight in London, before it in UTC', '2026-06-30T23:30:00Z', '2026-07-01'],
])('a flag raised %s stands on the list of its day', (_when, raisedAt, day) => {
  expect(listDayOf(raisedAt)).toBe(day)
})

test.each<[Priority, string]>([
  ['high', '2026-11-22'],
  ['medium', '2026-11-23'],
  ['low', '2026-11-23'],
])('a flag of %s priority raised in the evening should be reviewed by %s', (priority, day) => {
  const flag = { priority, raisedAt: '2026-11-21T22:06:00Z' }
  expect(reviewByDay(flag)).toBe(day)
  expect(isOverdue(flag, day)).toBe(false)
  expect(isOverdue(flag, Temporal.PlainDate.from(day).add({ days: 1 }).toString())).toBe(true)
})

test.each<Priority>(['high', 'medium', 'low'])(
  'a %s flag is overdue exactly when it was raised before the instant that a query asks for, also as clocks change',
  priority => {
    for (const today of ['2026-11-21', '2026-03-30', '2026-10-26', '2026-07-01']) {
      const before = Temporal.Instant.from(overdueBefore(priority, today))
      for (const hours of [-30, -24, -1, 0, 1, 24, 30]) {
        const raisedAt = before.add({ hours }).toString()
        expect(isOverdue({ priority, raisedAt }, today), `${raisedAt} on ${today}`).toBe(hours < 0)
      }
      const last = before.subtract({ seconds: 1 }).toString()
      expect(isOverdue({ priority, raisedAt: last }, today)).toBe(true)
    }
  },
)
