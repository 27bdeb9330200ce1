import { type Kysely, type Selectable, sql } from 'kysely'
import type { KeptDecision } from '../../review/decision.ts'
import type { DecisionTable } from './review-tables.ts'
import type { Tables } from './tables.ts'

/** Of these flags, oldest first, as they were made. */
export async function readDecisions(
  database: Kysely<Tables>,
  flagIds: readonly string[],
): Promise<readonly KeptDecision[]> {
  const rows = await database
    .selectFrom('decision')
    .selectAll()
    .where(sql<boolean>`flag_id = any(${[...flagIds]})`)
    .orderBy('sequence')
    .execute()
  return rows.map(decisionOf)
}

function decisionOf(row: Selectable<DecisionTable>): KeptDecision {
  return {
    id: row.id,
    flagId: row.flag_id,
    outcome: row.outcome,
    reason: row.reason,
    noAction: row.no_action,
    deferUntil: row.defer_until,
    wrongMatch:
      row.wrong_rule === null || row.wrong_term === null
        ? null
        : { rule: row.wrong_rule, term: row.wrong_term },
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    takenBack:
      row.taken_back_by === null || row.taken_back_at === null
        ? null
        : { by: row.taken_back_by, at: row.taken_back_at, why: row.taken_back_why },
  }
}
