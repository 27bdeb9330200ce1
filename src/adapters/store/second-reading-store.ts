import { type Kysely, sql } from 'kysely'
import type { Verdict } from '../../review/second-reading.ts'
import type { SampleRow, SecondReadingStore } from '../../services/second-reading-port.ts'
import { readAttendance, readMentions } from './attendance-row.ts'
import { appendAudit } from './audit-store.ts'
import { inTransaction } from './in-transaction.ts'
import { putInQueue } from './put-in-queue.ts'
import type { Tables } from './tables.ts'

export function secondReadingStore(database: Kysely<Tables>): SecondReadingStore {
  return {
    setAsideOn: day => readSetAsideOn(database, day),
    saveDraw: draw => saveDraw(database, draw),
    sample: day => readSample(database, day),
    countUnread: query => countUnread(database, query),
    saveVerdict: reading => saveVerdict(database, reading),
    countVerdicts: async from => {
      const counted = await sql<{ read: number; missed: number }>`
        select count(verdict) as read, count(*) filter (where verdict = 'put-in-queue') as missed
        from second_reading where day >= ${from}`.execute(database)
      return counted.rows[0] ?? { read: 0, missed: 0 }
    },
  }
}

/** By the newest message of each attendance; one with a flag is in the queue, and no longer set aside. */
async function readSetAsideOn(
  database: Kysely<Tables>,
  day: string,
): Promise<readonly { readonly trust: string; readonly attendanceId: string }[]> {
  const found = await sql<{ trust: string; attendanceId: string }>`
    select held.trust, held.attendance_id as "attendanceId" from held
    where held.outcome = 'clear'
      and held.held_at >= ${day}::date::timestamp at time zone 'Europe/London'
      and held.held_at < (${day}::date + 1)::timestamp at time zone 'Europe/London'
      and not exists (
        select from flag where flag.trust = held.trust and flag.attendance_id = held.attendance_id
      )`.execute(database)
  return found.rows
}

async function saveDraw(
  database: Kysely<Tables>,
  { day, seed, population, drawn, at }: Parameters<SecondReadingStore['saveDraw']>[0],
): Promise<void> {
  await inTransaction(database, async transaction => {
    const saved = await transaction
      .insertInto('sample_draw')
      .values({ day, seed, population, drawn_at: at })
      .onConflict(conflict => conflict.doNothing())
      .returning('day')
      .executeTakeFirst()
    if (saved === undefined || drawn.length === 0) return
    await transaction
      .insertInto('second_reading')
      .values(
        drawn.map(({ trust, attendanceId: attendance_id }, place) => ({
          ...{ day, place, trust, attendance_id },
          ...{ verdict: null, read_by: null, read_at: null },
        })),
      )
      .execute()
  })
}

async function readSample(database: Kysely<Tables>, day: string) {
  const draw = await database
    .selectFrom('sample_draw')
    .select('population')
    .where('day', '=', day)
    .executeTakeFirst()
  if (draw === undefined) return null
  const found = await sql<SampleSqlRow>`
    select held.attendance, held.mentions, held.ruleset_version, second_reading.verdict, second_reading.read_by,
      second_reading.read_at, flag.id as flag_id
    from second_reading
    join held on held.trust = second_reading.trust and held.attendance_id = second_reading.attendance_id
    left join flag on flag.trust = second_reading.trust and flag.attendance_id = second_reading.attendance_id
    where second_reading.day = ${day}
    order by second_reading.place`.execute(database)
  return { population: draw.population, rows: found.rows.map(readRow) }
}

async function countUnread(
  database: Kysely<Tables>,
  { day, size }: { day: string; size: number },
): Promise<number> {
  const counted = await sql<{ draws: number; unread: number }>`
    select (select count(*) from sample_draw where day = ${day}) as draws,
      (select count(*) from second_reading where day = ${day} and verdict is null) as unread`.execute(
    database,
  )
  const [{ draws, unread } = { draws: 0, unread: 0 }] = counted.rows
  if (draws > 0) return unread
  return Math.min(size, (await readSetAsideOn(database, day)).length)
}

async function saveVerdict(
  database: Kysely<Tables>,
  { day, trust, attendanceId, verdict, at, audit }: Parameters<SecondReadingStore['saveVerdict']>[0],
): Promise<'saved' | 'stale'> {
  return inTransaction(database, async transaction => {
    const saved = await transaction
      .updateTable('second_reading')
      .set({ verdict, read_by: audit.who, read_at: at })
      .where('day', '=', day)
      .where('trust', '=', trust)
      .where('attendance_id', '=', attendanceId)
      .where('verdict', 'is', null)
      .returning('place')
      .executeTakeFirst()
    if (saved === undefined) return 'stale'
    if (verdict === 'put-in-queue') {
      const queued = { ...audit, did: 'put in queue' }
      await putInQueue(transaction, { trust, attendanceId, at, audit: queued })
    }
    await appendAudit(transaction, [audit])
    return 'saved'
  })
}

interface SampleSqlRow {
  readonly attendance: unknown
  readonly mentions: unknown
  readonly ruleset_version: string
  readonly verdict: Verdict | null
  readonly read_by: string | null
  readonly read_at: string | null
  readonly flag_id: string | null
}

function readRow({ verdict, read_by: by, read_at: at, ...row }: SampleSqlRow): SampleRow {
  return {
    attendance: readAttendance(row.attendance),
    mentions: readMentions(row.mentions),
    rulesetVersion: row.ruleset_version,
    verdict: verdict === null || by === null || at === null ? null : { is: verdict, by, at },
    flagId: row.flag_id,
  }
}
