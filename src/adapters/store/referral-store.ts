import { type Kysely, sql, type Transaction } from 'kysely'
import { type ReferralState, referralStates, turns } from '../../referral/referral-state.ts'
import type { ReferralStore } from '../../services/referral-port.ts'
import { appendAudit } from './audit-store.ts'
import { inTransaction } from './in-transaction.ts'
import { moveReferral } from './move-referral.ts'
import { readMove } from './referral-moves.ts'
import { statusOf, statusQuery } from './referral-status.ts'
import type { Tables } from './tables.ts'

const open = referralStates.filter(state => turns[state] !== 'nobody')

/** What people and receivers do with referrals; what the forwarder does is in outbox-store.ts. */
export function referralStore(database: Kysely<Tables>): ReferralStore {
  return {
    status: async id => {
      const row = await statusQuery(database).where('outbox.referral_id', '=', id).executeTakeFirst()
      return row === undefined ? null : statusOf(row)
    },
    open: async limit => {
      const rows = await statusQuery(database)
        .where('outbox.state', 'in', open)
        .orderBy('outbox.state_since')
        .limit(limit)
        .execute()
      return rows.map(statusOf)
    },
    moves: async id => {
      const rows = await database
        .selectFrom('referral_move')
        .selectAll()
        .where('referral_id', '=', id)
        .orderBy('sequence')
        .execute()
      return rows.map(readMove)
    },
    move: ({ id, move, evidence, audit }) =>
      inTransaction(database, async transaction => {
        const by = { by: 'nurse', who: audit.who, at: audit.at } as const
        if (!(await moveReferral(transaction, { id, move, evidence, ...by }))) return 'refused'
        await appendAudit(transaction, [audit])
        return 'saved'
      }),
    report: reporting => inTransaction(database, transaction => report(transaction, reporting)),
  }
}

/**
 * A report may tell of several moves at once, or of some already known: each is made where the table has it. What was
 * decided before something else that was reported changes nothing of it.
 */
async function report(
  transaction: Transaction<Tables>,
  { id, reportId, who, moves }: Parameters<ReferralStore['report']>[0],
): ReturnType<ReferralStore['report']> {
  const row = await transaction
    .selectFrom('outbox')
    .select('state')
    .where('referral_id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) return 'not-found'
  const made = await madeFor(transaction, { id, reportId })
  if (made.has(moves.at(-1)?.move)) return 'known' // the last of them is what the report is about
  const newest = await newestDecision(transaction, id)
  let saved = 0
  for (const { move, evidence } of moves.filter(each => !made.has(each.move))) {
    const isLate = isBefore(evidence.decidedAt, newest)
    // Of two pathways told in the wrong order both are kept, and the newer one stands. Nothing else old moves anything.
    if (isLate && !(move === 'setPathway' && (await stateOf(transaction, id)) === 'outcome')) continue
    const reported = { id, move, evidence, by: 'receiver', who, reportId, isLate } as const
    if (await moveReferral(transaction, reported)) saved += 1
  }
  return saved > 0 ? 'saved' : 'refused'
}

/** The moves that a report has made already: more of it may be possible by now. */
async function madeFor(
  transaction: Transaction<Tables>,
  { id, reportId }: { readonly id: string; readonly reportId: string },
): Promise<ReadonlySet<string | undefined>> {
  const rows = await transaction
    .selectFrom('referral_move')
    .select('move')
    .where('referral_id', '=', id)
    .where('report_id', '=', reportId)
    .execute()
  return new Set(rows.map(({ move }) => move))
}

/** When the receiver decided the newest of what it has reported; null where it has reported nothing. */
async function newestDecision(transaction: Transaction<Tables>, id: string): Promise<string | null> {
  const { rows } = await sql<{ newest: string | null }>`
    select max((evidence ->> 'decidedAt')::timestamptz) as newest from referral_move
    where referral_id = ${id} and by_kind = 'receiver'`.execute(transaction)
  return rows[0]?.newest ?? null
}

function isBefore(decidedAt: string | undefined, newest: string | null): boolean {
  return decidedAt !== undefined && newest !== null && Temporal.Instant.compare(decidedAt, newest) < 0
}

async function stateOf(transaction: Transaction<Tables>, id: string): Promise<ReferralState | undefined> {
  const row = await transaction
    .selectFrom('outbox')
    .select('state')
    .where('referral_id', '=', id)
    .executeTakeFirst()
  return row?.state
}
