import type { KafkaLog } from './connection.ts'
import type { Failure } from './failure.ts'
import type { LagGauge, PartitionLag } from './lag.ts'

/** A part of the stream at work. */
export interface Running extends AsyncDisposable {
  /**
   * Settles when it cannot go on, and never rejects. The process must then end within seconds, and be started
   * again: a producer whose send was rejected would lose the next batch without a word.
   */
  readonly failed: Promise<Error>
  /** Finishes what is in hand, commits it and leaves. A second call waits for the first. */
  stop(): Promise<void>
  /** How far behind it is, a line for each partition. Rejects when Kafka does not answer. */
  lag(): Promise<readonly PartitionLag[]>
}

/** Past this a stop is given up: what is not committed is delivered again. Below a supervisor's usual 30 seconds. */
const stopMsMax = 20_000

/** Opens the parts in order; when one cannot be opened, or at the stop, closes those that are in reverse order. */
export async function runUntilStopped(
  { failure, log }: { readonly failure: Failure; readonly log: KafkaLog },
  openParts: (open: <Part extends AsyncDisposable>(part: Part) => Part) => Promise<LagGauge>,
): Promise<Running> {
  await using parts = new AsyncDisposableStack()
  const gauge = await openParts(part => parts.use(part))
  const opened = parts.move()
  let stopping: Promise<void> | null = null
  const stop = (): Promise<void> => {
    stopping ??= withinLimit(opened.disposeAsync(), log)
    return stopping
  }
  return { failed: failure.failed, stop, lag: gauge.read, [Symbol.asyncDispose]: stop }
}

async function withinLimit(stopped: Promise<void>, log: KafkaLog): Promise<void> {
  const { promise: limit, resolve } = Promise.withResolvers<'limit'>()
  const timer = setTimeout(() => resolve('limit'), stopMsMax)
  const first = await Promise.race([stopped, limit])
  clearTimeout(timer)
  if (first === 'limit')
    log.error({ stopMsMax }, 'Kafka did not let go in time; the process ends all the same')
}
