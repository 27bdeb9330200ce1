import { type Kysely, sql } from 'kysely'
import type { SavedViewStore } from '../../services/queue-view-port.ts'
import type { Tables } from './tables.ts'

export function savedViewStore(database: Kysely<Tables>): SavedViewStore {
  return {
    list: async who => {
      const rows = await database
        .selectFrom('saved_view')
        .select('filters')
        .where('username', '=', who)
        .orderBy('saved_at')
        .orderBy('filters')
        .execute()
      return rows.map(({ filters }) => filters)
    },
    save: async ({ who, filters, at, max }) => {
      const kept = await sql<{ filters: string }>`
        insert into saved_view (username, filters, saved_at)
        select ${who}, ${filters}, ${at}::timestamptz
        where (select count(*) from saved_view where username = ${who} and filters <> ${filters}) < ${max}
        on conflict (username, filters) do update set saved_at = saved_view.saved_at
        returning filters`.execute(database)
      return kept.rows.length === 0 ? 'full' : 'saved'
    },
    remove: async ({ who, filters }) => {
      await database
        .deleteFrom('saved_view')
        .where('username', '=', who)
        .where('filters', '=', filters)
        .execute()
    },
  }
}
