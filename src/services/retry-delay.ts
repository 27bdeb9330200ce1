/** The first wait is up to this long, each later one up to twice the one before. */
export const retryFirstMs = 2_000
/** No wait is longer, however often the portal has failed: a child's referral is never given up. */
export const retryCapMs = 15 * 60_000

/** The longest wait after this many attempts. */
export function retryCeilingMs(attempts: number): number {
  return Math.min(retryCapMs, retryFirstMs * 2 ** (Math.max(1, attempts) - 1))
}

/**
 * Full jitter: a wait drawn evenly from nothing to the ceiling, so that referrals held up by one outage do not all
 * come back in the same moment. `random` gives a number from 0 up to, but not including, 1.
 */
export function retryDelayMs({ attempts, random }: { attempts: number; random: () => number }): number {
  return Math.floor(random() * retryCeilingMs(attempts))
}
