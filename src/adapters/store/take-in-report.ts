import { sql, type Transaction } from 'kysely'
import type { Evidence } from '../../referral/referral-evidence.ts'
import type { ReferralStore } from '../../services/referral-port.ts'
import { moveReferral } from './move-referral.ts'
import { readMove } from './referral-moves.ts'
import type { Tables } from './tables.ts'

type Report = Parameters<ReferralStore['report']>[0]

/**
 * A report may tell of several moves at once, or of some already known: each is made where the table has it. What was
 * decided before something else that was reported changes nothing of it.
 */
export async function takeInReport(
  transaction: Transaction<Tables>,
  report: Report,
): ReturnType<ReferralStore['report']> {
  const { id, reportId, who, moves } = report
  if ((await stateOf(transaction, id)) === null) return 'not-found'
  const made = await madeFor(transaction, report)
  if (made.has(moves.at(-1)?.move)) return 'known' // the last of them is what the report is about
  const newest = await newestDecision(transaction, id)
  let saved = 0
  for (const { move, evidence } of moves.filter(each => !made.has(each.move))) {
    const isMade = isBefore(evidence.decidedAt, newest)
      ? move === 'setPathway' && (await keepLatePathway(transaction, report, evidence))
      : await moveReferral(transaction, { id, move, evidence, by: 'receiver', who, reportId })
    if (isMade) saved += 1
  }
  return saved > 0 ? 'saved' : 'refused'
}

/**
 * Every pathway is kept, also one that a newer decision has overtaken on the way: the newer one stands. After a step
 * down the referral is stepped down again, by the same words.
 */
async function keepLatePathway(
  transaction: Transaction<Tables>,
  { id, reportId, who }: Report,
  evidence: Evidence,
): Promise<boolean> {
  const state = await stateOf(transaction, id)
  if (state !== 'outcome' && state !== 'stepped-down') return false
  const isLate = isBefore(evidence.decidedAt, await newestDecision(transaction, id, 'setPathway'))
  const reported = { id, by: 'receiver', who, reportId } as const
  const isKept = await moveReferral(transaction, { ...reported, move: 'setPathway', evidence, isLate })
  if (state === 'stepped-down') {
    const stepDown = await lastStepDown(transaction, id)
    await moveReferral(transaction, { ...reported, move: 'stepDown', evidence: stepDown })
  }
  return isKept
}

/** Locks the referral's row: reports of one referral are taken in one after another. */
async function stateOf(transaction: Transaction<Tables>, id: string) {
  const row = await transaction
    .selectFrom('outbox')
    .select('state')
    .where('referral_id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row?.state ?? null
}

/** The moves that a report has made already: more of it may be possible by now. */
async function madeFor(
  transaction: Transaction<Tables>,
  { id, reportId }: Report,
): Promise<ReadonlySet<string | undefined>> {
  const rows = await transaction
    .selectFrom('referral_move')
    .select('move')
    .where('referral_id', '=', id)
    .where('report_id', '=', reportId)
    .execute()
  return new Set(rows.map(({ move }) => move))
}

/**
 * When the receiver decided the newest of what it has reported; null where it has reported nothing. A time that had not
 * come yet when it was told is a wrong clock there, and must not make all that follows look old.
 */
async function newestDecision(
  transaction: Transaction<Tables>,
  id: string,
  move: 'setPathway' | null = null,
): Promise<string | null> {
  const { rows } = await sql<{ newest: string | null }>`
    select max((evidence ->> 'decidedAt')::timestamptz) as newest from referral_move
    where referral_id = ${id} and by_kind = 'receiver' and (${move}::text is null or move = ${move})
      and (evidence ->> 'decidedAt')::timestamptz <= at + interval '5 minutes'`.execute(transaction)
  return rows[0]?.newest ?? null
}

async function lastStepDown(transaction: Transaction<Tables>, id: string): Promise<Evidence> {
  const row = await transaction
    .selectFrom('referral_move')
    .selectAll()
    .where('referral_id', '=', id)
    .where('move', '=', 'stepDown')
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  return readMove(row).evidence
}

function isBefore(decidedAt: string | undefined, newest: string | null): boolean {
  return decidedAt !== undefined && newest !== null && Temporal.Instant.compare(decidedAt, newest) < 0
}
