import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { LedgerOutcome } from '../../review/ledger.ts'
import type { ReviewState } from '../../review/review-state.ts'
import type { FoundAttendance, SearchKeys, SearchStore } from '../../services/search-port.ts'
import { readAttendance } from './attendance-row.ts'
import { readMerges } from './merge-patients.ts'
import { mergesOfChild, withdrawnAt } from './same-child.ts'
import type { Tables } from './tables.ts'

/** Found by one key before they are put in order: a short beginning of a name finds thousands. */
const keyRowsMax = 500

export function searchStore(database: Kysely<Tables>): SearchStore {
  return {
    find: (keys, limit) => find(database, { keys, limit }),
    trusts: () => readTrusts(database),
    saveSearch: async ({ id, who, at, text, before }) => {
      await database.deleteFrom('search').where('at', '<', before).execute()
      await database.insertInto('search').values({ id, who, at, words: text }).execute()
    },
    searchText: async ({ id, who, since }) => {
      const row = await database
        .selectFrom('search')
        .select('words')
        .where('id', '=', id)
        .where('who', '=', who)
        .where('at', '>=', since)
        .executeTakeFirst()
      return row?.words ?? null
    },
  }
}

async function find(
  database: Kysely<Tables>,
  { keys, limit }: { keys: SearchKeys; limit: number },
): Promise<readonly FoundAttendance[]> {
  const ways = waysTo(keys)
  if (ways.length === 0) return []
  const [trust, attendanceId] = [sql.ref('found.trust'), sql.ref('found.attendance_id')]
  const found = await sql<FoundSqlRow>`
    with found as (${sql.join(ways, sql` union `)})
    select found.trust, found.attendance_id, newest.site, newest.arrived_at, newest.received_at,
      newest.ruleset_version, newest.outcome, held.attendance, flag.id as flag_id, flag.state,
      ${mergesOfChild(trust, attendanceId)} as merges,
      ${withdrawnAt({ trust, attendanceId, held: sql.ref('held.attendance') })} as withdrawn_at
    from found
    cross join lateral (
      select * from receipt
      where receipt.attendance_id = found.attendance_id and receipt.trust = found.trust
        and receipt.outcome not in ('duplicate', 'unreadable')
      order by receipt.received_at desc limit 1
    ) as newest
    left join held on held.trust = found.trust and held.attendance_id = found.attendance_id
    left join flag on flag.trust = found.trust and flag.attendance_id = found.attendance_id
    order by coalesce(newest.arrived_at, newest.received_at) desc, found.trust, found.attendance_id
    limit ${limit}`.execute(database)
  return found.rows.map(readRow)
}

/** A query for each key that was given, each answered from an index of its own. */
function waysTo({ patientHashes, number, birthDate, name }: SearchKeys): readonly RawBuilder<unknown>[] {
  const family = sql`lower(attendance #>> '{patient,family}')`
  const given = sql`lower(attendance #>> '{patient,given}')`
  const held = (where: RawBuilder<unknown>): RawBuilder<unknown> =>
    sql`(select trust, attendance_id from held where ${where} limit ${keyRowsMax})`
  const ways: RawBuilder<unknown>[] = []
  if (patientHashes.length > 0) {
    ways.push(sql`(select trust, attendance_id from patient_attendance
      where patient_hash = any(${[...patientHashes]}) limit ${keyRowsMax})`)
    // Under a number that was merged, all numbers of the patient are found.
    ways.push(sql`(select attended.trust, attended.attendance_id from patient_group as asked
      join patient_group as same on same.group_hash = asked.group_hash
      join patient_attendance as attended on attended.patient_hash = same.patient_hash
      where asked.patient_hash = any(${[...patientHashes]}) limit ${keyRowsMax})`)
  }
  if (number !== null) {
    ways.push(sql`(select trust, attendance_id from receipt
      where attendance_id = any(${[number, number.toUpperCase()]}) and trust is not null limit ${keyRowsMax})`)
  }
  if (birthDate !== null) ways.push(held(sql`attendance #>> '{patient,birthDate}' = ${birthDate}`))
  if (name !== null) {
    const [first, last] = [beginning(name.first), beginning(name.last)]
    if (first === last) ways.push(held(sql`${family} like ${first}`), held(sql`${given} like ${first}`))
    else {
      ways.push(held(sql`${family} like ${last} and ${given} like ${first}`))
      ways.push(held(sql`${family} like ${first} and ${given} like ${last}`))
    }
  }
  return ways
}

function beginning(name: string): string {
  return `${name.toLowerCase().replaceAll(/[\\%_]/g, character => `\\${character}`)}%`
}

/** Hops from trust to trust along the index. */
async function readTrusts(database: Kysely<Tables>): Promise<readonly string[]> {
  const found = await sql<{ trust: string }>`
    with recursive trusts as (
      (select trust from patient_attendance order by trust limit 1)
      union all
      select (
        select other.trust from patient_attendance as other where other.trust > trusts.trust
        order by other.trust limit 1
      )
      from trusts where trusts.trust is not null
    )
    select trust from trusts where trust is not null`.execute(database)
  return found.rows.map(row => row.trust)
}

interface FoundSqlRow {
  readonly trust: string
  readonly attendance_id: string
  readonly site: string | null
  readonly arrived_at: string | null
  readonly received_at: string
  readonly ruleset_version: string
  readonly outcome: LedgerOutcome
  readonly attendance: unknown
  readonly merges: unknown
  readonly withdrawn_at: string | null
  readonly flag_id: string | null
  readonly state: ReviewState | null
}

function readRow({ flag_id: id, state, ...row }: FoundSqlRow): FoundAttendance {
  return {
    trust: row.trust,
    attendanceId: row.attendance_id,
    site: row.site,
    arrivedAt: row.arrived_at,
    receivedAt: row.received_at,
    rulesetVersion: row.ruleset_version,
    outcome: row.outcome,
    attendance: row.attendance === null ? null : readAttendance(row.attendance),
    withdrawnAt: row.withdrawn_at,
    merges: readMerges(row.merges),
    flag: id === null || state === null ? null : { id, state },
  }
}
