import { findRunningServer } from '../adapters/store/embedded/running-server.ts'
import { openStore, type Store } from '../adapters/store/store.ts'
import { makeLogger } from '../telemetry/logger.ts'
import type { Settings } from './config.ts'
import { openDatabase } from './open-database.ts'

/** The store for a command that is over soon: beside a Wren that runs, or by itself where none does. */
export async function openStoreBeside(
  settings: Pick<Settings, 'databaseUrl' | 'dataFolder' | 'repeatRule'>,
): Promise<{ readonly store: Store } & AsyncDisposable> {
  const running = settings.databaseUrl ?? (await findRunningServer(settings.dataFolder))
  if (running === null) return openDatabase({ settings, log: makeLogger({ level: 'silent' }) })
  const store = await openStore({ connectionString: running, repeatRule: settings.repeatRule })
  return { store, [Symbol.asyncDispose]: () => store.close() }
}
