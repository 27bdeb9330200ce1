import { setTimeout as sleep } from 'node:timers/promises'
import { askDatabase } from './ask-database.ts'

export interface ReceiptWatch {
  /** Receipts in the database when it was asked last. */
  count(): number
  stop(): Promise<void>
}

export interface WatchedTopic {
  readonly connectionString: string
  readonly channel: string
  readonly topic: string
  readonly partitions: number
}

/**
 * Counts the receipts of the input's offsets a few times a second, whatever state the database is in. Of each
 * partition only those after the unbroken beginning are counted again, so that a million cost no more than a thousand.
 */
export function watchReceipts(watched: WatchedTopic): ReceiptWatch {
  const beginnings = Array.from({ length: watched.partitions }, () => 0)
  let count = 0
  let isStopped = false
  const watching = (async () => {
    while (!isStopped) {
      count = await countOnce(watched, beginnings).catch(() => count)
      await sleep(200)
    }
  })()
  return {
    count: () => count,
    async stop() {
      isStopped = true
      await watching
    },
  }
}

async function countOnce(
  { connectionString, channel, topic, partitions }: WatchedTopic,
  beginnings: number[],
): Promise<number> {
  let sum = 0
  for (let partition = 0; partition < partitions; partition += 1) {
    const from = beginnings[partition] ?? 0
    const { count = 0, end = from } = await askDatabase(
      connectionString,
      `select count(*)::int as count, coalesce(max(position::bigint) + 1, $4)::int as end from receipt
       where channel = $1 and channel like 'kafka:%' and stream = $2 and partition = $3 and position::bigint >= $4`,
      [channel, topic, partition, from],
    )
    if (count === end - from) beginnings[partition] = end
    sum += from + count
  }
  return sum
}
