import { setTimeout as wait } from 'node:timers/promises'
import { startEmbeddedPostgres } from '../adapters/store/embedded-postgres.ts'
import { openStore, type Store } from '../adapters/store/store.ts'
import type { Logger } from '../telemetry/logger.ts'
import type { Settings } from './config.ts'

/** Containers start together: a database of one's own may need this long before it answers. */
const patienceMs = 60_000
const retryMs = 1_000

/**
 * The store on the database that the settings name: one of one's own, or the embedded PostgreSQL of the data
 * folder, which is stopped with the store.
 */
export async function openDatabase({
  settings,
  log,
}: {
  settings: Pick<Settings, 'databaseUrl' | 'dataFolder' | 'repeatRule'>
  log: Logger
}): Promise<{ readonly store: Store } & AsyncDisposable> {
  await using opened = new AsyncDisposableStack()
  const connectionString =
    settings.databaseUrl ??
    opened.use(
      await startEmbeddedPostgres({ dataFolder: settings.dataFolder, log: words => log.info(words) }),
    ).connectionString
  const store = opened.use(await openPatiently({ connectionString, repeatRule: settings.repeatRule }, log))
  const kept = opened.move()
  return { store, [Symbol.asyncDispose]: () => kept.disposeAsync() }
}

async function openPatiently(at: Parameters<typeof openStore>[0], log: Logger): Promise<Store> {
  const until = performance.now() + patienceMs
  for (;;) {
    try {
      return await openStore(at)
    } catch (error) {
      if (!isNotThereYet(error) || performance.now() > until) throw error
      log.warn({ err: error }, 'the database does not answer yet; trying again')
      await wait(retryMs)
    }
  }
}

/** Refused, not resolved yet, or starting up (SQLSTATE 57P03): it may be there in a moment. */
function isNotThereYet(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', '57P03'].includes(code)
}
