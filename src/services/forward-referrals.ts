import type { PortalAnswer } from '../referral/delivery.ts'
import type { LeasedReferral, OutboxStore, Portal } from './ports.ts'
import { retryDelayMs } from './retry-delay.ts'

/** Longer than the portal's adapter may take in all, so that a lease never runs out under a living forwarder. */
const leaseMs = 60_000

/** How long nothing is sent after the portal has refused our credentials. */
export const laneStopMs = 60_000

/** What came of one attempt, fit for a log: an id, and words of our own. */
export interface Attempt {
  readonly id: string
  readonly attempts: number
  readonly kind: PortalAnswer['kind']
  /** Null for `accepted`, `refused` and `parked`: those may hold words of the portal, which are for nurses only. */
  readonly problem: string | null
  readonly waitMs: number
  /** False: the lease was lost and another forwarder has the referral. The portal knows it by its key. */
  readonly settled: boolean
}

export interface Forwarding {
  readonly outbox: Pick<OutboxStore, 'lease' | 'settle'>
  readonly portal: Portal
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
  { outbox, portal, random, onAttempt, signal }: Forwarding,
  { id, body, attempts, leaseToken }: LeasedReferral,
): Promise<void> {
  const answer = await portal.send({ id, body, attempts, signal })
  const waitMs = waitAfter(answer, { attempts, random })
  const settled = await outbox.settle({ id, leaseToken, answer, waitMs })
  onAttempt?.({ id, attempts, kind: answer.kind, problem: ownWords(answer), waitMs, settled })
}

function waitAfter(answer: PortalAnswer, retry: { attempts: number; random: () => number }): number {
  switch (answer.kind) {
    case 'accepted':
    case 'refused':
    case 'parked':
      return 0
    case 'later': // never before the time the portal named
      return Math.max(answer.retryAfterMs ?? 0, retryDelayMs(retry))
    case 'stopped':
      return laneStopMs
    default:
      throw new Error(`no wait for portal answer ${answer satisfies never}`)
  }
}

function ownWords(answer: PortalAnswer): string | null {
  return answer.kind === 'later' || answer.kind === 'stopped' ? answer.problem : null
}
