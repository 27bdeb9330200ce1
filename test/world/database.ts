import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { inject } from 'vitest'
import { startEmbeddedPostgres } from '../../src/adapters/store/embedded-postgres.ts'
import { openStore, type Store } from '../../src/adapters/store/store.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The connection string of an empty, migrated database. Never opened: others are copied from it. */
    databaseTemplate: string
  }
}

export interface TestDatabase extends AsyncDisposable {
  readonly connectionString: string
  readonly store: Store
  /** A bare connection, for what a test must see or do behind the store's back. Closed with the database. */
  connect(): Promise<Client>
}

/** A fresh, migrated database on the run's real PostgreSQL; it is dropped at the end of the test's scope. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const template = inject('databaseTemplate')
  const name = `wren_test_${randomUUID().replaceAll('-', '')}`
  await administer(template, `create database ${name} template ${nameIn(template)}`)
  const connectionString = withName(template, name)
  const store = await openStore({ connectionString })
  const clients: Client[] = []
  return {
    connectionString,
    store,
    connect: async () => {
      const client = new Client({ connectionString })
      clients.push(client)
      await client.connect()
      return client
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(clients.map(client => client.end()))
      await store.close()
      await administer(template, `drop database ${name} with (force)`)
    },
  }
}

/** The run's PostgreSQL, started before the first test: DATABASE_URL where it is set, else one of our own. */
export async function startDatabaseServer(): Promise<{ template: string; stop: () => Promise<void> }> {
  const given = process.env.DATABASE_URL
  if (given !== undefined) {
    const template = await makeTemplate(given)
    return { template, stop: () => administer(given, `drop database ${nameIn(template)}`) }
  }
  const dataFolder = await mkdtemp(join(tmpdir(), 'wren-test-database-'))
  const server = await startEmbeddedPostgres({ dataFolder })
  return {
    template: await makeTemplate(server.connectionString),
    stop: async () => {
      await server.stop()
      await rm(dataFolder, { recursive: true, force: true })
    },
  }
}

async function makeTemplate(server: string): Promise<string> {
  const name = `wren_template_${randomUUID().replaceAll('-', '')}`
  await administer(server, `create database ${name}`)
  const template = withName(server, name)
  await (await openStore({ connectionString: template })).close()
  return template
}

/** Runs one statement from PostgreSQL's own database, which no test copies or drops. */
async function administer(connectionString: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: withName(connectionString, 'postgres') })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

function withName(connectionString: string, name: string): string {
  const url = new URL(connectionString)
  url.pathname = `/${name}`
  return url.href
}

function nameIn(connectionString: string): string {
  return new URL(connectionString).pathname.slice(1)
}
