import { type Kysely, sql } from 'kysely'

const statements = [
  sql`create table sign_off (
    reference text primary key,
    day date not null,
    revision integer not null,
    signed_by text not null,
    signed_at timestamptz not null,
    why text,
    found jsonb not null,
    reopened_by text,
    reopened_at timestamptz,
    reopened_why text,
    unique (day, revision),
    check ((reopened_by is null) = (reopened_at is null) and (reopened_by is null) = (reopened_why is null))
  )`,
  // Two leads who sign at once: one of them does.
  sql`create unique index sign_off_standing on sign_off (day) where reopened_at is null`,
  sql`create index sign_off_signed_at on sign_off (signed_at) where reopened_at is null`,
  // What was signed stays: a row may only be reopened, once.
  sql`create function refuse_sign_off_change() returns trigger language plpgsql as $$ begin
    if tg_op = 'UPDATE' and old.reopened_at is null and new.reopened_at is not null
      and (new.reference, new.day, new.revision, new.signed_by, new.signed_at, new.why, new.found)
        is not distinct from (old.reference, old.day, old.revision, old.signed_by, old.signed_at, old.why, old.found)
    then return new;
    end if;
    raise exception 'a sign-off is never changed or removed, only reopened';
  end $$`,
  sql`create trigger sign_off_stays before update or delete on sign_off
    for each row execute function refuse_sign_off_change()`,
  sql`create index flag_raised_at on flag (raised_at, state)`,
  // Late arrivals of a day, and every message about one attendance.
  sql`create index receipt_arrived_at on receipt (arrived_at, received_at)`,
  sql`create index receipt_attendance on receipt (attendance_id, trust, received_at)`,
]

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(database)
}
