import { type Kysely, sql } from 'kysely'
import type { ProofStore, UnreadableRow } from '../../services/proof-port.ts'
import { appendAudit } from './audit-store.ts'
import { inTransaction } from './in-transaction.ts'
import type { Tables } from './tables.ts'

type UnreadablePort = Pick<ProofStore, 'unreadableOn' | 'countUnreadable' | 'settleUnreadable'>

/** The unreadable messages of a day, and what a person did about them. */
export function unreadableStore(database: Kysely<Tables>): UnreadablePort {
  return {
    unreadableOn: (day, limit) => readUnreadable(database, { day, limit }),
    countUnreadable: async day => {
      const found = await sql<{ open: number }>`
        select count(*) as open from dead_letter where settled_at is null and ${isOn(day)}`.execute(database)
      return found.rows[0]?.open ?? 0
    },
    settleUnreadable: ({ eventId, audit }) =>
      inTransaction(database, async transaction => {
        const settled = await sql`
          update dead_letter set settled_by = ${audit.who}, settled_at = ${audit.at}, settled_why = ${audit.why}
          where event_id = ${eventId} and settled_at is null`.execute(transaction)
        if (settled.numAffectedRows !== 1n) return 'gone'
        await appendAudit(transaction, [audit])
        return 'saved'
      }),
  }
}

function isOn(day: string) {
  return sql`received_at >= ${day}::date::timestamp at time zone 'Europe/London'
    and received_at < (${day}::date + 1)::timestamp at time zone 'Europe/London'`
}

type UnreadableSqlRow = Omit<UnreadableRow, 'settled'> & {
  readonly by: string | null
  readonly at: string | null
  readonly why: string | null
}

/** The receipt of the same position knows the source; until it has come, the stream's name stands in. */
async function readUnreadable(
  database: Kysely<Tables>,
  { day, limit }: { day: string; limit: number },
): Promise<readonly UnreadableRow[]> {
  const found = await sql<UnreadableSqlRow>`
    with page as (
      select * from dead_letter where ${isOn(day)} order by received_at desc, event_id limit ${limit}
    )
    select page.event_id as "eventId", coalesce(receipt.source, page.stream) as source, page.reason, page.problem,
      page.received_at as "receivedAt", octet_length(page.bytes) as size,
      page.settled_by as by, page.settled_at as at, page.settled_why as why
    from page
    left join lateral (
      select receipt.source from receipt
      where receipt.channel = page.channel and receipt.stream = page.stream
        and receipt.partition = page.partition and receipt.position = page.position
        and receipt.outcome = 'unreadable'
      limit 1
    ) as receipt on true
    order by page.received_at desc, page.event_id`.execute(database)
  return found.rows.map(({ by, at, why, ...row }) => ({
    ...row,
    settled: by === null || at === null || why === null ? null : { by, at, why },
  }))
}
