import { expect, test } from 'vitest'
import type { DayCount } from '../../src/review/ledger.ts'
import { checkDay, type DayCheck, gapsOf } from '../../src/review/sign-off.ts'

const complete = { listed: 9, neverReceived: 0 }
const lacking = { listed: 9, neverReceived: 2 }
const noFlags = { 'to-review': 0, 'in-review': 0, 'actions-open': 0, deferred: 0, done: 0 }

test('a surplus of one source does not hide what another lacks', () => {
  const check = checkOf({ counts: [count({ received: 5, clear: 4 }), count({ received: 5, clear: 6 })] })
  expect(check.difference).toBe(2)
  expect(gapsOf(check)).toEqual([{ kind: 'unaccounted', number: 2 }])
})

test.each([
  ['a flag that nobody has', { flags: { ...noFlags, 'to-review': 1 } }, ['unreviewed']],
  ['a flag that somebody is reading', { flags: { ...noFlags, 'in-review': 1 } }, ['unreviewed']],
  ['open actions', { flags: { ...noFlags, 'actions-open': 3 } }, []],
  ['a deferred flag', { flags: { ...noFlags, deferred: 1 } }, []],
  ['an attendance without any note', { withoutText: 2, partsUnread: 1 }, []],
  ['a sample that nobody read', { sampleUnread: 5 }, ['sample-unread']],
  ['an unreadable message that nobody dealt with', { unreadableOpen: 1 }, ['unreadable']],
  ['offsets without a message', { offsetsMissing: 3 }, ['offsets-missing']],
  ['a child whom only the hospital has', { census: { listed: 9, neverReceived: 1 } }, ['never-received']],
  ['a silent feed', { silences: 1 }, ['silent']],
  ['a silent feed, and everybody on the list received', { silences: 1, census: complete }, []],
  ['a feed that is late now', { feedsLate: 1 }, ['feed-late']],
  ['a feed that is late now, and everybody on the list received', { feedsLate: 1, census: complete }, []],
  ['a silent feed, and somebody missing', { silences: 1, census: lacking }, ['never-received', 'silent']],
  ['a day on which nothing came', { counts: [] }, ['nothing-received']],
])('%s: its gaps are as the table says', (_what, wishes, kinds) => {
  expect(gapsOf(checkOf(wishes)).map(gap => gap.kind)).toEqual(kinds)
})

function checkOf(wishes: Partial<Parameters<typeof checkDay>[0]>): DayCheck {
  const counts = [count({ received: 5, clear: 5 })]
  return checkDay({
    ...{ counts, flags: noFlags, withoutText: 0, partsUnread: 0, sampleUnread: 0 },
    ...{ unreadableOpen: 0, offsetsMissing: 0, census: null, silences: 0, feedsLate: 0 },
    ...wishes,
  })
}

function count({ received, clear }: { received: number; clear: number }): DayCount {
  const counts = { flagged: 0, clear, 'out-of-scope': 0, duplicate: 0, unreadable: 0 }
  return { source: 'ed-worcester', site: null, formats: ['json'], received, counts }
}
