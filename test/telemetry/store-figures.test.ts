import { expect, test } from 'vitest'
import type { DayCount } from '../../src/review/ledger.ts'
import { type FigureSources, readStoreFigures } from '../../src/telemetry/store-figures.ts'
import { noReferrals } from '../world/no-referrals.ts'

// Half past midnight in London on 29 March, when the clocks have just begun the day of 23 hours.
const clock = { now: () => Temporal.Instant.from('2026-03-29T00:30:00Z') }

test('days are days of London, and a gap of an earlier day is kept apart from today', async () => {
  const figures = await figuresOf({
    '2026-03-29': [day({ received: 5, clear: 5 })],
    '2026-03-28': [day({ received: 500, clear: 498 })],
    '2026-03-23': [day({ received: 10, clear: 9 })],
    '2026-03-20': [day({ received: 10, clear: 0 })], // more than a week ago: the ledger's page shows it
  })
  expect(figures.unaccounted).toEqual({ today: 0, yesterday: 2, older: 1 })
})

test('a surplus of one source does not hide what another lacks', async () => {
  const figures = await figuresOf({
    '2026-03-29': [day({ received: 5, clear: 4 }), day({ received: 5, clear: 6 })],
  })
  expect(figures.unaccounted.today).toBe(2)
})

test('offsets that have no receipt are unaccounted for, today and yesterday', async () => {
  const figures = await figuresOf({}, { '2026-03-29': 3, '2026-03-28': 1, '2026-03-27': 7 })
  expect(figures.unaccounted).toEqual({ today: 3, yesterday: 1, older: 0 })
})

async function figuresOf(
  days: Readonly<Record<string, readonly DayCount[]>>,
  missing: Readonly<Record<string, number>> = {},
) {
  const sources: FigureSources = {
    clock,
    ledger: { dayCounts: async each => days[each] ?? [], lastReceivedBySource: async () => [] },
    review: {
      countByState: async () => ({ 'to-review': 0, 'in-review': 0, 'actions-open': 0, deferred: 0, done: 0 }),
      oldestUnreviewed: async () => ({ high: null, medium: null, low: null }),
    },
    offsetsMissing: async each => missing[each] ?? 0,
    signOffs: { lastSignedAt: async () => null },
    outbox: {
      countByState: async () => noReferrals,
    },
  }
  return readStoreFigures(sources)
}

function day({ received, clear }: { received: number; clear: number }): DayCount {
  const counts = { flagged: 0, clear, 'out-of-scope': 0, duplicate: 0, unreadable: 0 }
  return { source: 'ed-worcester', site: null, formats: ['json'], received, counts }
}
