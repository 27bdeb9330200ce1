import { expect, test } from 'vitest'
import { unaccounted } from '../../src/review/ledger.ts'

const counts = { flagged: 2, clear: 5, 'out-of-scope': 9, duplicate: 1, unreadable: 1 }

test('a day balances when every message received has its outcome', () => {
  expect(unaccounted({ received: 18, counts })).toBe(0)
})

test('a message without an outcome is counted as unaccounted', () => {
  expect(unaccounted({ received: 19, counts })).toBe(1)
})
