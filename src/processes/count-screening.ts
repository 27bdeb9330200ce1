import type { LedgerOutcome } from '../review/ledger.ts'
import type { Clock } from '../services/ports.ts'
import type { DeadLetter, HeldEvent, Receipt } from '../services/screening.ts'
import type { Metrics } from '../telemetry/metrics.ts'

/** What of a screening the metrics count once it is saved. */
export interface Saved {
  readonly receipt: Receipt
  readonly held: HeldEvent | null
  readonly deadLetter: DeadLetter | null
}

/** Tells the metrics of one message whose outcome is durable. */
export function countScreening(
  { metrics, clock }: { metrics: Metrics; clock: Clock },
  { screening, outcome }: { screening: Saved; outcome: LedgerOutcome },
): void {
  const { receipt, held, deadLetter } = screening
  const { source, delivery } = receipt
  metrics.received({ source, kind: held?.held.attendance.kind ?? null, receivedAt: delivery.receivedAt })
  metrics.screened(outcome)
  if (deadLetter !== null) metrics.deadLettered(deadLetter.reason)
  const sinceReceipt = clock.now().since(Temporal.Instant.from(delivery.receivedAt))
  metrics.becameVisibleAfter(sinceReceipt.total('seconds'))
}
