import type { Scanner } from '../scan/scanner.ts'
import type { Metrics } from '../telemetry/metrics.ts'

/** The same scanner, its time and its mentions told to the metrics: also those of rules on trial. */
export function observeScanner(scanner: Scanner, metrics: Pick<Metrics, 'scanTook' | 'mentioned'>): Scanner {
  return {
    rulesetVersion: scanner.rulesetVersion,
    scan(attendance) {
      const startedAt = performance.now()
      const scanned = scanner.scan(attendance)
      metrics.scanTook((performance.now() - startedAt) / 1_000)
      metrics.mentioned(scanned.mentions)
      return scanned
    },
  }
}
