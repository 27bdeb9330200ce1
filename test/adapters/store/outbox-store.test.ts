import { expect, test } from 'vitest'
import { openStore, type Store } from '../../../src/adapters/store/store.ts'
import { flagIdOf } from '../../../src/review/flag-id.ts'
import type { AuditEntry } from '../../../src/services/people.ts'
import { openTestDatabase, type TestDatabase } from '../../world/database.ts'
import { batchOf, makeScreening } from '../../world/make-attendance.ts'

const at = '2026-11-21T09:00:00Z'
const body = new TextEncoder().encode('{"concerns":"carries a knife"}')
const audit: AuditEntry = {
  at,
  who: 'amara',
  role: 'nurse',
  did: 'authorised referral',
  what: 'flag',
  why: null,
}
const minuteMs = 60_000

/** Raises a flag, or takes the one given, and authorises a referral of it. */
async function refer(
  store: Store,
  { flagId = '', revision = 1 } = {},
): Promise<{ id: string; flagId: string }> {
  const screening = makeScreening()
  const id = flagId === '' ? flagIdOf(screening.held.held.attendance) : flagId
  if (flagId === '') await store.screening.record(batchOf(screening))
  const version = (await store.review.flagFile(id))?.flag.version ?? 0
  await store.review.claim({ flagId: id, version, at, audit })
  const referral = {
    id: `referral ${revision} of ${id}`,
    flagId: id,
    revision,
    destination: 'get-safe' as const,
    authorisedBy: 'amara',
    authorisedAt: at,
    body,
    bodySha256: 'ab'.repeat(32),
  }
  const decision = {
    ...{
      id: `decision ${revision} on ${id}`,
      flagId: id,
      outcome: 'refer' as const,
      reason: 'Carries a knife',
    },
    noAction: null,
    deferUntil: null,
    wrongMatch: null,
    decidedBy: 'amara',
    decidedAt: at,
  }
  expect(await store.review.decide({ decision, version: version + 1, referral, audit })).toBe('saved')
  return { id: referral.id, flagId: id }
}

async function leaseOne(store: Store, leaseMs = minuteMs) {
  const [leased] = await store.outbox.lease({ limit: 1, leaseMs })
  if (leased === undefined) throw new Error('nothing was due')
  return leased
}

/** Time passes for the outbox alone: only the database's clock decides there. */
async function letPass(database: TestDatabase, time: string): Promise<void> {
  const client = await database.connect()
  await client.query(
    `update outbox set locked_until = locked_until - $1::interval, queued_at = queued_at - $1::interval,
      next_attempt_at = next_attempt_at - $1::interval`,
    [time],
  )
}

test('forwarders that lease at once, over connections of their own, never get the same referral', async () => {
  await using database = await openTestDatabase()
  await using other = await openStore({ connectionString: database.connectionString })
  const referred = await Promise.all(Array.from({ length: 12 }, () => refer(database.store)))
  const leases = await Promise.all(
    [database.store, other, database.store, other].map(store =>
      store.outbox.lease({ limit: 4, leaseMs: minuteMs }),
    ),
  )
  const leased = leases.flat().map(each => each.id)
  expect(new Set(leased).size).toBe(leased.length)
  const rest = await other.outbox.lease({ limit: 12, leaseMs: minuteMs })
  expect([...leased, ...rest.map(each => each.id)].toSorted()).toEqual(
    referred.map(each => each.id).toSorted(),
  )
})

test('an accepted referral is delivered under the portal’s reference, and never leased again', async () => {
  await using database = await openTestDatabase()
  const { flagId } = await refer(database.store)
  const leased = await leaseOne(database.store)
  expect(leased.attempts).toBe(1)
  expect(new Uint8Array(leased.body)).toEqual(body)
  const outcome = { kind: 'acknowledged', reference: 'GS-2041' } as const
  expect(await database.store.outbox.settle({ ...leased, connector: 'REST', outcome, waitMs: 0 })).toBe(true)
  await letPass(database, '1 day')
  expect(await database.store.outbox.lease({ limit: 5, leaseMs: minuteMs })).toEqual([])
  const file = await database.store.review.flagFile(flagId)
  expect(file?.referrals).toMatchObject([
    { state: 'acknowledged', portalReference: 'GS-2041', nextAttemptAt: null },
  ])
  expect(file?.referrals[0]?.deliveredAt).not.toBeNull()
})

test('a forwarder whose lease ran out and went to another cannot write its answer', async () => {
  await using database = await openTestDatabase()
  await refer(database.store)
  const lost = await leaseOne(database.store)
  expect(await database.store.outbox.lease({ limit: 1, leaseMs: minuteMs })).toEqual([])
  await letPass(database, '61 seconds')
  const second = await leaseOne(database.store)
  expect(second).toMatchObject({ id: lost.id, attempts: 2 })
  const parked = { kind: 'parked', problem: 'The portal answered 422.' } as const
  const accepted = { kind: 'acknowledged', reference: 'GS-1' } as const
  expect(await database.store.outbox.settle({ ...lost, connector: 'REST', outcome: parked, waitMs: 0 })).toBe(
    false,
  )
  expect(
    await database.store.outbox.settle({ ...second, connector: 'REST', outcome: accepted, waitMs: 0 }),
  ).toBe(true)
  expect(await database.store.outbox.settle({ ...lost, connector: 'REST', outcome: parked, waitMs: 0 })).toBe(
    false,
  )
  expect(await database.store.outbox.countByState()).toMatchObject({ acknowledged: 1, parked: 0 })
})

test.each([
  ['the wait asked for', 5 * minuteMs, null],
  ['the time that the portal named, where that is longer', minuteMs, 5 * minuteMs],
])('"later" keeps a referral back for %s', async (_reason, waitMs, retryAfterMs) => {
  await using database = await openTestDatabase()
  await refer(database.store)
  const outcome = { kind: 'later', problem: 'The portal answered 503.', retryAfterMs } as const
  await database.store.outbox.settle({
    ...(await leaseOne(database.store)),
    connector: 'REST',
    outcome,
    waitMs,
  })
  await letPass(database, '4 minutes')
  expect(await database.store.outbox.lease({ limit: 1, leaseMs: minuteMs })).toEqual([])
  await letPass(database, '2 minutes')
  expect((await leaseOne(database.store)).attempts).toBe(2)
})

test('a stop for our own credentials counts no attempt', async () => {
  await using database = await openTestDatabase()
  await refer(database.store)
  const outcome = { kind: 'credentials', problem: 'The portal refused our key (401).' } as const
  await database.store.outbox.settle({
    ...(await leaseOne(database.store)),
    connector: 'REST',
    outcome,
    waitMs: 0,
  })
  expect((await leaseOne(database.store)).attempts).toBe(1)
})

test.each([
  ['parked', 'parked'],
  ['failed', 'refused'],
] as const)('a %s referral needs attention, and goes again when a person asks', async (state, kind) => {
  await using database = await openTestDatabase()
  const { id } = await refer(database.store)
  const outcome = { kind, problem: 'The portal does not know this school.' }
  await database.store.outbox.settle({
    ...(await leaseOne(database.store)),
    connector: 'REST',
    outcome,
    waitMs: 0,
  })
  const [needing] = await database.store.outbox.needingAttention(minuteMs)
  expect(needing).toMatchObject({ id, state, problem: outcome.problem })
  expect(await database.store.referrals.move({ id, move: 'retry', evidence: {}, audit })).toBe('saved')
  expect(await database.store.referrals.move({ id, move: 'retry', evidence: {}, audit })).toBe('refused')
  expect((await leaseOne(database.store)).id).toBe(id)
})

test('a referral that waits too long needs attention; one that just came does not', async () => {
  await using database = await openTestDatabase()
  const { id } = await refer(database.store)
  expect(await database.store.outbox.needingAttention(60 * minuteMs)).toEqual([])
  await letPass(database, '61 minutes')
  const needing = await database.store.outbox.needingAttention(60 * minuteMs)
  expect(needing.map(each => each.id)).toEqual([id])
})
