import { createHash } from 'node:crypto'
import { batchOf, type Delivery } from '../../services/screening.ts'
import { showProgress } from '../progress.ts'
import { storeOf, type World } from '../world.ts'
import { type DemoMessage, makeDemoDay, makeDemoHistory } from './demo-day.ts'

const batchLength = 25

/**
 * Screens yesterday's attendances, and some earlier ones of the same people, as if they had come when they were
 * sent. Their deliveries have fixed names, so that a demo that goes on where it stopped counts nothing twice.
 * Returns early, with what it has saved, when it is asked to stop.
 */
export async function loadDays(
  world: World,
  { day, stopping }: { day: string; stopping: AbortSignal },
): Promise<void> {
  const seed = Number(day.replaceAll('-', ''))
  const messages = [...makeDemoHistory({ day, seed }), ...makeDemoDay({ day, seed })]
  const store = storeOf(world).screening
  const progress = showProgress({ what: 'Loading invented attendances', total: messages.length })
  for (let from = 0; from < messages.length && !stopping.aborted; from += batchLength) {
    const screened = messages
      .slice(from, from + batchLength)
      .map((message, index) => world.screen(message.bytes, deliveryOf({ message, day, line: from + index })))
    await store.record(batchOf(screened))
    progress.at(Math.min(from + batchLength, messages.length))
  }
  progress.end()
}

/** Named by its place and its bytes: another version of the demo, with other words, is another delivery. */
function deliveryOf({ message, day, line }: { message: DemoMessage; day: string; line: number }): Delivery {
  const { bytes, sentAt } = message
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12)
  return {
    channel: 'demo',
    stream: 'demo',
    partition: 0,
    offset: `${day}/${line}/${hash}`,
    receivedAt: sentAt,
  }
}
