import { type Kysely, sql } from 'kysely'
import type { StretchCount } from '../../review/late-feed.ts'
import type { FeedStore } from '../../services/feed-port.ts'
import type { Tables } from './tables.ts'

/** Read along the index that has source and time: as far as the stretches are long, and no further. */
export function feedStore(database: Kysely<Tables>): FeedStore {
  return {
    countStretches: async stretches => {
      const found = await sql<StretchCount>`
        select (
          select count(*) from receipt
          where receipt.source = asked.source and receipt.received_at >= asked.since
            and receipt.received_at < asked.until
        ) as messages, exists (
          select from receipt
          where receipt.source = asked.source and receipt.received_at >= asked.until - interval '1 day'
            and receipt.received_at < asked.until
        ) as "isActive"
        from unnest(
          ${stretches.map(({ source }) => source)}::text[], ${stretches.map(({ from }) => from)}::timestamptz[],
          ${stretches.map(({ to }) => to)}::timestamptz[]
        ) with ordinality as asked (source, since, until, place)
        order by asked.place`.execute(database)
      return found.rows
    },
  }
}
