import { type Kysely, sql } from 'kysely'
import type { OffsetRange } from '../../review/contiguity.ts'
import type { LedgerStore } from '../../services/ledger-port.ts'
import type { Tables } from './tables.ts'

/**
 * Offsets of the day's receipts as unbroken ranges, each partition's first one with the last offset of the days
 * before: so that a gap at midnight is seen too.
 */
export async function readOffsetRanges(
  database: Kysely<Tables>,
  day: string,
): Promise<readonly OffsetRange[]> {
  const found = await sql<OffsetRange>`
    with ends as (
      select channel, stream, partition, min(position::bigint) as low, max(position::bigint) as high
      from receipt where day = ${day} and channel like 'kafka:%' group by channel, stream, partition
    ),
    bounds as (
      select ends.*, coalesce((
        select max(receipt.position::bigint) from receipt
        where receipt.channel = ends.channel and receipt.stream = ends.stream
          and receipt.partition = ends.partition and receipt.channel like 'kafka:%'
          and receipt.position::bigint < ends.low
      ), ends.low) as start from ends
    ),
    numbered as (
      select receipt.channel, receipt.stream, receipt.partition, receipt.position::bigint as at,
        receipt.position::bigint - row_number() over (
          partition by receipt.channel, receipt.stream, receipt.partition order by receipt.position::bigint
        ) as island
      from bounds join receipt on receipt.channel = bounds.channel and receipt.stream = bounds.stream
        and receipt.partition = bounds.partition and receipt.channel like 'kafka:%'
        and receipt.position::bigint between bounds.start and bounds.high
    )
    select channel, stream, partition, min(at)::text as "from", max(at)::text as "to"
    from numbered group by channel, stream, partition, island
    order by channel, stream, partition, min(at)`.execute(database)
  return found.rows
}

/**
 * Which of these attendances were ever received, and which numbers stand in a message of the day, or the day after,
 * that could not be read. A number counts as standing there only between characters that belong to no number.
 */
export async function findAttendances(
  database: Kysely<Tables>,
  { ids, day }: { ids: readonly string[]; day: string },
): ReturnType<LedgerStore['findAttendances']> {
  const received = await sql<{ id: string }>`
    select distinct attendance_id as id from receipt
    where attendance_id = any(${ids}) and outcome <> 'unreadable'`.execute(database)
  const known = new Set(received.rows.map(({ id }) => id))
  const missing = ids.filter(id => !known.has(id))
  const from = Temporal.PlainDate.from(day)
  const start = (date: Temporal.PlainDate) => date.toZonedDateTime('Europe/London').toInstant().toString()
  const unreadable = await sql<{ id: string; bytes: Uint8Array }>`
    select id, bytes from unnest(${missing}::text[]) as missing (id)
    join dead_letter on position(convert_to(id, 'UTF8') in bytes) > 0
    where received_at >= ${start(from)} and received_at < ${start(from.add({ days: 2 }))}`.execute(database)
  const standing = unreadable.rows.filter(({ id, bytes }) => standsIn(id, bytes)).map(({ id }) => id)
  return { received: [...known], inUnreadable: [...new Set(standing)] }
}

function standsIn(id: string, bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes).toString('latin1')
  const word = Buffer.from(id).toString('latin1')
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const around = [text[at - 1] ?? ' ', text[at + word.length] ?? ' ']
    if (around.every(character => !/[A-Za-z0-9]/.test(character))) return true
  }
  return false
}
