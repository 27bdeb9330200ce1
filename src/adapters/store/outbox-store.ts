import { randomUUID } from 'node:crypto'
import { type Kysely, sql, type Transaction } from 'kysely'
import { type DeliveryState, deliveryMoves, type PortalAnswer } from '../../referral/delivery.ts'
import type { Referral } from '../../referral/referral.ts'
import type { LeasedReferral, OutboxStore, Saved } from '../../services/ports.ts'
import { appendAudit } from './audit-store.ts'
import { inTransaction } from './in-transaction.ts'
import { statusOf, statusQuery } from './referral-status.ts'
import type { Tables } from './tables.ts'

const attentionMax = 200

/** Referrals on their way to the portal. Only the database's clock decides when one is due or a lease is over. */
export function outboxStore(database: Kysely<Tables>): OutboxStore {
  return {
    lease: query => lease(database, query),
    settle: settling => settle(database, settling),
    needingAttention: async overdueMs => {
      const overdue = sql<string>`now() - ${overdueMs} * interval '1 millisecond'`
      const rows = await statusQuery(database)
        .where('outbox.state', '<>', 'delivered')
        .where(({ or, eb }) =>
          or([eb('outbox.state', 'in', ['parked', 'refused']), eb('outbox.queued_at', '<', overdue)]),
        )
        .orderBy('outbox.queued_at')
        .limit(attentionMax)
        .execute()
      return rows.map(statusOf)
    },
    retry: retrying => inTransaction(database, transaction => retry(transaction, retrying)),
    countByState: async () => {
      const rows = await database
        .selectFrom('outbox')
        .select(({ fn }) => ['state', fn.countAll<number>().as('referrals')])
        .groupBy('state')
        .execute()
      const count = (state: DeliveryState): number => rows.find(row => row.state === state)?.referrals ?? 0
      return {
        queued: count('queued'),
        sending: count('sending'),
        delivered: count('delivered'),
        refused: count('refused'),
        parked: count('parked'),
      }
    },
  }
}

/** Called in the transaction of the decision that authorised it, and nowhere else. */
export async function saveReferral(transaction: Transaction<Tables>, referral: Referral): Promise<void> {
  await transaction
    .insertInto('referral')
    .values({
      id: referral.id,
      flag_id: referral.flagId,
      revision: referral.revision,
      authorised_by: referral.authorisedBy,
      authorised_at: referral.authorisedAt,
      body: Buffer.from(referral.body),
      body_sha256: referral.bodySha256,
    })
    .execute()
  await transaction
    .insertInto('outbox')
    .values({
      referral_id: referral.id,
      flag_id: referral.flagId,
      revision: referral.revision,
      state: 'queued',
    })
    .execute()
}

/** SKIP LOCKED gives each row to one caller. A later revision waits until the earlier one of its flag has settled. */
async function lease(
  database: Kysely<Tables>,
  { limit, leaseMs }: { limit: number; leaseMs: number },
): Promise<readonly LeasedReferral[]> {
  const leaseToken = randomUUID()
  const leased = await sql<{ id: string; body: Uint8Array; attempts: number }>`
    update outbox set state = ${deliveryMoves.queued.send}, lease_token = ${leaseToken},
      locked_until = now() + ${leaseMs} * interval '1 millisecond', attempts = attempts + 1
    from referral
    where referral.id = outbox.referral_id and outbox.referral_id in (
      select due.referral_id from outbox as due
      where due.state in ('queued', 'sending') and due.next_attempt_at <= now()
        and coalesce(due.locked_until, '-infinity') < now()
        and not exists (
          select 1 from outbox as older
          where older.flag_id = due.flag_id and older.revision < due.revision
            and older.state in ('queued', 'sending'))
      order by due.next_attempt_at
      for update skip locked
      limit ${limit})
    returning outbox.referral_id as id, referral.body, outbox.attempts`.execute(database)
  return leased.rows.map(row => ({ ...row, leaseToken }))
}

async function settle(
  database: Kysely<Tables>,
  { id, leaseToken, answer, waitMs }: Parameters<OutboxStore['settle']>[0],
): Promise<boolean> {
  const settled = await database
    .updateTable('outbox')
    .set({ ...settledAs(answer, waitMs), lease_token: null, locked_until: null })
    .where('referral_id', '=', id)
    .where('lease_token', '=', leaseToken)
    .where('state', '=', 'sending')
    .executeTakeFirst()
  return settled.numUpdatedRows === 1n
}

function settledAs(answer: PortalAnswer, waitMs: number) {
  const moves = deliveryMoves.sending
  switch (answer.kind) {
    case 'accepted':
      return {
        state: moves.accept,
        portal_reference: answer.reference,
        problem: null,
        delivered_at: sql<string>`now()`,
      }
    case 'refused':
      return { state: moves.refuse, problem: answer.problem }
    case 'parked':
      return { state: moves.park, problem: answer.problem }
    case 'later': {
      const next_attempt_at = after(Math.max(waitMs, answer.retryAfterMs ?? 0))
      return { state: moves.tryLater, problem: answer.problem, next_attempt_at }
    }
    case 'stopped': {
      const attempts = sql<number>`attempts - 1`
      return { state: moves.tryLater, problem: answer.problem, next_attempt_at: after(waitMs), attempts }
    }
    default:
      throw new Error(`no move for the portal's answer ${answer satisfies never}`)
  }
}

function after(delayMs: number) {
  return sql<string>`now() + ${delayMs} * interval '1 millisecond'`
}

async function retry(
  transaction: Transaction<Tables>,
  { id, audit }: Parameters<OutboxStore['retry']>[0],
): Promise<Saved> {
  const row = await transaction
    .selectFrom('outbox')
    .select('state')
    .where('referral_id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined || (row.state !== 'parked' && row.state !== 'refused')) return 'refused'
  await transaction
    .updateTable('outbox')
    .set({ state: deliveryMoves[row.state].retry, next_attempt_at: sql<string>`now()` })
    .where('referral_id', '=', id)
    .execute()
  await appendAudit(transaction, [audit])
  return 'saved'
}
