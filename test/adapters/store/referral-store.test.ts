import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decisionsFrom } from '../../../src/processes/portal-simulator/received-referral.ts'
import { ReceiverReport } from '../../../src/referral/receiver-report.ts'
import type { Evidence } from '../../../src/referral/referral-evidence.ts'
import {
  afterReferralMove,
  isAcknowledged,
  movesFrom,
  type ReferralMove,
  turns,
} from '../../../src/referral/referral-state.ts'
import type { SettledOutcome } from '../../../src/services/deliver-once.ts'
import type { AuditEntry } from '../../../src/services/people.ts'
import { takeReport } from '../../../src/services/take-report.ts'
import { authoriseReferral } from '../../world/authorise-referral.ts'
import { openTestDatabase } from '../../world/database.ts'
import { isThorough } from '../../world/thorough.ts'

const said: Evidence = {
  reference: 'GS-2041',
  told: 'Duty desk, Fern',
  receipt: 'handed in at the desk',
  reason: 'the family moved away',
  pathway: 'amber',
  meetingDay: '2026-11-25',
}
const outcomes: readonly SettledOutcome[] = [
  { kind: 'delivered', receipt: 'file 12' },
  { kind: 'acknowledged', reference: 'GS-1' },
  { kind: 'refused', problem: 'no such school' },
  { kind: 'parked', problem: 'It may have arrived.' },
  { kind: 'by-hand', problem: 'Enter it in the portal.' },
  { kind: 'later', problem: 'not now', retryAfterMs: null },
  { kind: 'credentials', problem: 'not our key' },
]
const byNurse: readonly ReferralMove[] = [
  ...(['retry', 'acknowledge', 'accept', 'decline', 'setPathway'] as const),
  ...(['stepDown', 'cancel', 'deliver', 'send', 'queue', 'park'] as const),
]
const step = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ do: 'lease' } as const) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('settle' as const), outcome: fc.constantFrom(...outcomes) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('move' as const), move: fc.constantFrom(...byNurse) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('report' as const),
      move: fc.constantFrom(
        'acknowledge' as const,
        'accept' as const,
        'decline' as const,
        'setPathway' as const,
      ),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'die' } as const) },
)

test('whatever happens in whatever order, the store keeps every move, and sends nothing again that was acknowledged', async () => {
  await using database = await openTestDatabase()
  const { store } = database
  const sql = await database.connect()
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async steps => {
      const { id } = await authoriseReferral(store)
      const held: { leaseToken: string }[] = []
      let wasAcknowledged = false
      for (const [index, each] of steps.entries()) {
        if (each.do === 'lease') {
          const leased = await store.outbox.lease({ limit: 50, leaseMs: 60_000 })
          const mine = leased.filter(referral => referral.id === id)
          expect(wasAcknowledged && mine.length > 0).toBe(false)
          held.push(...mine)
        } else if (each.do === 'die') {
          await sql.query('update outbox set locked_until = null, next_attempt_at = now()')
        } else if (each.do === 'settle') {
          const { leaseToken } = held.at(-1) ?? { leaseToken: 'none' }
          const { outcome } = each
          await store.outbox.settle({ id, leaseToken, outcome, connector: 'REST', waitMs: 0 })
        } else if (each.do === 'report') {
          const moves = [...new Set(['acknowledge', each.move] as const)].map(move => ({
            move,
            evidence: said,
          }))
          await store.referrals.report({ id, reportId: `r${index}`, who: 'portal', moves })
        } else {
          const before = await store.referrals.status(id)
          const saved = await store.referrals.move({ id, move: each.move, evidence: said, audit })
          const isInTable = before !== null && afterReferralMove(before.state, each.move) !== null
          if (!isInTable) expect(saved).toBe('refused')
        }
        const now = await store.referrals.status(id)
        wasAcknowledged ||= now !== null && isAcknowledged(now.state)
      }
      const [status, moves] = await Promise.all([store.referrals.status(id), store.referrals.moves(id)])
      expect(moves.slice(0, 2).map(({ move }) => move)).toEqual(['authorise', 'queue'])
      // An unbroken chain from the draft to the state as it is now: nothing is lost, nothing is made up.
      let state: string = 'draft'
      for (const move of moves) {
        expect(move.from).toBe(state)
        expect(afterReferralMove(move.from, move.move)).toBe(move.to)
        state = move.to
      }
      expect(status?.state).toBe(state)
      const isEnded = status !== null && turns[status.state] === 'nobody'
      expect((await store.referrals.open(10_000)).some(open => open.id === id)).toBe(!isEnded)
    }),
    { numRuns: 25 },
  )
})

test('moves of referrals are never changed or removed, not even by hand in the database', async () => {
  await using database = await openTestDatabase()
  await authoriseReferral(database.store)
  const sql = await database.connect()
  for (const statement of ['delete from referral_move', "update referral_move set who = 'nobody'"]) {
    await expect(sql.query(statement)).rejects.toThrow('never changed or removed')
  }
})

test('a report that comes twice changes nothing the second time', async () => {
  await using database = await openTestDatabase()
  const { referrals, outbox } = database.store
  const { id } = await authoriseReferral(database.store)
  const [leased] = await outbox.lease({ limit: 1, leaseMs: 60_000 })
  const outcome = { kind: 'delivered', receipt: 'file 12' } as const
  await outbox.settle({ id, leaseToken: leased?.leaseToken ?? '', outcome, connector: 'files', waitMs: 0 })
  const moves = [
    { move: 'acknowledge', evidence: { reference: 'GS-7' } },
    { move: 'accept', evidence: {} },
  ] as const
  const report = { id, reportId: 'event 1', who: 'GET SAFE', moves }
  expect(await referrals.report(report)).toBe('saved')
  expect(await referrals.report(report)).toBe('known')
  expect(await referrals.status(id)).toMatchObject({ state: 'accepted', portalReference: 'GS-7' })
  expect((await referrals.moves(id)).filter(({ by }) => by === 'receiver')).toHaveLength(2)
  expect(await referrals.report({ ...report, id: 'none', reportId: 'event 2' })).toBe('not-found')
})

/** What a receiver may decide, one after another, as its own rules have it. */
const decisions = fc.array(fc.nat(), { minLength: 1, maxLength: 6 }).map(picks => {
  const decided: (typeof statuses)[number][] = []
  for (const pick of picks) {
    const choices = decisionsFrom[decided.at(-1) ?? 'acknowledged']
    const chosen = choices[pick % choices.length]
    if (chosen !== undefined) decided.push(chosen)
  }
  return decided
})
const statuses = ['accepted', 'declined', 'pathway-set', 'stepped-down'] as const

test('reports that come in any order, any number of times, and then are asked for end as in their order', async () => {
  await using database = await openTestDatabase()
  const { store } = database
  const tell = async (key: string, reports: readonly ReceiverReport[]) => {
    for (const report of reports) await takeReport(store.referrals, { report, who: 'GET SAFE' })
    const status = await store.referrals.status(key)
    return status === null ? null : [status.state, status.pathway, status.nextReview, status.portalReference]
  }
  const pathwaysOf = async (id: string) =>
    (await store.referrals.moves(id)).filter(({ move }) => move === 'setPathway').length
  await fc.assert(
    fc.asyncProperty(
      decisions.chain(told =>
        fc.tuple(fc.constant(told), fc.array(fc.nat({ max: told.length - 1 }), { maxLength: 10 })),
      ),
      async ([told, order]) => {
        const [jumbled, orderly] = [await authoriseReferral(store), await authoriseReferral(store)]
        const reportsOf = (key: string) =>
          told.map((status, index) =>
            ReceiverReport.parse({
              ...{ id: `event ${index}`, key, reference: 'GS-9', status, reason: `Reason ${index}` },
              ...{ at: `2020-11-25T11:00:0${index}Z`, meetingDay: '2026-11-25' },
              ...{ pathway: ['green', 'amber', 'red'][index % 3], nextReview: `2026-12-0${index + 1}` },
            }),
          )
        const reports = reportsOf(jumbled.id)
        await tell(
          jumbled.id,
          order.flatMap(index => reports[index] ?? []),
        )
        expect(await tell(jumbled.id, reports)).toEqual(await tell(orderly.id, reportsOf(orderly.id)))
        expect(await pathwaysOf(jumbled.id)).toBe(await pathwaysOf(orderly.id))
        expect(await store.outbox.lease({ limit: 50, leaseMs: 60_000 })).toEqual([])
      },
    ),
    {
      numRuns: isThorough ? 200 : 15,
      // A step down that overtakes two pathways on the way.
      examples: [
        [
          [
            ['pathway-set', 'pathway-set', 'pathway-set', 'stepped-down'],
            [0, 3],
          ],
        ],
      ],
    },
  )
})

test('a report by a clock that is years ahead is taken in, and does not make all that follows look old', async () => {
  await using database = await openTestDatabase()
  const { referrals } = database.store
  const { id: key } = await authoriseReferral(database.store)
  const tell = (report: object) =>
    takeReport(referrals, {
      report: ReceiverReport.parse({ key, reference: 'GS-9', ...report }),
      who: 'GET SAFE',
    })
  expect(await tell({ id: 'e1', status: 'accepted', at: '2099-01-01T00:00:00Z' })).toBe('saved')
  const declined = { id: 'e2', status: 'declined', at: '2020-01-02T00:00:00Z', reason: 'Not our county' }
  expect(await tell(declined)).toBe('saved')
  expect(await tell({ id: 'e3', status: 'accepted', at: '2020-01-01T00:00:00Z' })).toBe('unchanged')
  expect(await referrals.status(key)).toMatchObject({ state: 'declined' })
})

test('a report of what is known already, under another name, is refused and changes nothing', async () => {
  await using database = await openTestDatabase()
  const { referrals } = database.store
  const { id } = await authoriseReferral(database.store)
  const report = { id, who: 'GET SAFE', moves: [{ move: 'acknowledge', evidence: said }] } as const
  expect(await referrals.report({ ...report, reportId: 'event 1' })).toBe('saved')
  expect(await referrals.report({ ...report, reportId: 'event 2' })).toBe('refused')
})

test('a revision supersedes the referral before it as soon as that one is not under way', async () => {
  await using database = await openTestDatabase()
  const { outbox, referrals } = database.store
  const first = await authoriseReferral(database.store)
  const [leased] = await outbox.lease({ limit: 1, leaseMs: 60_000 })
  const second = await authoriseReferral(database.store, { again: first.flagId })
  expect(second.revision).toBe(2)
  expect(await referrals.status(first.id)).toMatchObject({ state: 'sent' })
  expect(await outbox.lease({ limit: 1, leaseMs: 60_000 })).toEqual([])

  const outcome = { kind: 'later', problem: 'not now', retryAfterMs: null } as const
  const settling = { id: first.id, leaseToken: leased?.leaseToken ?? '', outcome, connector: 'REST' }
  await outbox.settle({ ...settling, waitMs: 0 })
  expect(await referrals.status(first.id)).toMatchObject({ state: 'superseded' })
  expect((await referrals.moves(first.id)).at(-1)).toMatchObject({
    move: 'supersede',
    evidence: { supersededBy: second.id },
  })
  expect((await outbox.lease({ limit: 5, leaseMs: 60_000 })).map(({ id }) => id)).toEqual([second.id])
})

test('a referral that the receiver has stands until a revision was acknowledged, and is superseded once', async () => {
  await using database = await openTestDatabase()
  const { outbox, referrals } = database.store
  const acknowledge = async ({ id }: { readonly id: string }, reference: string) => {
    const moves = [{ move: 'acknowledge', evidence: { reference } }] as const
    await referrals.report({ id, reportId: `reference ${reference}`, who: 'GET SAFE', moves })
  }
  const stateOf = async ({ id }: { readonly id: string }) => (await referrals.status(id))?.state
  const first = await authoriseReferral(database.store)
  await acknowledge(first, 'GS-1')
  const second = await authoriseReferral(database.store, { again: first.flagId })
  const third = await authoriseReferral(database.store, { again: first.flagId })
  // What was never sent goes at once: the first is all that anybody acts upon.
  expect([await stateOf(first), await stateOf(second)]).toEqual(['acknowledged', 'superseded'])
  const cancelled = { id: third.id, move: 'cancel', evidence: said, audit } as const
  expect(await referrals.move(cancelled)).toBe('saved')
  expect(await stateOf(first)).toBe('acknowledged')

  const fourth = await authoriseReferral(database.store, { again: first.flagId })
  expect((await outbox.lease({ limit: 5, leaseMs: 60_000 })).map(({ id }) => id)).toEqual([fourth.id])
  await Promise.all([acknowledge(fourth, 'GS-4'), acknowledge(fourth, 'GS-4'), acknowledge(first, 'GS-1')])
  expect([await stateOf(first), await stateOf(fourth)]).toEqual(['superseded', 'acknowledged'])
  const superseded = (await referrals.moves(first.id)).filter(({ move }) => move === 'supersede')
  expect(superseded).toMatchObject([{ by: 'wren', evidence: { supersededBy: fourth.id } }])
})

test('a referral that is being sent is not superseded by a revision that was cancelled meanwhile', async () => {
  await using database = await openTestDatabase()
  const { outbox, referrals } = database.store
  const first = await authoriseReferral(database.store)
  const [leased] = await outbox.lease({ limit: 1, leaseMs: 60_000 })
  const second = await authoriseReferral(database.store, { again: first.flagId })
  await referrals.move({ id: second.id, move: 'cancel', evidence: said, audit })
  const outcome = { kind: 'later', problem: 'not now', retryAfterMs: null } as const
  await outbox.settle({ ...leased!, outcome, connector: 'REST', waitMs: 0 })
  expect(await referrals.status(first.id)).toMatchObject({ state: 'queued' })
})

test('a move without what must be said with it is a bug, and changes nothing', async () => {
  await using database = await openTestDatabase()
  const { id } = await authoriseReferral(database.store)
  const cancelling = database.store.referrals.move({ id, move: 'cancel', evidence: {}, audit })
  await expect(cancelling).rejects.toThrow('without reason')
  expect(await database.store.referrals.status(id)).toMatchObject({ state: 'queued' })
  expect(movesFrom('queued')).toContain('cancel')
})

const audit: AuditEntry = {
  at: '2026-11-21T09:00:00Z',
  who: 'asha.patel',
  role: 'nurse',
  did: 'moved referral',
  what: 'referral',
  why: null,
}
