import { type Kysely, sql } from 'kysely'

const statements = [
  // A hospital's own list of a day. The newest of a day counts; the others stay, for whoever asks what was known when.
  sql`create table census (
    day date not null,
    revision integer not null,
    attendance_ids text[] not null,
    uploaded_by text not null,
    uploaded_at timestamptz not null,
    primary key (day, revision)
  )`,
  // Why offsets have no receipt, where a person found out.
  sql`create table offset_gap_explained (
    channel text not null,
    stream text not null,
    partition integer not null,
    from_offset bigint not null,
    to_offset bigint not null,
    why text not null,
    explained_by text not null,
    explained_at timestamptz not null,
    primary key (channel, stream, partition, from_offset)
  )`,
  // An unreadable message that somebody dealt with another way. It stays, and stays counted as unreadable.
  sql`alter table dead_letter
    add column settled_by text,
    add column settled_at timestamptz,
    add column settled_why text,
    add check ((settled_by is null) = (settled_at is null) and (settled_by is null) = (settled_why is null))`,
  sql`create index dead_letter_open on dead_letter (received_at desc, event_id) where settled_at is null`,
]

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(database)
}
