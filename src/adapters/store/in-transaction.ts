import type { Kysely, Transaction } from 'kysely'
import { StoreError } from './quiet-pool.ts'
import type { Tables } from './tables.ts'

/** PostgreSQL chose this transaction to end a deadlock, or could not put it in order: nothing was saved. */
const worthAnotherTry = new Set(['40P01', '40001'])
const triesMax = 5

/** Everything in `work` is saved, or nothing. `work` may run again, so it must change nothing but the database. */
export async function inTransaction<Result>(
  database: Kysely<Tables>,
  work: (transaction: Transaction<Tables>) => Promise<Result>,
): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await database.transaction().execute(work)
    } catch (error) {
      if (tries === triesMax || !(error instanceof StoreError) || !worthAnotherTry.has(error.code ?? ''))
        throw error
    }
  }
}
