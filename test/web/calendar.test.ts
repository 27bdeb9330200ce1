import { expect, test } from 'vitest'
import type { DayState, SignOff } from '../../src/services/sign-off-port.ts'
import { presentCalendar } from '../../src/web/presenters/calendar.ts'

test('weeks run from Monday to Sunday, and the first day of a month bears its name', () => {
  const weeks = presentCalendar(daysBack('2026-11-04', 10))
  expect(weeks.map(week => week.map(cell => cell?.number ?? '-').join(' '))).toEqual([
    '26 October 27 28 29 30 31 1 November',
    '2 3 4 - - - -',
  ])
  expect(weeks[1]?.[0]).toMatchObject({ label: '2 November 2026', href: '/accounting?day=2026-11-02' })
})

test.each([
  ['nobody has signed it', {}, 'Not signed off'],
  ['it was signed', { signOff: signed({}) }, 'Signed off'],
  ['it was signed with gaps', { signOff: signed({ why: 'chasing' }) }, 'Signed off with gaps'],
  ['it was reopened', { signOff: signed({ reopened: { by: 'x', at: '', why: '' } }) }, 'Reopened'],
  ['Wren was not there yet', { hasBegun: false }, 'Before Wren'],
])('a day says how it stands: %s', (_what, wishes, text) => {
  const [day] = daysBack('2026-11-04', 1)
  const cells = presentCalendar([{ ...day!, ...wishes }]).flat()
  expect(cells.find(cell => cell !== null)?.state.text).toBe(text)
})

function daysBack(last: string, count: number): readonly DayState[] {
  const newest = Temporal.PlainDate.from(last)
  return Array.from({ length: count }, (_, days) => ({
    ...{ day: newest.subtract({ days }).toString(), signOff: null, unreviewed: 0, hasBegun: true },
  }))
}

function signed(wishes: Partial<SignOff>): SignOff {
  const flags = { 'to-review': 0, 'in-review': 0, 'actions-open': 0, deferred: 0, done: 0 }
  const counts = { flagged: 0, clear: 1, 'out-of-scope': 0, duplicate: 0, unreadable: 0 }
  const found = { withoutText: 0, partsUnread: 0, sampleUnread: 0, unreadableOpen: 0, offsetsMissing: 0 }
  return {
    ...{ reference: 'WREN-20261104-1', day: '2026-11-04', revision: 1, why: null, reopened: null },
    ...{ signedBy: 'colm.fairley', signedAt: '2026-11-05T09:00:00Z' },
    check: { received: 1, counts, difference: 0, flags, ...found, census: null, silences: 0, feedsLate: 0 },
    ...wishes,
  }
}
