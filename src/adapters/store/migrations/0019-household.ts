import { type Kysely, sql } from 'kysely'

/** The children of one postcode, the latest arrival first; the postcode as `homePostcode` writes it. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`create index held_postcode on held (
    upper(regexp_replace(attendance #>> '{patient,postcode}', '[^A-Za-z0-9]', '', 'g')), arrived_at desc
  )`.execute(database)
}
