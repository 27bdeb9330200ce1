import { type Kysely, sql } from 'kysely'

const statements = [
  // What a nurse has typed into a review and not saved: for her alone.
  sql`create table review_draft (
    flag_id text not null references flag (id),
    username text not null,
    fields jsonb not null,
    saved_at timestamptz not null,
    primary key (flag_id, username)
  )`,
  // What nurses tell the rules team of a match, beside what their decisions say of wrong ones.
  sql`create table rule_suggestion (
    id text primary key,
    rule text not null,
    term text not null,
    flag_id text not null references flag (id),
    example text not null,
    ruleset_version text not null,
    suggested_by text not null,
    suggested_at timestamptz not null
  )`,
  sql`create index rule_suggestion_at on rule_suggestion (suggested_at desc)`,
  sql`create index decision_wrong_match on decision (decided_at desc) where wrong_rule is not null`,
]

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(database)
}
