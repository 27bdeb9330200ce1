import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { isFree } from '../../src/adapters/store/embedded/access.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/adapters/store/embedded-postgres.ts'

/** A real PostgreSQL whose head can be cut off. It comes back on the same port with what it had committed. */
export interface KillableDatabase {
  readonly connectionString: string
  /** Of the postmaster, which started all others. */
  pid(): Promise<number>
  /** kill -9 of the postmaster. */
  kill(): Promise<void>
  start(): Promise<void>
  stop(): Promise<void>
}

export async function startKillableDatabase(dataFolder: string): Promise<KillableDatabase> {
  let server: EmbeddedPostgres = await startEmbeddedPostgres({ dataFolder })
  const { connectionString } = server
  const port = Number(new URL(connectionString).port)
  const client = new Client({ connectionString })
  await client.connect()
  const folder = (await client.query('show data_directory')).rows[0].data_directory
  await client.end()
  const pid = async (): Promise<number> =>
    Number((await readFile(join(folder, 'postmaster.pid'), 'utf8')).split('\n')[0])
  return {
    connectionString,
    pid,
    async kill() {
      process.kill(await pid(), 'SIGKILL')
      await server.stop() // it is dead: this gives the folder back
    },
    async start() {
      while (!(await isFree(port))) await sleep(50)
      server = await startEmbeddedPostgres({ dataFolder })
      if (server.connectionString !== connectionString) throw new Error('the database came back elsewhere')
    },
    stop: () => server.stop(),
  }
}
