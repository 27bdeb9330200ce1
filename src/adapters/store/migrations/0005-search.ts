import { type Kysely, sql } from 'kysely'

const statements = [
  sql`create table search (
    id text primary key,
    who text not null,
    at timestamptz not null,
    words text not null
  )`,
  sql`create index search_at on search (at)`,
  // Beginnings of names, whatever the language of the database.
  sql`create index held_family on held (lower(attendance #>> '{patient,family}') text_pattern_ops)`,
  sql`create index held_given on held (lower(attendance #>> '{patient,given}') text_pattern_ops)`,
  sql`create index held_birth_date on held ((attendance #>> '{patient,birthDate}'))`,
]

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(database)
}
