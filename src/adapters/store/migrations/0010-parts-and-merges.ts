import { type Kysely, sql } from 'kysely'

const statements = [
  sql`alter table held add column parts jsonb`,

  sql`create table withdrawal (
    event_id text primary key,
    trust text not null,
    attendance_id text not null,
    document text,
    source text not null,
    withdrawn_at timestamptz not null,
    received_at timestamptz not null
  )`,
  sql`create index withdrawal_attendance on withdrawal (trust, attendance_id)`,

  sql`create table patient_merge (
    event_id text not null,
    place integer not null,
    trust text not null,
    prior text not null,
    surviving text not null,
    prior_hash text not null,
    surviving_hash text not null,
    source text not null,
    merged_at timestamptz not null,
    received_at timestamptz not null,
    primary key (event_id, place)
  )`,
  sql`create index patient_merge_prior on patient_merge (prior_hash)`,
  sql`create table patient_group (
    patient_hash text primary key,
    group_hash text not null
  )`,
  sql`create index patient_group_group on patient_group (group_hash)`,
]

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(database)
}
