import { createHash } from 'node:crypto'
import type { Destination } from '../referral/routing.ts'
import type { Connector } from './connector-port.ts'
import { deliverOnce, type SettledOutcome } from './deliver-once.ts'
import type { LeasedReferral, OutboxStore } from './referral-port.ts'
import { retryDelayMs } from './retry-delay.ts'

/** Longer than a connector may take in all, so that a lease never runs out under a living forwarder. */
const leaseMs = 60_000

/** How long nothing is sent after our credentials or settings turned out wrong. */
export const laneStopMs = 60_000

/** What came of one attempt, fit for a log: an id, and words of our own. */
export interface Attempt {
  readonly id: string
  readonly attempts: number
  readonly kind: SettledOutcome['kind']
  /** Null where it may hold words of the receiver, which are for nurses only. */
  readonly problem: string | null
  readonly waitMs: number
  /** False: the lease was lost and another forwarder has the referral, or a person moved it on meanwhile. */
  readonly settled: boolean
}

export interface Forwarding {
  readonly outbox: Pick<OutboxStore, 'lease' | 'settle'>
  /** The way to a receiver. */
  readonly connectorFor: (destination: Destination) => Connector
  /** From 0 up to, but not including, 1. */
  readonly random: () => number
  /** Referrals sent side by side in one pass. */
  readonly limit?: number
  readonly onAttempt?: (attempt: Attempt) => void
  /** Ends what is on its way when Wren stops; it is sent again later under the same key. */
  readonly signal?: AbortSignal | undefined
}

/**
 * One pass: takes the referrals that are due, sends each and writes down what came of it. Answers how many it took.
 * Attempts never run out; what a person must mend is parked, and nothing here ever gives a referral up. Rejects when
 * the store cannot answer: the leases then run out and the next pass sends the same bytes under the same keys.
 */
export async function forwardReferrals(forwarding: Forwarding): Promise<number> {
  const { outbox, limit = 4 } = forwarding
  const leased = await outbox.lease({ limit, leaseMs })
  const ends = await Promise.allSettled(leased.map(referral => forward(forwarding, referral)))
  const failed = ends.find(end => end.status === 'rejected') // after every other one has been settled
  if (failed !== undefined) throw failed.reason
  return leased.length
}

async function forward(
  { outbox, connectorFor, random, onAttempt, signal }: Forwarding,
  { id, leaseToken, destination, ...leased }: LeasedReferral,
): Promise<void> {
  const connector = connectorFor(destination)
  const outcome = await deliverOnce(connector, { ...leased, key: id, signal })
  const waitMs = waitAfter(outcome, { attempts: leased.attempts, random })
  const settled = await outbox.settle({
    ...{ id, leaseToken, outcome, waitMs },
    connector: connector.name,
    messageSha256: sha256Of(connector.messageOf?.(leased.body) ?? null),
  })
  onAttempt?.({
    id,
    attempts: leased.attempts,
    kind: outcome.kind,
    problem: ownWords(outcome),
    waitMs,
    settled,
  })
}

function waitAfter(outcome: SettledOutcome, retry: { attempts: number; random: () => number }): number {
  switch (outcome.kind) {
    case 'delivered':
    case 'acknowledged':
    case 'refused':
    case 'parked':
    case 'by-hand':
      return 0
    case 'later': // never before the time the receiver named
      return Math.max(outcome.retryAfterMs ?? 0, retryDelayMs(retry))
    case 'credentials':
    case 'configuration':
      return laneStopMs
    default:
      throw new Error(`no wait for the outcome ${outcome satisfies never}`)
  }
}

/** What stops the whole lane until a person has mended it. */
export function stopsLane(kind: SettledOutcome['kind']): boolean {
  return kind === 'credentials' || kind === 'configuration'
}

function sha256Of(message: Uint8Array | null): string | undefined {
  return message === null ? undefined : createHash('sha256').update(message).digest('hex')
}

function ownWords(outcome: SettledOutcome): string | null {
  return outcome.kind === 'later' || outcome.kind === 'credentials' || outcome.kind === 'configuration'
    ? outcome.problem
    : null
}
