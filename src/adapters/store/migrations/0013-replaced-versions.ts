import { type Kysely, sql } from 'kysely'

const statements = [
  // The texts of a record that a newer one has replaced.
  sql`create table replaced_version (
    sequence bigint generated always as identity primary key,
    trust text not null,
    attendance_id text not null,
    attendance jsonb not null,
    mentions jsonb not null,
    replaced_at timestamptz not null,
    foreign key (trust, attendance_id) references held (trust, attendance_id)
  )`,
  sql`create index replaced_version_attendance on replaced_version (trust, attendance_id, sequence)`,
  sql`create index replaced_version_at on replaced_version (replaced_at desc)`,
]

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(database)
}
