import { type Kysely, sql } from 'kysely'

const statements = [
  // The draw of a day, so that it can be drawn again and compared.
  sql`create table sample_draw (
    day date primary key,
    seed text not null,
    population integer not null,
    drawn_at timestamptz not null
  )`,
  sql`create table second_reading (
    day date not null references sample_draw (day),
    place integer not null,
    trust text not null,
    attendance_id text not null,
    verdict text check (verdict in ('rightly-set-aside', 'put-in-queue')),
    read_by text,
    read_at timestamptz,
    primary key (day, place),
    unique (day, trust, attendance_id),
    foreign key (trust, attendance_id) references held (trust, attendance_id),
    check ((verdict is null) = (read_by is null) and (verdict is null) = (read_at is null))
  )`,
]

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(database)
}
