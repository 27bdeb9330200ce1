import { startOperationsServer } from '../../telemetry/operations-server.ts'
import { version } from '../about.ts'
import type { World } from '../world.ts'
import { neverFails, type Part } from './part.ts'

/** Metrics and health. The rules are checked before any part starts, so only the database can be missing here. */
export async function startOperationsPart({ settings, metrics, store, ruleset, log }: World): Promise<Part> {
  const server = await startOperationsServer({
    host: settings.host,
    port: settings.ports.metrics,
    metrics,
    checks: store === null ? {} : { 'database writable': () => store.ping() },
    about: () => ({ version, commit: settings.commit, rulesVersion: ruleset.version }),
    checkFailed: (name, error) => log.warn({ check: name, err: error }, 'not ready'),
  })
  return { url: server.url, failed: neverFails, [Symbol.asyncDispose]: () => server.stop() }
}
