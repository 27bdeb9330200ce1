import { type Kysely, sql } from 'kysely'

const statements = [
  // Each wording of a rule, with when it was first in use here: "added on" and "changed on" come from it.
  sql`create table rule_seen (
    rule text not null,
    sha256 text not null,
    first_seen_at timestamptz not null,
    primary key (rule, sha256)
  )`,
  sql`create table replay_run (
    id text primary key,
    started_at timestamptz not null,
    started_by text not null,
    from_at timestamptz not null,
    to_at timestamptz,
    ruleset_version text not null,
    ended_at timestamptz,
    messages_read bigint,
    flags_found integer
  )`,
  // What a rule found in an attendance after it had been read. The first finding stands.
  sql`create table found_late (
    flag_id text not null references flag (id),
    rule text not null,
    rule_name text not null,
    reason text not null check (
      reason in ('rule-added', 'rule-changed', 'read-again', 'unreadable-before', 'not-counted-before')
    ),
    day date not null,
    found_at timestamptz not null,
    run_id text not null references replay_run (id),
    primary key (flag_id, rule)
  )`,
  sql`create index found_late_found_at on found_late (found_at)`,
]

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(database)
}
