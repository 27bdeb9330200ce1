import { type Kysely, sql } from 'kysely'

const statements = [
  // Who took which list out of Wren, and what for. No name and no words of a note.
  sql`create table export (
    id text primary key,
    kind text not null check (kind in ('day-sheet', 'meeting-pack')),
    format text not null check (format in ('print', 'xlsx', 'csv')),
    day date not null,
    referral_ids text[] not null,
    purpose text not null,
    who text not null,
    at timestamptz not null
  )`,
]

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(database)
}
