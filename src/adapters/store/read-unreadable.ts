import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { UnreadableRow } from '../../services/proof-port.ts'
import type { Tables } from './tables.ts'

type UnreadableSqlRow = Omit<UnreadableRow, 'settled'> & {
  readonly by: string | null
  readonly at: string | null
  readonly why: string | null
}

/**
 * A page of those unreadable messages for which `which` holds, the latest first. The receipt of the same position knows
 * the source; until it has come, the stream's name stands in.
 */
export async function readUnreadable(
  database: Kysely<Tables>,
  { which, limit, offset }: { which: RawBuilder<unknown>; limit: number; offset: number },
): Promise<readonly UnreadableRow[]> {
  const found = await sql<UnreadableSqlRow>`
    with page as (
      select * from dead_letter where ${which} order by received_at desc, event_id limit ${limit} offset ${offset}
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
