import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import { DatabaseError, Pool, type PoolClient, types } from 'pg'

/** Why the store could not answer. Its message is safe to log: it never quotes a row or a parameter. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
  /** PostgreSQL's or the system's code, such as 40P01 or ECONNREFUSED. */
  readonly code: string | null

  constructor(message: string, code: string | null) {
    super(message)
    this.code = code
  }
}

/**
 * A pool of connections whose errors have lost every value. PostgreSQL quotes rows in its errors ("Failing row
 * contains …"), and rows here hold words of notes.
 */
export function openQuietPool(connectionString: string): PostgresPool {
  const pool = new Pool({
    connectionString,
    max: connectionsMax,
    connectionTimeoutMillis: 10_000,
    types: { getTypeParser: parserOf },
  })
  // A connection that breaks says so here, and would end the process if nobody listened. The pool drops it, and
  // the query that needs it, now or next, rejects: nothing is lost by not acting on it.
  pool.on('error', () => {})
  pool.on('connect', client => client.on('error', () => {}))
  return {
    options: pool.options,
    end: () => pool.end(),
    connect: async () => {
      const client = await pool.connect().catch(quietly)
      return { query: quietQuery(client), release: destroy => client.release(destroy) }
    },
  }
}

function quietQuery(client: PoolClient): PostgresPoolClient['query'] {
  function query<Row>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<Row>>
  function query<Row>(cursor: PostgresCursor<Row>): PostgresCursor<Row>
  function query(text: unknown, parameters: readonly unknown[] = []): unknown {
    if (typeof text !== 'string') throw new Error('cursors are not used here')
    return client.query(text, [...parameters]).catch(quietly)
  }
  return query
}

/** Below PostgreSQL's default of 100 for a dozen processes of Wren. */
const connectionsMax = 8

/**
 * Classes of errors whose message quotes no value: connection (08), authorisation (28), rollback (40), syntax and
 * names (42), resources (53), operator (57), our own triggers (P0). PostgreSQL manual, appendix A.
 */
const wordedClasses = new Set(['08', '28', '3D', '40', '42', '53', '57', 'P0'])

function quietly(error: unknown): never {
  if (error instanceof DatabaseError) {
    const code = error.code ?? 'no code'
    const where = error.constraint ?? error.table ?? null
    const words = wordedClasses.has(code.slice(0, 2)) ? `: ${error.message}` : ''
    throw new StoreError(
      `The database refused (${code}${where === null ? '' : `, ${where}`})${words}`,
      error.code ?? null,
    )
  }
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
  const words = error instanceof Error ? error.message : 'unknown'
  throw new StoreError(`The database cannot be reached: ${words || code}`, code)
}

/** Instants and days stay text, exact and without this machine's time zone; counts are numbers. */
function parserOf(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (oid === types.builtins.TIMESTAMPTZ) return text => Temporal.Instant.from(text).toString()
  if (oid === types.builtins.DATE) return text => text
  if (oid === types.builtins.INT8) return Number
  return types.getTypeParser(oid, format ?? 'text')
}
