import { type Kysely, type RawBuilder, type Selectable, sql, type Transaction } from 'kysely'
import { z } from 'zod'
import type { ChecklistAnswer, ChecklistLine } from '../../review/checklist.ts'
import { actionIds, isActionId } from '../../review/safeguarding-actions.ts'
import type { ChecklistAnswerTable } from './review-tables.ts'
import type { Tables } from './tables.ts'

export async function saveLines(
  transaction: Transaction<Tables>,
  saving: { flagId: string; lines: readonly ChecklistLine[]; by: string; at: string },
): Promise<void> {
  const { flagId, lines, by, at } = saving
  if (lines.length === 0) return
  await transaction
    .insertInto('checklist_answer')
    .values(lines.map(line => ({ ...line, flag_id: flagId, answered_by: by, answered_at: at })))
    .execute()
}

/** The newest answer to each line of these flags, in the order of the checklist, by flag. */
export async function readChecklists(
  database: Kysely<Tables>,
  flagIds: readonly string[],
): Promise<ReadonlyMap<string, readonly ChecklistAnswer[]>> {
  const rows = await database
    .selectFrom('checklist_answer')
    .distinctOn(['flag_id', 'action'])
    .selectAll()
    .where(sql<boolean>`flag_id = any(${[...flagIds]})`)
    .orderBy('flag_id')
    .orderBy('action')
    .orderBy('sequence', 'desc')
    .execute()
  // A line that a later checklist no longer asks stays in the table and is not shown.
  const inOrder = rows
    .filter(row => isActionId(row.action))
    .toSorted((a, b) => actionIds.indexOf(a.action) - actionIds.indexOf(b.action))
  const byFlag = Map.groupBy(inOrder, row => row.flag_id)
  return new Map([...byFlag].map(([flagId, answers]) => [flagId, answers.map(answerOf)]))
}

function answerOf(row: Selectable<ChecklistAnswerTable>): ChecklistAnswer {
  return {
    action: row.action,
    answer: row.answer,
    words: row.words,
    owner: row.owner,
    due: row.due,
    detail: row.detail,
    answeredBy: row.answered_by,
    answeredAt: row.answered_at,
  }
}

/** The lines of one flag that are to be done, as JSON, inside another query. */
export function openLinesOf(flagId: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select jsonb_agg(jsonb_build_object('action', action, 'words', words, 'owner', owner, 'due', due, 'detail', detail)
      order by due, action)
    from (
      select distinct on (action) * from checklist_answer
      where checklist_answer.flag_id = ${flagId} order by action, sequence desc
    ) as standing
    where standing.answer = 'to-do'`
}

const ToDo = z
  .array(
    z.object({
      action: z.string().refine(isActionId),
      words: z.string(),
      owner: z.string(),
      due: z.string(),
      detail: z.string().nullable(),
    }),
  )
  .nullable()

export function readToDo(json: unknown): readonly ChecklistLine[] {
  const lines = ToDo.parse(json) ?? []
  return lines.flatMap(line =>
    isActionId(line.action) ? [{ ...line, action: line.action, answer: 'to-do' }] : [],
  )
}
