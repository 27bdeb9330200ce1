import { type Kysely, sql, type Transaction } from 'kysely'
import type { HeldAttendance } from '../../review/flag.ts'
import type { VersionStore } from '../../services/version-port.ts'
import { readAttendance, readMentions, writeAttendance, writeMentions } from './attendance-row.ts'
import type { Tables } from './tables.ts'

/** Of a record that changes without end, the latest versions are shown. */
const versionsMax = 10

export function versionStore(database: Kysely<Tables>): VersionStore {
  return {
    versionsOf: async ({ trust, attendanceId }) => {
      const rows = await database
        .selectFrom('replaced_version')
        .select(['attendance', 'mentions', 'replaced_at'])
        .where('trust', '=', trust)
        .where('attendance_id', '=', attendanceId)
        .orderBy('sequence', 'desc')
        .limit(versionsMax)
        .execute()
      return rows.toReversed().map(row => ({
        attendance: readAttendance(row.attendance),
        mentions: readMentions(row.mentions),
        replacedAt: row.replaced_at,
      }))
    },
    changedSince: async ({ since, limit }) => {
      const found = await sql<{ flagId: string; changedAt: string }>`
        select flag.id as "flagId", changed.at as "changedAt"
        from (
          select trust, attendance_id, max(replaced_at) as at from replaced_version
          where replaced_at >= ${since}::timestamptz group by trust, attendance_id
        ) as changed
        join flag on flag.trust = changed.trust and flag.attendance_id = changed.attendance_id
        where flag.state in ('done', 'actions-open', 'deferred')
          and (select max(decided_at) from decision where decision.flag_id = flag.id) < changed.at
        order by changed.at desc limit ${limit}`.execute(database)
      return found.rows
    },
  }
}

/** A text that is not shown any more. */
export interface Replaced {
  readonly version: HeldAttendance
  readonly at: string
}

/** The text that was shown until now; null where there was none or its words are the same. */
export function replacedBy(change: {
  readonly before: HeldAttendance | null
  readonly after: HeldAttendance
  readonly at: string
}): Replaced | null {
  const { before, after, at } = change
  return before === null || wordsOf(before) === wordsOf(after) ? null : { version: before, at }
}

/** After the attendances themselves are saved. */
export async function saveReplaced(
  transaction: Transaction<Tables>,
  replaced: readonly Replaced[],
): Promise<void> {
  if (replaced.length === 0) return
  await transaction
    .insertInto('replaced_version')
    .values(
      replaced.map(({ version, at }) => ({
        trust: version.attendance.trust,
        attendance_id: version.attendance.attendanceId,
        attendance: writeAttendance(version.attendance),
        mentions: writeMentions(version.mentions),
        replaced_at: at,
      })),
    )
    .execute()
}

function wordsOf({ attendance: { notes } }: HeldAttendance): string {
  return JSON.stringify(notes.map(note => [note.section, note.words]))
}
