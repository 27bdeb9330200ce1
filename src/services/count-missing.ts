import type { Clock } from './ports.ts'
import { offsetsMissing, type ProofPorts, proveOffsets } from './prove-day.ts'

/** Prometheus asks every few seconds, and a proof reads a whole day: it holds for a while. */
const holdsMs = 5 * 60_000

/** How many offsets of a day have no receipt and no explanation, looked up afresh every five minutes. */
export function makeMissingCount(ports: ProofPorts & { readonly clock: Clock }) {
  const counted = new Map<string, { readonly missing: number; readonly atMs: number }>()
  return async (day: string): Promise<number> => {
    const nowMs = ports.clock.now().epochMilliseconds
    const before = counted.get(day)
    if (before !== undefined && nowMs - before.atMs < holdsMs) return before.missing
    const missing = offsetsMissing(await proveOffsets(ports, day))
    if (counted.size > 2) counted.clear()
    counted.set(day, { missing, atMs: nowMs })
    return missing
  }
}
