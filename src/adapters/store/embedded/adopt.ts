import { realpath } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { Client, DatabaseError } from 'pg'
import { type Access, connectionStringOf, databaseName } from './access.ts'
import { type Cluster, disownPostmaster, type Postmaster, readPostmaster } from './cluster.ts'
import { mayBePostgres } from './process-life.ts'

/** A server that is starting, recovering or stopping gets this long to make up its mind. */
const patienceMs = 120_000
const betweenTriesMs = 100

/** PostgreSQL's "cannot_connect_now": starting up, shutting down, in recovery. */
const cannotConnectNow = '57P03'
const wrongPassword = '28P01'

/**
 * The server that runs on this cluster already, or null where none does. A server that is not ours is never
 * touched: it rejects in words.
 */
export async function adoptableServer({
  cluster,
  access,
}: {
  cluster: Cluster
  access: Access
}): Promise<Postmaster | null> {
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += betweenTriesMs) {
    const running = await readPostmaster(cluster.folder)
    if (running === null) return null
    if (!mayBePostgres(running.pid)) {
      await disownPostmaster(cluster.folder, running)
      return null
    }
    const folder = await askFolder({ ...access, port: running.port })
    if (folder === 'later') {
      await pause(betweenTriesMs)
      continue
    }
    if (folder !== 'wrong password' && (await sameFolder(folder, cluster.folder))) return running
    throw new Error(
      `A PostgreSQL that is not Wren's (process ${running.pid}, port ${running.port}) is running on ` +
        `${cluster.folder}. Stop it, or name another folder with --data.`,
    )
  }
  throw new Error(
    `A PostgreSQL is running on ${cluster.folder} but does not answer. ` +
      'Look at wren-postgres.log there, stop it, and start Wren again.',
  )
}

/** Makes Wren's database in the cluster where it is not there yet. */
export async function ensureDatabase(access: Access): Promise<void> {
  const client = newClient(access)
  await client.connect()
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [databaseName])
    if (found.rowCount === 0) await client.query(`create database ${databaseName}`)
  } finally {
    await client.end()
  }
}

async function askFolder(access: Access): Promise<string | 'later' | 'wrong password'> {
  const client = newClient(access)
  try {
    await client.connect()
    const answer = await client.query<{ data_directory: string }>('show data_directory')
    return answer.rows[0]?.data_directory ?? 'later'
  } catch (error) {
    if (error instanceof DatabaseError && error.code === wrongPassword) return 'wrong password'
    if (error instanceof DatabaseError && error.code !== cannotConnectNow) throw error
    return 'later' // not listening yet, or no more
  } finally {
    await client.end().catch(() => null) // it may never have connected
  }
}

function newClient(access: Access): Client {
  const client = new Client({ connectionString: connectionStringOf(access, 'postgres') })
  // A server that goes away says so here; the query that was asked rejects as well.
  client.on('error', () => {})
  return client
}

async function sameFolder(one: string, other: string): Promise<boolean> {
  return (await realpath(one)) === (await realpath(other))
}
