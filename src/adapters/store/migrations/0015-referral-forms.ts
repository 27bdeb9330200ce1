import { type Kysely, sql } from 'kysely'

/** Where a referral goes, drafts as they are typed, and every wording of the risk assessment. */
const statements = [
  sql`alter table referral add column destination text not null default 'get-safe'`,
  sql`alter table referral alter column destination drop default`,
  sql`create table referral_draft (
    flag_id text not null references flag (id),
    username text not null,
    form_version text not null,
    answers jsonb not null,
    saved_at timestamptz not null,
    primary key (flag_id, username)
  )`,
  sql`create table assessment_form (
    version text primary key,
    form jsonb not null,
    kept_at timestamptz not null default now()
  )`,
]

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(database)
}
