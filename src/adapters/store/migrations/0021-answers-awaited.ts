import { type Kysely, sql } from 'kysely'

/** Receivers are asked what became of a referral that they have; those that gave a pathway months ago are many. */
const statements = [
  sql`alter table outbox add column next_look_at timestamptz`,
  sql`create index outbox_awaited on outbox (state_since)
    where state in ('delivered', 'acknowledged', 'accepted', 'outcome')`,
]

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(database)
}
