import { type Kysely, sql, type Transaction } from 'kysely'
import { defaultRepeatRule, type RepeatRule } from '../../review/repeat-attendance.ts'
import type { ProjectionStore, ReadRange, StreamPlace } from '../../services/ports.ts'
import { inTransaction } from './in-transaction.ts'
import { recordScreenings } from './screening-store.ts'
import type { Tables } from './tables.ts'

/**
 * Where a reader of Wren's own topics stands is saved in the transaction of what it read, so that the two can never
 * differ: not after a crash, not when a backup is restored, and not when two readers believe a partition theirs.
 */
export function projectionStore(
  database: Kysely<Tables>,
  rule: RepeatRule = defaultRepeatRule,
): ProjectionStore {
  return {
    takeOver: (place, lowest) => takeOver(database, place, lowest),
    recordRead: (batch, range) =>
      inTransaction(database, async transaction => {
        if (!(await moveOn(transaction, range))) return refused(transaction, range)
        return { kind: 'recorded', outcomes: await recordScreenings(transaction, batch, rule) }
      }),
  }
}

/** A new reader gets a higher epoch than every reader before it, whose transactions fail from now on. */
async function takeOver(
  database: Kysely<Tables>,
  { group, topic, partition }: StreamPlace,
  lowest: string,
): ReturnType<ProjectionStore['takeOver']> {
  const found = await sql<{ epoch: number; next: string; lastSha256: string | null }>`
    insert into consumer_offset (group_id, topic, partition, next_offset, owner_epoch)
    values (${group}, ${topic}, ${partition}, ${lowest}, 1)
    on conflict (group_id, topic, partition) do update set owner_epoch = consumer_offset.owner_epoch + 1
    returning owner_epoch as epoch, next_offset::text as next, last_sha256 as "lastSha256"`.execute(database)
  const [row] = found.rows
  if (row === undefined) throw new Error(`no offset of ${topic} partition ${partition} was kept`)
  return row
}

/** Locks the row, so that a transaction of an older reader is over or has not begun. */
async function moveOn(transaction: Transaction<Tables>, range: ReadRange): Promise<boolean> {
  const { group, topic, partition, epoch, from, next, lastSha256 } = range
  const moved = await sql`
    update consumer_offset set last_sha256 = ${lastSha256}, next_offset = ${next}
    where group_id = ${group} and topic = ${topic} and partition = ${partition}
      and owner_epoch = ${epoch} and next_offset = ${from}`.execute(transaction)
  return moved.numAffectedRows === 1n
}

async function refused(
  transaction: Transaction<Tables>,
  { group, topic, partition, epoch }: ReadRange,
): Promise<Awaited<ReturnType<ProjectionStore['recordRead']>>> {
  const row = await transaction
    .selectFrom('consumer_offset')
    .select(['owner_epoch', 'next_offset'])
    .where('group_id', '=', group)
    .where('topic', '=', topic)
    .where('partition', '=', partition)
    .executeTakeFirst()
  return row?.owner_epoch === epoch
    ? { kind: 'elsewhere', next: String(row.next_offset) }
    : { kind: 'not-ours' }
}
