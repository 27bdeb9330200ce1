import { expect, test } from 'vitest'
import type { Store } from '../../../src/adapters/store/store.ts'
import type { Referral } from '../../../src/referral/referral.ts'
import type { Decision, ReviewOutcome } from '../../../src/review/decision.ts'
import { flagIdOf } from '../../../src/review/flag-id.ts'
import type { AuditEntry } from '../../../src/services/people.ts'
import type { QueueRow, Saved } from '../../../src/services/ports.ts'
import { openTestDatabase } from '../../world/database.ts'
import {
  type AttendanceWishes,
  batchOf,
  makeAttendance,
  makeHeld,
  makeMention,
  makeNhsNumber,
  makeReceipt,
  makeScreening,
} from '../../world/make-attendance.ts'

const at = '2026-11-21T09:00:00Z'
const page = { limit: 50, offset: 0 }
const waiting = { states: ['to-review', 'in-review'] as const, ...page }

function auditBy(who: string, what: string): AuditEntry {
  return { at, who, role: 'nurse', did: 'worked on flag', what, why: null }
}

async function raise(
  store: Store,
  wishes: AttendanceWishes = {},
  held: Parameters<typeof makeHeld>[0] = {},
): Promise<string> {
  const attendance = makeAttendance(wishes)
  await store.screening.record(batchOf(makeScreening({ held: makeHeld({ attendance, ...held }) })))
  return flagIdOf(attendance)
}

function claim(store: Store, flagId: string, { who = 'amara', version = 1 } = {}): Promise<Saved> {
  return store.review.claim({ flagId, version, at, audit: auditBy(who, flagId) })
}

function makeDecision(flagId: string, outcome: ReviewOutcome, wishes: Partial<Decision> = {}): Decision {
  return {
    id: `decision on ${flagId}`,
    flagId,
    outcome,
    reason: 'Spoken with mum and the school nurse',
    noAction: null,
    deferUntil: null,
    wrongMatch: null,
    decidedBy: 'amara',
    decidedAt: at,
    ...wishes,
  }
}

function makeReferral(flagId: string, id = `referral of ${flagId}`): Referral {
  const body = new TextEncoder().encode('{"concerns":"carries a knife"}')
  return {
    id,
    flagId,
    revision: 1,
    destination: 'get-safe',
    authorisedBy: 'amara',
    authorisedAt: at,
    body,
    bodySha256: 'ab'.repeat(32),
  }
}

function decide(
  store: Store,
  decision: Decision,
  { version = 2, referral = null as Referral | null } = {},
): Promise<Saved> {
  return store.review.decide({ decision, version, referral, audit: auditBy('amara', decision.flagId) })
}

function idsOf(rows: readonly QueueRow[]): string[] {
  return rows.map(row => row.flag.id)
}

test('of two nurses who claim one flag at once, one gets it and the other is told that it changed', async () => {
  await using database = await openTestDatabase()
  const flagId = await raise(database.store)
  const saved = await Promise.all(['amara', 'beth'].map(who => claim(database.store, flagId, { who })))
  expect(saved.toSorted()).toEqual(['saved', 'stale'])
  const file = await database.store.review.flagFile(flagId)
  expect(file?.flag.claimedBy).toBe(saved[0] === 'saved' ? 'amara' : 'beth')
  expect(file?.history.filter(entry => entry.did === 'worked on flag')).toHaveLength(1)
})

test('a nurse can take over from another, and release gives the flag back to all', async () => {
  await using database = await openTestDatabase()
  const flagId = await raise(database.store)
  await claim(database.store, flagId)
  expect(await claim(database.store, flagId, { who: 'beth', version: 2 })).toBe('saved')
  const release = { flagId, version: 3, at, audit: auditBy('beth', flagId) }
  expect(await database.store.review.release(release)).toBe('saved')
  const file = await database.store.review.flagFile(flagId)
  expect(file?.flag).toMatchObject({ state: 'to-review', claimedBy: null, claimedAt: null, version: 4 })
})

test.each([
  ['a flag that nobody claimed cannot be decided', 'actions-complete' as const, 1],
  ['a decision over an older version is not saved', 'actions-complete' as const, 0],
])('%s', async (_reason, outcome, version) => {
  await using database = await openTestDatabase()
  const flagId = await raise(database.store)
  const saved = await decide(database.store, makeDecision(flagId, outcome), { version })
  expect(saved).toBe(version === 1 ? 'refused' : 'stale')
  expect((await database.store.review.flagFile(flagId))?.decisions).toEqual([])
})

test('a decision to refer saves decision, state, referral, outbox and audit together', async () => {
  await using database = await openTestDatabase()
  const flagId = await raise(database.store)
  await claim(database.store, flagId)
  const decision = makeDecision(flagId, 'refer')
  const referral = makeReferral(flagId)
  expect(await decide(database.store, decision, { referral })).toBe('saved')
  const file = await database.store.review.flagFile(flagId)
  expect(file?.flag).toMatchObject({ state: 'actions-open', version: 3 })
  expect(file?.decisions).toEqual([{ ...decision, takenBack: null }])
  expect(file?.referrals).toMatchObject([{ id: referral.id, state: 'queued', attempts: 0, problem: null }])
  expect(new Uint8Array(file?.referrals[0]?.body ?? [])).toEqual(referral.body)
  expect(file?.history).toHaveLength(3)
  const [row] = await database.store.review.queue({ states: ['actions-open'], ...page })
  expect(row?.delivery).toBe('queued')
})

test('when the referral cannot be saved, nothing of the decision is', async () => {
  await using database = await openTestDatabase()
  const [first, second] = [await raise(database.store), await raise(database.store)]
  await claim(database.store, first)
  await claim(database.store, second)
  await decide(database.store, makeDecision(first, 'refer'), { referral: makeReferral(first, 'taken') })
  const before = await database.store.review.flagFile(second)
  const failing = decide(database.store, makeDecision(second, 'refer'), {
    referral: makeReferral(second, 'taken'),
  })
  await expect(failing).rejects.toThrow(/23505, referral_pkey/)
  expect(await database.store.review.flagFile(second)).toEqual(before)
  expect(await database.store.outbox.countByState()).toMatchObject({ queued: 1 })
})

test('a deferred flag comes back on its day, not before, and then stands first', async () => {
  await using database = await openTestDatabase()
  const high = await raise(database.store)
  const deferred = await raise(database.store, {}, { priority: 'low' })
  await claim(database.store, deferred)
  await decide(database.store, makeDecision(deferred, 'defer', { deferUntil: '2026-11-23' }))
  expect(await database.store.review.returnDeferred('2026-11-22')).toBe(0)
  expect(idsOf(await database.store.review.queue(waiting))).toEqual([high])
  expect(await database.store.review.returnDeferred('2026-11-23')).toBe(1)
  expect(idsOf(await database.store.review.queue(waiting))).toEqual([deferred, high])
  expect(await database.store.review.returnDeferred('2026-11-23')).toBe(0)
  await claim(database.store, deferred, { version: 4 })
  await decide(database.store, makeDecision(deferred, 'no-action', { id: 'second' }), { version: 5 })
  expect((await database.store.review.flagFile(deferred))?.flag).toMatchObject({
    state: 'done',
    deferredUntil: null,
  })
})

test('the queue goes by band, then by the longest since arrival, also from page to page', async () => {
  await using database = await openTestDatabase()
  const wishes = [
    ['low', '2026-11-20T08:00:00Z'],
    ['high', '2026-11-20T10:00:00Z'],
    ['medium', '2026-11-20T07:00:00Z'],
    ['high', '2026-11-20T09:00:00Z'],
  ] as const
  const ids: string[] = []
  for (const [priority, arrivedAt] of wishes)
    ids.push(await raise(database.store, { arrivedAt }, { priority }))
  const inOrder = [ids[3], ids[1], ids[2], ids[0]]
  await claim(database.store, ids[1] ?? '')
  expect(idsOf(await database.store.review.queue(waiting))).toEqual(inOrder)
  const pages = await Promise.all(
    [0, 1, 2, 3, 4].map(offset => database.store.review.queue({ ...waiting, limit: 1, offset })),
  )
  expect(pages.flatMap(idsOf)).toEqual(inOrder)
})

test('earlier attendances are the same child’s of 90 days, clear ones too, each counted once', async () => {
  await using database = await openTestDatabase()
  const patient = { nhsNumber: makeNhsNumber(77), localId: 'W77' }
  const arrivals = ['2026-08-01', '2026-09-15', '2026-11-18', '2026-11-25'].map(day => `${day}T10:00:00Z`)
  const receipts = arrivals.map(arrivedAt =>
    makeReceipt({ attendance: makeAttendance({ patient, arrivedAt }) }),
  )
  const stranger = makeReceipt({ attendance: makeAttendance({ arrivedAt: '2026-11-18T10:00:00Z' }) })
  await database.store.screening.record({ receipts: [...receipts, stranger], held: [], deadLetters: [] })
  const earlierFlag = await raise(database.store, { patient, arrivedAt: '2026-11-19T10:00:00Z' })
  const flagId = await raise(database.store, { patient, arrivedAt: '2026-11-20T10:00:00Z' })
  const rows = await database.store.review.queue(waiting)
  expect(rows.find(row => row.flag.id === flagId)?.earlierAttendances).toBe(3)
  const file = await database.store.review.flagFile(flagId)
  expect(file?.earlier.map(({ arrivedAt, outcome, flagId: flag }) => [arrivedAt, outcome, flag])).toEqual([
    ['2026-11-19T10:00:00Z', 'flagged', earlierFlag],
    ['2026-11-18T10:00:00Z', 'clear', null],
    ['2026-09-15T10:00:00Z', 'clear', null],
    ['2026-08-01T10:00:00Z', 'clear', null],
  ])
})

test('a set-aside attendance that a nurse puts in the queue is flagged low, once, and leaves the list', async () => {
  await using database = await openTestDatabase()
  const attendance = makeAttendance()
  const held = makeHeld({ attendance, mentions: [makeMention({ standing: 'set-aside' })] })
  await database.store.screening.record(batchOf(makeScreening({ held })))
  const { trust, attendanceId } = attendance
  const putting = { trust, attendanceId, at, audit: auditBy('amara', attendanceId) }
  const flags = await Promise.all([1, 2, 3].map(() => database.store.review.putInQueue(putting)))
  expect(flags.map(flag => [flag?.id, flag?.priority])).toEqual(Array(3).fill([flagIdOf(attendance), 'low']))
  expect(await database.store.review.setAside(page)).toEqual([])
  const file = await database.store.review.flagFile(flagIdOf(attendance))
  expect(file?.history.map(entry => entry.who)).toEqual(['amara'])
  expect(await database.store.review.putInQueue({ ...putting, attendanceId: 'unheard of' })).toBeNull()
})

test('reviewed counts a London day’s decisions, once a flag, and not those that came back', async () => {
  await using database = await openTestDatabase()
  const decidedAt = [
    '2026-07-01T22:59:59Z',
    '2026-07-01T23:00:00Z',
    '2026-07-02T22:59:59Z',
    '2026-07-02T23:00:00Z',
  ]
  for (const [index, moment] of decidedAt.entries()) {
    const flagId = await raise(database.store)
    await claim(database.store, flagId)
    await decide(database.store, makeDecision(flagId, 'no-action', { decidedAt: moment }))
    if (index === 1)
      await database.store.review.reopen({ flagId, version: 3, at, audit: auditBy('amara', flagId) })
  }
  expect(await database.store.review.countReviewed('2026-07-02')).toBe(1)
})

test('the oldest unreviewed flag of each band is the one raised first, none where none waits', async () => {
  await using database = await openTestDatabase()
  await raise(database.store)
  const low = await raise(database.store, {}, { priority: 'low' })
  await claim(database.store, low)
  const before = await database.store.review.oldestUnreviewed()
  expect(before).toEqual({ high: '2026-11-20T21:41:00Z', medium: null, low: '2026-11-20T21:41:00Z' })
  await decide(database.store, makeDecision(low, 'no-action'))
  expect((await database.store.review.oldestUnreviewed()).low).toBeNull()
})
