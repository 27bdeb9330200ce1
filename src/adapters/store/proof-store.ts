import { type Kysely, sql } from 'kysely'
import type { HourCount } from '../../review/silence.ts'
import type { GapExplanation, KeptCensus, MessageRow, ProofStore } from '../../services/proof-port.ts'
import { appendAudit } from './audit-store.ts'
import { inTransaction } from './in-transaction.ts'
import type { Tables } from './tables.ts'
import { unreadableStore } from './unreadable-store.ts'

export function proofStore(database: Kysely<Tables>): ProofStore {
  return {
    hourCounts: days => readHourCounts(database, days),
    gapExplanations: async () => {
      const found = await sql<GapExplanation>`
        select channel, stream, partition, from_offset::text as "from", to_offset::text as "to", why,
          explained_by as by, explained_at as at
        from offset_gap_explained order by explained_at`.execute(database)
      return found.rows
    },
    explainGap: ({ gap, audit }) =>
      inTransaction(database, async transaction => {
        const { channel, stream, partition, from, to } = gap
        await sql`
          insert into offset_gap_explained
          values (${channel}, ${stream}, ${partition}, ${from}, ${to}, ${audit.why}, ${audit.who}, ${audit.at})
          on conflict (channel, stream, partition, from_offset) do update set
            to_offset = excluded.to_offset, why = excluded.why, explained_by = excluded.explained_by,
            explained_at = excluded.explained_at`.execute(transaction)
        await appendAudit(transaction, [audit])
      }),
    census: async day => {
      const found = await sql<KeptCensus>`
        select attendance_ids as "attendanceIds", uploaded_by as "uploadedBy", uploaded_at as "uploadedAt"
        from census where day = ${day} order by revision desc limit 1`.execute(database)
      return found.rows[0] ?? null
    },
    saveCensus: ({ day, attendanceIds, audit }) =>
      inTransaction(database, async transaction => {
        await sql`
          insert into census (day, revision, attendance_ids, uploaded_by, uploaded_at)
          select ${day}, coalesce(max(revision), 0) + 1, ${[...attendanceIds]}, ${audit.who}, ${audit.at}
          from census where day = ${day}`.execute(transaction)
        await appendAudit(transaction, [audit])
      }),
    ...unreadableStore(database),
    messages: (query, page) => readMessages(database, query, page),
  }
}

/** Source by source and day by day, along the index that has both: what came in between is not read. */
async function readHourCounts(
  database: Kysely<Tables>,
  days: readonly string[],
): Promise<readonly HourCount[]> {
  const found = await sql<HourCount>`
    with recursive sources as (
      (select source from receipt order by source limit 1)
      union all
      select (select receipt.source from receipt where receipt.source > sources.source order by receipt.source limit 1)
      from sources where sources.source is not null
    )
    select sources.source, hours.hour, hours.messages
    from sources
    cross join unnest(${[...days]}::date[]) as asked (day)
    cross join lateral (
      select date_trunc('hour', receipt.received_at, 'UTC') as hour, count(*) as messages from receipt
      where receipt.source = sources.source
        and receipt.received_at >= asked.day::timestamp at time zone 'Europe/London'
        and receipt.received_at < (asked.day + 1)::timestamp at time zone 'Europe/London'
      group by 1
    ) as hours
    where sources.source is not null order by sources.source, hours.hour`.execute(database)
  return found.rows
}

async function readMessages(
  database: Kysely<Tables>,
  { day, source, site, outcome }: Parameters<ProofStore['messages']>[0],
  { limit, offset }: Parameters<ProofStore['messages']>[1],
): Promise<readonly MessageRow[]> {
  const found = await sql<MessageRow>`
    with page as (
      select * from receipt
      where day = ${day} and source = ${source} and site is not distinct from ${site}
        and (${outcome}::text is null or outcome = ${outcome})
      order by received_at, event_id
      limit ${limit} offset ${offset}
    )
    select page.received_at as "receivedAt", page.attendance_id as "attendanceId", page.arrived_at as "arrivedAt",
      page.outcome, (
        select flag.id from flag where flag.trust = page.trust and flag.attendance_id = page.attendance_id
      ) as "flagId"
    from page order by page.received_at, page.event_id`.execute(database)
  return found.rows
}
