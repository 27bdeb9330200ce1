import { type Kysely, sql } from 'kysely'

const statements = [
  // The work on a flag, beside its state: when its holder was last active and from which state she took it, who
  // skipped it, and to whom it was handed.
  sql`alter table flag
    add column active_at timestamptz,
    add column claimed_from text,
    add column skipped_by text,
    add column skipped_at timestamptz,
    add column handed_to text,
    add column handed_by text,
    add column handed_at timestamptz,
    add column handed_note text`,
  sql`update flag set active_at = claimed_at, claimed_from = 'to-review' where state = 'in-review'`,
  sql`create index flag_in_review on flag (claimed_by, active_at) where state = 'in-review'`,

  // A decision is never changed: it can be taken back, once, and stays to be read.
  sql`alter table decision
    add column wrong_rule text,
    add column wrong_term text,
    add column taken_back_by text,
    add column taken_back_at timestamptz,
    add column taken_back_why text`,

  // Every answer to a line of the checklist, for ever; the newest of a line is the one that stands.
  sql`create table checklist_answer (
    sequence bigint generated always as identity primary key,
    flag_id text not null references flag (id),
    action text not null,
    answer text not null check (answer in ('done', 'not-needed', 'to-do')),
    words text not null,
    owner text,
    due date,
    detail text,
    answered_by text not null,
    answered_at timestamptz not null,
    check ((answer = 'to-do') = (owner is not null) and (answer = 'to-do') = (due is not null))
  )`,
  sql`create index checklist_answer_flag on checklist_answer (flag_id, action, sequence desc)`,
]

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(database)
}
