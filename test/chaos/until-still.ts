import { setTimeout as sleep } from 'node:timers/promises'
import { askDatabase } from './ask-database.ts'
import { type Scene, topics } from './scene.ts'

const drainMsMax = 420_000

/** Until every record that was sent has a receipt, and the projection has read what is there. */
export async function untilStill(scene: Pick<Scene, 'admin' | 'database'>, sent: number): Promise<void> {
  const deadline = performance.now() + drainMsMax
  while (performance.now() < deadline) {
    // A broker or the database may still be starting.
    if (await isStill(scene, sent).catch(() => false)) return
    await sleep(500)
  }
}

async function isStill(
  { admin, database }: Pick<Scene, 'admin' | 'database'>,
  sent: number,
): Promise<boolean> {
  const endsOf = async (topic: string) =>
    (await admin.fetchTopicOffsets(topic)).reduce((sum, { high }) => sum + Number(high), 0)
  const inTopic = await endsOf(topics.input)
  const own = await Promise.all([topics.receipts, topics.flags, topics.deadLetters].map(endsOf))
  const [group] = await admin.fetchOffsets({ groupId: 'wren.scanner', topics: [topics.input] })
  const read = group?.partitions.reduce((sum, { offset }) => sum + Math.max(0, Number(offset)), 0)
  const { projected } = await askDatabase(
    database.connectionString,
    'select coalesce(sum(next_offset), 0)::int as projected from consumer_offset',
  )
  return read === inTopic && projected === own.reduce((sum, each) => sum + each, 0) && inTopic >= sent
}

/** The portal is well now. Waits of up to a quarter of an hour are cut short: what is tested is not patience. */
export async function untilDelivered(connectionString: string): Promise<void> {
  const deadline = performance.now() + 120_000
  while (performance.now() < deadline) {
    const left = await hurry(connectionString).catch(() => null)
    if (left === 0) return
    await sleep(500)
  }
}

/** Answers how many referrals the portal has not acknowledged yet. */
async function hurry(connectionString: string): Promise<number | null> {
  await askDatabase(
    connectionString,
    "update outbox set next_attempt_at = now() where state in ('queued', 'sending')",
  )
  const { left } = await askDatabase(
    connectionString,
    "select count(*)::int as left from outbox where state <> 'acknowledged'",
  )
  return left ?? null
}
