import { type Kysely, sql } from 'kysely'
import { z } from 'zod'
import type { ReviewDraftStore } from '../../services/review-draft-port.ts'
import type { Tables } from './tables.ts'

const FieldsOfForm = z.record(z.string(), z.string())

export function reviewDraftStore(database: Kysely<Tables>): ReviewDraftStore {
  return {
    find: async ({ flagId, username }) => {
      const row = await database
        .selectFrom('review_draft')
        .select(['fields', 'saved_at'])
        .where('flag_id', '=', flagId)
        .where('username', '=', username)
        .executeTakeFirst()
      return row === undefined ? null : { fields: FieldsOfForm.parse(row.fields), savedAt: row.saved_at }
    },
    save: async ({ flagId, username, fields, savedAt }) => {
      await sql`
        insert into review_draft (flag_id, username, fields, saved_at)
        select id, ${username}, ${JSON.stringify(fields)}::jsonb, ${savedAt} from flag where id = ${flagId}
        on conflict (flag_id, username) do update set fields = excluded.fields, saved_at = excluded.saved_at`.execute(
        database,
      )
    },
    discard: async ({ flagId, username }) => {
      await database
        .deleteFrom('review_draft')
        .where('flag_id', '=', flagId)
        .where('username', '=', username)
        .execute()
    },
    discardBefore: async instant => {
      const { numDeletedRows } = await database
        .deleteFrom('review_draft')
        .where('saved_at', '<', instant)
        .executeTakeFirst()
      return Number(numDeletedRows)
    },
  }
}
