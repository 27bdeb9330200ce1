import { expect, test } from 'vitest'
import type { SettledOutcome } from '../../src/services/deliver-once.ts'
import { countOverdue, listReferrals, phoneNow } from '../../src/services/list-referrals.ts'
import { presentAttention } from '../../src/web/presenters/attention.ts'
import { authoriseReferral } from '../world/authorise-referral.ts'
import { openTestDatabase, type TestDatabase } from '../world/database.ts'
import { partnership } from '../world/partnership.ts'

const actor = { username: 'asha.patel', name: 'Asha Patel', role: 'nurse' } as const

async function refer({ store }: TestDatabase, outcome: SettledOutcome): Promise<string> {
  const { id } = await authoriseReferral(store)
  const [leased] = await store.outbox.lease({ limit: 1, leaseMs: 60_000 })
  await store.outbox.settle({ ...leased!, outcome, connector: 'test', waitMs: 0 })
  return id
}

test('what a nurse must do stands first, what is overdue next, and the rest by when it is due', async () => {
  await using database = await openTestDatabase()
  const { referrals, audit } = database.store
  const delivered = await refer(database, { kind: 'delivered', receipt: 'file 12' })
  const acknowledged = await refer(database, { kind: 'acknowledged', reference: 'GS-1' })
  const parked = await refer(database, { kind: 'parked', problem: 'It may have arrived.' })
  const at = (days: number) => ({
    clock: { now: () => Temporal.Now.instant().add({ hours: 24 * days }) },
    ...{ referrals, audit, partnership },
  })

  const soon = await listReferrals(at(0), actor)
  expect(soon.map(({ referral }) => referral.id)).toEqual([parked, delivered, acknowledged])
  expect(soon.map(({ due }) => due.standing)).toEqual(['chase', 'in-time', 'in-time'])
  expect(await countOverdue(at(0))).toBe(0)

  const late = await listReferrals(at(30), actor)
  expect(late.map(({ due }) => due.standing)).toEqual(['chase', 'escalate', 'escalate'])
  expect(await countOverdue(at(30))).toBe(2)
  expect((await audit.about('open referrals', 10)).map(({ who }) => who)).toEqual([
    actor.username,
    actor.username,
  ])
})

test.each([
  ['on a Monday morning', '2026-11-23T10:00:00Z', /^Family Front Door/],
  ['at night', '2026-11-23T22:00:00Z', /^Emergency Duty Team/],
  ['on Christmas Day', '2026-12-25T10:00:00Z', /^Emergency Duty Team/],
])('%s nurses are told whom to ring', (_when, now, whom) => {
  expect(phoneNow({ partnership, clock: { now: () => Temporal.Instant.from(now) } })).toMatch(whom)
})

test('the queue says how many receivers did not answer in time, and nothing where all did', () => {
  const look = { now: '2026-11-23T10:00:00Z', phoneFallback: null }
  expect(presentAttention([], { ...look, overdue: 2 })?.overdue).toBe(
    '2 referrals are overdue: see whom to chase',
  )
  expect(presentAttention([], { ...look, overdue: 1 })?.overdue).toMatch(/^1 referral is overdue/)
  expect(presentAttention([], { ...look, overdue: 0 })).toBeNull()
})
