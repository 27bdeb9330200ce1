import { type Kysely, sql } from 'kysely'

/** What the meeting said last: lists and clocks ask for it, the moves keep all of it. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`alter table outbox
    add column pathway text check (pathway in ('green', 'amber', 'red')),
    add column next_review date`.execute(database)
}
