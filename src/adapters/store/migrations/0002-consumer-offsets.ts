import { type Kysely, sql } from 'kysely'

const statements = [
  sql`create table consumer_offset (
    group_id text not null,
    topic text not null,
    partition integer not null,
    next_offset bigint not null,
    owner_epoch bigint not null,
    last_sha256 text,
    primary key (group_id, topic, partition)
  )`,
  // Whoever made an offset fall would record again what was recorded, or hide that a topic was made anew.
  sql`create function refuse_falling_offset() returns trigger language plpgsql as $$ begin
    if new.next_offset < old.next_offset or new.owner_epoch < old.owner_epoch then
      raise exception 'the offset of % partition % would fall', old.topic, old.partition;
    end if;
    return new;
  end $$`,
  sql`create trigger consumer_offset_never_falls before update on consumer_offset
    for each row execute function refuse_falling_offset()`,
  // Offsets in their order, for the proof that none is missing between two of them.
  sql`create index receipt_offset on receipt (channel, stream, partition, (position::bigint))
    where channel like 'kafka:%'`,
]

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(database)
}
