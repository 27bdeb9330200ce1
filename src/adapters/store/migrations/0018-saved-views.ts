import { type Kysely, sql } from 'kysely'

const statements = [
  // What the queue is narrowed by, beside the flag: the attendance itself is not opened to count by it.
  sql`alter table flag
    add column site text,
    add column age smallint,
    add column themes text[] not null default '{}'`,
  sql`update flag set
    site = held.attendance ->> 'site',
    age = (held.attendance ->> 'ageOnArrival')::smallint,
    themes = array(
      select distinct mention ->> 'theme' from jsonb_array_elements(held.mentions) as mention
      where mention ->> 'standing' <> 'set-aside' and not (mention ->> 'trial')::boolean
    )
    from held where held.trust = flag.trust and held.attendance_id = flag.attendance_id`,
  // The filters a nurse keeps for herself, as they stand in an address. An order is never among them.
  sql`create table saved_view (
    username text not null,
    filters text not null,
    saved_at timestamptz not null,
    primary key (username, filters)
  )`,
]

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(database)
}
