import type { LedgerOutcome } from '../review/ledger.ts'
import type { Screening } from '../services/screening.ts'
import type { World } from './world.ts'

/** Tells the metrics that a message was read. */
export function countArrival({ metrics }: Pick<World, 'metrics'>, { receipt, deadLetter }: Screening): void {
  const { source, kind, delivery } = receipt
  metrics.received({ source, kind, receivedAt: delivery.receivedAt })
  if (deadLetter !== null) metrics.deadLettered(deadLetter.reason)
}

/** Tells both, where one process reads and saves. */
export function countScreening(
  world: Pick<World, 'metrics' | 'clock'>,
  { screening, outcome }: { screening: Screening; outcome: LedgerOutcome },
): void {
  countArrival(world, screening)
  countSaved(world, { receivedAt: screening.receipt.delivery.receivedAt, outcome })
}

/** Tells the metrics of one message whose outcome is saved. */
export function countSaved(
  { metrics, clock }: Pick<World, 'metrics' | 'clock'>,
  { receivedAt, outcome }: { receivedAt: string; outcome: LedgerOutcome },
): void {
  metrics.screened(outcome)
  metrics.becameVisibleAfter(clock.now().since(Temporal.Instant.from(receivedAt)).total('seconds'))
}
