import { type Kysely, sql } from 'kysely'
import type { LedgerOutcome } from '../../review/ledger.ts'
import type { AuditEntry } from '../../services/people.ts'
import type { FlagStory, Timeline, TimelineEntry } from '../../services/timeline-port.ts'
import { views } from '../../services/views.ts'
import { readAttendance, readMentions } from './attendance-row.ts'
import { readChecklists } from './checklist-rows.ts'
import { readDecisions } from './decision-rows.ts'
import { readFlag } from './flag-row.ts'
import { readMerges } from './merge-patients.ts'
import { readReferrals } from './referral-status.ts'
import { attendancesOfChild, mergesOfChild, withdrawnAt } from './same-child.ts'
import type { Tables } from './tables.ts'

/** The attendances of one child with all that was done about them, newest first. */
export async function readTimeline(
  database: Kysely<Tables>,
  { flagId, limit }: { flagId: string; limit: number },
): Promise<Timeline | null> {
  const asked = await findAsked(database, flagId)
  if (asked === null) return null
  const rows = await findEntries(database, { asked, limit: limit + 1 })
  const listed = rows.slice(0, limit)
  const stories = await readStories(
    database,
    listed.flatMap(row => row.flag_id ?? []),
  )
  return {
    attendance: asked.attendance,
    merges: asked.merges,
    hasMore: rows.length > limit,
    entries: listed.map(row => entryOf(row, stories)),
  }
}

interface Asked {
  readonly trust: string
  readonly attendanceId: string
  readonly attendance: Timeline['attendance']
  readonly merges: Timeline['merges']
}

async function findAsked(database: Kysely<Tables>, flagId: string): Promise<Asked | null> {
  const [trust, attendanceId] = [sql.ref('flag.trust'), sql.ref('flag.attendance_id')]
  const row = await database
    .selectFrom('flag')
    .innerJoin('held', join =>
      join.onRef('held.trust', '=', 'flag.trust').onRef('held.attendance_id', '=', 'flag.attendance_id'),
    )
    .select(['flag.trust', 'flag.attendance_id', 'held.attendance'])
    .select(mergesOfChild(trust, attendanceId).as('merges'))
    .where('flag.id', '=', flagId)
    .executeTakeFirst()
  if (row === undefined) return null
  return {
    trust: row.trust,
    attendanceId: row.attendance_id,
    attendance: readAttendance(row.attendance),
    merges: readMerges(row.merges),
  }
}

/** A child without any number has the attendance itself and no other. */
async function findEntries(
  database: Kysely<Tables>,
  { asked, limit }: { asked: Asked; limit: number },
): Promise<readonly EntrySqlRow[]> {
  const [trust, attendanceId] = [sql`${asked.trust}`, sql`${asked.attendanceId}`]
  const found = await sql<EntrySqlRow>`
    with theirs as materialized (
      select distinct on (trust, attendance_id) trust, attendance_id, site, arrived_at, at, outcome
      from (
        select other.trust, other.attendance_id, other.site, other.arrived_at, other.at, other.outcome
        from ${attendancesOfChild(trust, attendanceId)} as other
        union all
        select flag.trust, flag.attendance_id, null, null, flag.arrived_at, 'flagged' from flag
        where flag.trust = ${trust} and flag.attendance_id = ${attendanceId}
      ) as known
      order by trust, attendance_id, site
    ), page as materialized (
      select * from theirs order by at desc, trust, attendance_id limit ${limit}
    )
    select page.trust, page.attendance_id, page.outcome, coalesce(held.attendance ->> 'site', page.site) as site,
      coalesce(held.arrived_at, page.arrived_at) as arrived_at, newest.received_at, newest.ruleset_version,
      held.attendance, held.mentions, flag.id as flag_id,
      ${withdrawnAt({
        trust: sql.ref('page.trust'),
        attendanceId: sql.ref('page.attendance_id'),
        held: sql.ref('held.attendance'),
      })} as withdrawn_at
    from page
    left join held on held.trust = page.trust and held.attendance_id = page.attendance_id
    left join flag on flag.trust = page.trust and flag.attendance_id = page.attendance_id
    left join lateral (
      select receipt.received_at, receipt.ruleset_version from receipt
      where receipt.attendance_id = page.attendance_id and receipt.trust = page.trust
        and receipt.outcome not in ('duplicate', 'unreadable')
      order by receipt.received_at desc limit 1
    ) as newest on true
    order by page.at desc, page.trust, page.attendance_id`.execute(database)
  return found.rows
}

async function readStories(
  database: Kysely<Tables>,
  flagIds: readonly string[],
): Promise<ReadonlyMap<string, FlagStory>> {
  if (flagIds.length === 0) return new Map()
  const [flags, decisions, checklists, referrals, history] = await Promise.all([
    database
      .selectFrom('flag')
      .selectAll()
      .where(sql<boolean>`id = any(${[...flagIds]})`)
      .execute(),
    readDecisions(database, flagIds),
    readChecklists(database, flagIds),
    readReferrals(database, flagIds),
    readHistory(database, flagIds),
  ])
  const stories = flags.map((row): readonly [string, FlagStory] => [
    row.id,
    {
      flag: readFlag(row),
      decisions: decisions.filter(({ flagId }) => flagId === row.id),
      checklist: checklists.get(row.id) ?? [],
      referrals: referrals.filter(({ flagId }) => flagId === row.id),
      history: history.filter(({ what }) => what === row.id),
    },
  ])
  return new Map(stories)
}

/** Who looked, with the latest time of each person, and each reopening with its reason. */
async function readHistory(
  database: Kysely<Tables>,
  flagIds: readonly string[],
): Promise<readonly AuditEntry[]> {
  const found = await sql<AuditEntry>`
    select max(at) as at, who, role, did, what, why from audit_entry
    where what = any(${[...flagIds]}) and (did = any(${[...views]}) or (did = 'reopened flag' and why is not null))
    group by who, role, did, what, why, case when why is null then null else sequence end
    order by at desc`.execute(database)
  return found.rows
}

function entryOf(row: EntrySqlRow, stories: ReadonlyMap<string, FlagStory>): TimelineEntry {
  const story = row.flag_id === null ? null : (stories.get(row.flag_id) ?? null)
  const isHeld = row.attendance !== null
  return {
    trust: row.trust,
    attendanceId: row.attendance_id,
    site: row.site,
    arrivedAt: row.arrived_at,
    outcome: story === null ? row.outcome : 'flagged',
    screenedAt: row.received_at,
    rulesetVersion: row.ruleset_version,
    withdrawnAt: row.withdrawn_at,
    held: isHeld
      ? { attendance: readAttendance(row.attendance), mentions: readMentions(row.mentions) }
      : null,
    story,
  }
}

interface EntrySqlRow {
  readonly trust: string
  readonly attendance_id: string
  readonly outcome: LedgerOutcome
  readonly site: string | null
  readonly arrived_at: string | null
  readonly received_at: string | null
  readonly ruleset_version: string | null
  readonly attendance: unknown
  readonly mentions: unknown
  readonly flag_id: string | null
  readonly withdrawn_at: string | null
}
