import { randomUUID } from 'node:crypto'
import { type Kysely, sql, type Transaction } from 'kysely'
import { referralMoves, referralStates, turns } from '../../referral/referral-state.ts'
import type { SettledOutcome } from '../../services/deliver-once.ts'
import type { LeasedReferral, OutboxStore } from '../../services/referral-port.ts'
import { inTransaction } from './in-transaction.ts'
import { moveReferral } from './move-referral.ts'
import type { Moving } from './referral-moves.ts'
import { statusOf, statusQuery } from './referral-status.ts'
import type { Tables } from './tables.ts'

const attentionMax = 200
const withNurses = referralStates.filter(state => turns[state] === 'nurse')
const withWren = referralStates.filter(state => turns[state] === 'wren')

/** Referrals on their way to the receiver. Only the database's clock decides when one is due or a lease is over. */
export function outboxStore(database: Kysely<Tables>): OutboxStore {
  return {
    lease: query => lease(database, query),
    settle: settling => inTransaction(database, transaction => settle(transaction, settling)),
    needingAttention: async overdueMs => {
      const overdue = sql<string>`now() - ${overdueMs} * interval '1 millisecond'`
      const rows = await statusQuery(database)
        .where(({ or, and, eb }) =>
          or([
            eb('outbox.state', 'in', withNurses),
            and([eb('outbox.state', 'in', withWren), eb('outbox.queued_at', '<', overdue)]),
          ]),
        )
        .orderBy('outbox.queued_at')
        .limit(attentionMax)
        .execute()
      return rows.map(statusOf)
    },
    countByState: async () => {
      const rows = await database
        .selectFrom('outbox')
        .select(({ fn }) => ['state', fn.countAll<number>().as('referrals')])
        .groupBy('state')
        .execute()
      const count = (state: (typeof referralStates)[number]): number =>
        rows.find(row => row.state === state)?.referrals ?? 0
      return {
        draft: count('draft'),
        authorised: count('authorised'),
        queued: count('queued'),
        sent: count('sent'),
        'by-hand': count('by-hand'),
        delivered: count('delivered'),
        acknowledged: count('acknowledged'),
        accepted: count('accepted'),
        declined: count('declined'),
        outcome: count('outcome'),
        'stepped-down': count('stepped-down'),
        failed: count('failed'),
        parked: count('parked'),
        cancelled: count('cancelled'),
        superseded: count('superseded'),
      }
    },
  }
}

/** SKIP LOCKED gives each row to one caller. A later revision waits until the earlier one of its flag has settled. */
async function lease(
  database: Kysely<Tables>,
  { limit, leaseMs }: { limit: number; leaseMs: number },
): Promise<readonly LeasedReferral[]> {
  const leaseToken = randomUUID()
  const leased = await sql<Omit<LeasedReferral, 'leaseToken'>>`
    with due as (
      select outbox.referral_id, outbox.state as was from outbox
      where outbox.state in ('queued', 'sent') and outbox.next_attempt_at <= now()
        and coalesce(outbox.locked_until, '-infinity') < now()
        and not exists (
          select 1 from outbox as older
          where older.flag_id = outbox.flag_id and older.revision < outbox.revision
            and older.state in ('queued', 'sent'))
      order by outbox.next_attempt_at
      for update skip locked
      limit ${limit}
    ), taken as (
      update outbox set state = ${referralMoves.queued.send}, lease_token = ${leaseToken},
        locked_until = now() + ${leaseMs} * interval '1 millisecond', attempts = attempts + 1,
        sent_at = coalesce(sent_at, now()), state_since = now()
      from due where outbox.referral_id = due.referral_id
      returning outbox.referral_id, outbox.attempts, outbox.next_attempt_at, due.was
    ), noted as (
      insert into referral_move (referral_id, move, from_state, to_state, by_kind, who, evidence)
      select referral_id, 'send', was, ${referralMoves.queued.send}, 'wren', 'wren', '{}' from taken
    )
    select taken.referral_id as id, referral.destination, referral.body, referral.body_sha256 as "bodySha256", taken.attempts,
      taken.was = 'sent' as "wasInterrupted"
    from taken join referral on referral.id = taken.referral_id
    order by taken.next_attempt_at`.execute(database)
  return leased.rows.map(row => ({ ...row, leaseToken }))
}

/** Whoever lost the lease, or came after a person who moved the referral on, writes nothing. */
async function settle(
  transaction: Transaction<Tables>,
  { id, leaseToken, outcome, connector, waitMs, messageSha256 }: Parameters<OutboxStore['settle']>[0],
): Promise<boolean> {
  const mine = await transaction
    .selectFrom('outbox')
    .select('referral_id')
    .where('referral_id', '=', id)
    .where('lease_token', '=', leaseToken)
    .where('state', '=', 'sent')
    .forUpdate()
    .executeTakeFirst()
  if (mine === undefined) return false
  const { move, evidence } = moveOf(outcome)
  const kept = messageSha256 === undefined ? evidence : { ...evidence, messageSha256 }
  const moved = await moveReferral(transaction, { id, by: 'wren', who: connector, move, evidence: kept })
  if (!moved) throw new Error(`no move from sent for the outcome ${outcome.kind}`)
  const isOurs = outcome.kind === 'credentials' || outcome.kind === 'configuration'
  if (isOurs || outcome.kind === 'later') {
    const delayMs = Math.max(waitMs, outcome.kind === 'later' ? (outcome.retryAfterMs ?? 0) : 0)
    await transaction
      .updateTable('outbox')
      .set({
        next_attempt_at: sql<string>`now() + ${delayMs} * interval '1 millisecond'`,
        attempts: sql<number>`attempts - ${isOurs ? 1 : 0}`,
      })
      .where('referral_id', '=', id)
      .execute()
  }
  return true
}

function moveOf(outcome: SettledOutcome): Pick<Moving, 'move' | 'evidence'> {
  switch (outcome.kind) {
    case 'delivered':
      return { move: 'deliver', evidence: { receipt: outcome.receipt } }
    case 'acknowledged':
      return { move: 'acknowledge', evidence: { reference: outcome.reference } }
    case 'refused':
      return { move: 'fail', evidence: { problem: outcome.problem } }
    case 'parked':
      return { move: 'park', evidence: { problem: outcome.problem } }
    case 'by-hand':
      return { move: 'handOver', evidence: { problem: outcome.problem } }
    case 'later':
    case 'credentials':
    case 'configuration':
      return { move: 'tryLater', evidence: { problem: outcome.problem } }
    default:
      throw new Error(`no move for the outcome ${outcome satisfies never}`)
  }
}
