import { setTimeout as sleep } from 'node:timers/promises'
import type { Admin } from 'kafkajs'

const hostedMsMax = 30_000
const askEveryMs = 100

/**
 * Waits until the leader of every partition answers for it. For a moment after topics are made brokers deny that
 * they know them or lead them, and kafkajs, asked to wait for that itself, gives up at the first denial.
 */
export async function untilHosted(admin: Admin, topics: readonly string[]): Promise<void> {
  const deadline = performance.now() + hostedMsMax
  for (;;) {
    try {
      await Promise.all(topics.map(topic => admin.fetchTopicOffsets(topic)))
      return
    } catch (cause) {
      if (performance.now() > deadline) {
        throw new Error(`the brokers do not answer for ${topics.join(', ')}: is a broker down?`, { cause })
      }
      await sleep(askEveryMs)
    }
  }
}
