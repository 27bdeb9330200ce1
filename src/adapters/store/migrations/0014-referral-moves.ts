import { type Kysely, sql } from 'kysely'

/**
 * A referral has more states than its delivery, and keeps every move. "delivered" used to mean that the portal had
 * answered with its reference, which is acknowledged now; what was refused has failed.
 */
const statements = [
  sql`drop index outbox_unfinished`,
  sql`drop index outbox_open`,
  sql`alter table outbox
    add column state_since timestamptz not null default now(),
    add column sent_at timestamptz,
    add column acknowledged_at timestamptz`,
  sql`update outbox set state = case state when 'sending' then 'sent' when 'delivered' then 'acknowledged'
      when 'refused' then 'failed' else state end,
    state_since = coalesce(delivered_at, queued_at),
    acknowledged_at = delivered_at,
    sent_at = case when attempts > 0 then queued_at end`,
  sql`create index outbox_unfinished on outbox (next_attempt_at) where state in ('queued', 'sent')`,
  sql`create index outbox_open on outbox (state_since)
    where state not in ('stepped-down', 'cancelled', 'superseded')`,

  sql`create table referral_move (
    sequence bigint primary key generated always as identity,
    referral_id text not null references referral (id),
    move text not null,
    from_state text not null,
    to_state text not null,
    by_kind text not null check (by_kind in ('nurse', 'wren', 'receiver')),
    who text not null,
    at timestamptz not null default now(),
    evidence jsonb not null,
    report_id text
  )`,
  sql`create index referral_move_referral on referral_move (referral_id, sequence)`,
  sql`create unique index referral_move_report on referral_move (referral_id, report_id, move)
    where report_id is not null`,
  // What is known of referrals from before moves were kept: who authorised them, and which were acknowledged.
  sql`insert into referral_move (referral_id, move, from_state, to_state, by_kind, who, at, evidence)
    select id, 'authorise', 'draft', 'authorised', 'nurse', authorised_by, authorised_at,
      jsonb_build_object('bodySha256', body_sha256)
    from referral order by authorised_at, id`,
  sql`insert into referral_move (referral_id, move, from_state, to_state, by_kind, who, at, evidence)
    select referral_id, 'acknowledge', 'sent', 'acknowledged', 'wren', 'REST', acknowledged_at,
      jsonb_build_object('reference', portal_reference)
    from outbox where acknowledged_at is not null order by acknowledged_at, referral_id`,
  sql`create function refuse_referral_move_change() returns trigger language plpgsql as
    $$ begin raise exception 'moves of referrals are never changed or removed'; end $$`,
  sql`create trigger referral_move_append_only before update or delete or truncate on referral_move
    for each statement execute function refuse_referral_move_change()`,
]

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(database)
}
