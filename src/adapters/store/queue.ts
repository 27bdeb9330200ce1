import { type Kysely, type Selectable, sql } from 'kysely'
import type { ReferralState } from '../../referral/referral-state.ts'
import { countedDays } from '../../review/frequent-attendance.ts'
import { type ReviewState, reviewStates } from '../../review/review-state.ts'
import type { Priority } from '../../rules/rule.ts'
import type { QueueRow, ReviewStore, SetAsideRow } from '../../services/ports.ts'
import { readAttendance, readMentions } from './attendance-row.ts'
import { openLinesOf, readToDo } from './checklist-rows.ts'
import { readFlag, readWork } from './flag-row.ts'
import { whereShown } from './queue-facets.ts'
import type { FlagTable } from './review-tables.ts'
import { attendancesOfChild, mergedGroup, withdrawnAt } from './same-child.ts'
import type { Tables } from './tables.ts'

interface Page {
  readonly limit: number
  readonly offset: number
}

/**
 * Flags that fell due first, then by band, then the longest since arrival. Each state is read in that order from
 * its index and no further than the page, so that years of flags that are done cost nothing.
 */
export async function readQueue(
  database: Kysely<Tables>,
  { states, limit, offset, shown }: Parameters<ReviewStore['queue']>[0],
): Promise<readonly QueueRow[]> {
  // A state each, by its name: the planner then knows how few flags it has, and goes by the index.
  const first = [...new Set(states)].map(
    state => sql`(
        select * from flag
        where flag.state = ${state} ${shown === undefined ? sql`` : whereShown(shown)}
        order by fell_due desc, band, arrived_at, id
        limit ${limit + offset}
      )`,
  )
  const found = await sql<QueueSqlRow>`
    with page as (
      select picked.* from (${sql.join(first, sql` union all `)}) as picked
      order by fell_due desc, band, arrived_at, id
      limit ${limit} offset ${offset}
    )
    select page.*, held.attendance as held_attendance, held.mentions, earlier.earlier_attendances, latest.delivery,
      (${openLinesOf(sql.ref('page.id'))}) as to_do,
      ${withdrawnAt({
        trust: sql.ref('page.trust'),
        attendanceId: sql.ref('page.attendance_id'),
        held: sql.ref('held.attendance'),
      })} as withdrawn_at,
      ${mergedGroup(sql.ref('page.trust'), sql.ref('page.attendance_id'))} as merged_group
    from page
    join held on held.trust = page.trust and held.attendance_id = page.attendance_id
    cross join lateral (
      select count(distinct (other.trust, other.attendance_id)) as earlier_attendances
      from ${attendancesOfChild(sql.ref('page.trust'), sql.ref('page.attendance_id'))} as other
      where (other.trust, other.attendance_id) <> (page.trust, page.attendance_id)
        and other.at <= page.arrived_at
        and other.at >= page.arrived_at - ${countedDays} * interval '1 day'
    ) as earlier
    left join lateral (
      select outbox.state as delivery from outbox
      where outbox.flag_id = page.id
      order by outbox.revision desc limit 1
    ) as latest on true
    order by page.fell_due desc, page.band, page.arrived_at, page.id`.execute(database)
  return found.rows.map(row => ({
    flag: readFlag(row),
    attendance: readAttendance(row.held_attendance),
    mentions: readMentions(row.mentions),
    earlierAttendances: row.earlier_attendances,
    delivery: row.delivery,
    toDo: readToDo(row.to_do),
    withdrawnAt: row.withdrawn_at,
    mergedGroup: row.merged_group,
    ...readWork(row),
  }))
}

export async function countFlagsByState(
  database: Kysely<Tables>,
): Promise<Readonly<Record<ReviewState, number>>> {
  const rows = await database
    .selectFrom('flag')
    .select(({ fn }) => ['state', fn.countAll<number>().as('flags')])
    .groupBy('state')
    .execute()
  const counts: Record<ReviewState, number> = {
    'to-review': 0,
    'in-review': 0,
    'actions-open': 0,
    deferred: 0,
    done: 0,
  }
  for (const state of reviewStates) counts[state] = rows.find(row => row.state === state)?.flags ?? 0
  return counts
}

/** Flags decided on a day of Europe/London that have not come back to review since. */
export async function countReviewed(database: Kysely<Tables>, day: string): Promise<number> {
  const counted = await sql<{ flags: number }>`
    select count(distinct decision.flag_id) as flags
    from decision join flag on flag.id = decision.flag_id
    where decision.decided_at >= ${day}::date::timestamp at time zone 'Europe/London'
      and decision.decided_at < (${day}::date + 1)::timestamp at time zone 'Europe/London'
      and flag.state not in ('to-review', 'in-review')`.execute(database)
  return counted.rows[0]?.flags ?? 0
}

export async function readOldestUnreviewed(
  database: Kysely<Tables>,
): Promise<Readonly<Record<Priority, string | null>>> {
  const rows = await database
    .selectFrom('flag')
    .select(({ fn }) => ['priority', fn.min('raised_at').as('raised_at')])
    .where('state', 'in', ['to-review', 'in-review'])
    .groupBy('priority')
    .execute()
  const oldest = (priority: Priority): string | null =>
    rows.find(row => row.priority === priority)?.raised_at ?? null
  return { high: oldest('high'), medium: oldest('medium'), low: oldest('low') }
}

/** Attendances held without a flag, newest first: every mention in them was set aside. */
export async function readSetAside(
  database: Kysely<Tables>,
  { limit, offset }: Page,
): Promise<readonly SetAsideRow[]> {
  const rows = await database
    .selectFrom('held')
    .select(['attendance', 'mentions', 'ruleset_version'])
    .where('outcome', '=', 'clear')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('flag')
            .select('flag.id')
            .whereRef('flag.trust', '=', 'held.trust')
            .whereRef('flag.attendance_id', '=', 'held.attendance_id'),
        ),
      ),
    )
    .orderBy('held_at', 'desc')
    .orderBy('trust')
    .orderBy('attendance_id')
    .limit(limit)
    .offset(offset)
    .execute()
  return rows.map(row => ({
    attendance: readAttendance(row.attendance),
    mentions: readMentions(row.mentions),
    rulesetVersion: row.ruleset_version,
  }))
}

interface QueueSqlRow extends Selectable<FlagTable> {
  held_attendance: unknown
  mentions: unknown
  earlier_attendances: number
  withdrawn_at: string | null
  merged_group: string | null
  delivery: ReferralState | null
  to_do: unknown
}
