import { type Kysely, sql } from 'kysely'

/** Statements of the first version, in order. A released migration is never edited: add another. */
const statements = [
  sql`create table receipt (
    event_id text primary key,
    channel text not null,
    stream text not null,
    partition integer not null,
    position text not null,
    received_at timestamptz not null,
    day date not null,
    source text not null,
    format text,
    trust text,
    attendance_id text,
    site text,
    arrived_at timestamptz,
    age_band text not null,
    outcome text not null
      check (outcome in ('flagged', 'clear', 'out-of-scope', 'duplicate', 'unreadable')),
    ruleset_version text not null,
    body_sha256 text not null,
    without_text boolean not null,
    parts_unread integer not null
  )`,
  // What makes a repeat of the same bytes a duplicate, whoever writes first.
  sql`create unique index receipt_body on receipt (source, body_sha256)
    where outcome not in ('duplicate', 'unreadable')`,
  sql`create index receipt_day on receipt (day, source, site, outcome)`,
  sql`create index receipt_source on receipt (source, received_at)`,
  sql`create index receipt_without_text on receipt (day, received_at) where without_text`,
  sql`create index receipt_parts_unread on receipt (day, received_at) where parts_unread > 0`,
  sql`create index receipt_unreadable on receipt (channel, stream, partition, position)
    where outcome = 'unreadable'`,

  sql`create table patient_attendance (
    patient_hash text not null,
    trust text not null,
    attendance_id text not null,
    site text,
    arrived_at timestamptz,
    at timestamptz not null,
    outcome text not null,
    primary key (patient_hash, trust, attendance_id)
  )`,
  sql`create index patient_attendance_attendance on patient_attendance (trust, attendance_id)`,

  sql`create table held_event (event_id text primary key)`,
  sql`create table held (
    trust text not null,
    attendance_id text not null,
    attendance jsonb not null,
    mentions jsonb not null,
    vanished jsonb not null,
    outcome text not null check (outcome in ('flagged', 'clear')),
    priority text,
    because text[] not null,
    ruleset_version text not null,
    arrived_at timestamptz,
    held_at timestamptz not null,
    primary key (trust, attendance_id)
  )`,
  sql`create index held_clear on held (held_at desc, trust, attendance_id) where outcome = 'clear'`,

  sql`create table flag (
    id text primary key,
    trust text not null,
    attendance_id text not null,
    priority text not null,
    band smallint not null,
    because text[] not null,
    state text not null,
    claimed_by text,
    claimed_at timestamptz,
    deferred_until date,
    fell_due boolean not null default false,
    arrived_at timestamptz not null,
    raised_at timestamptz not null,
    updated_at timestamptz not null,
    reopened boolean not null default false,
    version integer not null,
    unique (trust, attendance_id),
    foreign key (trust, attendance_id) references held (trust, attendance_id)
  )`,
  sql`create index flag_queue on flag (state, fell_due desc, band, arrived_at, id)`,
  sql`create index flag_deferred on flag (deferred_until) where state = 'deferred'`,

  sql`create table decision (
    id text primary key,
    flag_id text not null references flag (id),
    outcome text not null,
    reason text not null,
    no_action text,
    defer_until date,
    decided_by text not null,
    decided_at timestamptz not null,
    sequence bigint generated always as identity
  )`,
  sql`create index decision_flag on decision (flag_id, sequence)`,
  sql`create index decision_decided_at on decision (decided_at, flag_id)`,

  sql`create table referral (
    id text primary key,
    flag_id text not null references flag (id),
    revision integer not null,
    authorised_by text not null,
    authorised_at timestamptz not null,
    body bytea not null,
    body_sha256 text not null,
    unique (flag_id, revision)
  )`,
  sql`create table outbox (
    referral_id text primary key references referral (id),
    flag_id text not null,
    revision integer not null,
    state text not null,
    lease_token text,
    locked_until timestamptz,
    next_attempt_at timestamptz not null default now(),
    attempts integer not null default 0,
    portal_reference text,
    problem text,
    queued_at timestamptz not null default now(),
    delivered_at timestamptz
  )`,
  sql`create index outbox_unfinished on outbox (next_attempt_at) where state in ('queued', 'sending')`,
  sql`create index outbox_open on outbox (queued_at) where state <> 'delivered'`,
  sql`create index outbox_flag on outbox (flag_id, revision)`,

  sql`create table dead_letter (
    event_id text primary key,
    channel text not null,
    stream text not null,
    partition integer not null,
    position text not null,
    received_at timestamptz not null,
    reason text not null,
    problem text not null,
    bytes bytea not null
  )`,
  sql`create index dead_letter_received_at on dead_letter (received_at desc, event_id)`,

  sql`create table account (
    username text primary key,
    name text not null,
    role text not null,
    disabled boolean not null,
    password_hash text not null
  )`,

  sql`create table audit_entry (
    sequence bigint primary key,
    at timestamptz not null,
    who text not null,
    role text not null,
    did text not null,
    what text not null,
    why text,
    previous_hash text not null,
    hash text not null unique
  )`,
  sql`create index audit_entry_what on audit_entry (what, sequence desc)`,
  sql`create function refuse_audit_change() returns trigger language plpgsql as
    $$ begin raise exception 'audit entries are never changed or removed'; end $$`,
  sql`create trigger audit_entry_append_only before update or delete or truncate on audit_entry
    for each statement execute function refuse_audit_change()`,
]

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(database)
}
