import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { expect, test } from 'vitest'
import {
  removeEmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../../src/adapters/store/embedded-postgres.ts'
import { openStore } from '../../../src/adapters/store/store.ts'
import { batchOf, makeScreening } from '../../world/make-attendance.ts'

const runner = join(import.meta.dirname, 'run-embedded-postgres.ts')
const isRoot = process.getuid?.() === 0
/** "nobody": an ordinary user that every Unix has. */
const nobody = 65_534

interface Started {
  readonly connectionString?: string
  readonly adopted?: boolean
  readonly problem?: string
}

/** A data folder that is gone, with its database, at the end of the test's scope. */
async function makeDataFolder(): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'wren-embedded-'))
  return {
    path,
    [Symbol.asyncDispose]: async () => {
      await removeEmbeddedPostgres({ dataFolder: path })
      // An initdb that outlived its killed Wren may still be writing.
      await rm(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
    },
  }
}

/** Starts the database of a folder in another process and answers what that says first. */
async function startElsewhere(dataFolder: string, user?: number): Promise<Started & { child: ChildProcess }> {
  const owner = user === undefined ? {} : { uid: user, gid: user, cwd: '/' }
  const child = spawn(process.execPath, [runner, dataFolder], {
    stdio: ['pipe', 'pipe', 'inherit'],
    ...owner,
  })
  const [line] = await once(createInterface(child.stdout), 'line')
  return { ...(JSON.parse(line) as Started), child }
}

async function kill(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}

async function pidOf(dataFolder: string): Promise<number> {
  return Number.parseInt(await readFile(join(dataFolder, 'postgres', 'postmaster.pid'), 'utf8'), 10)
}

/** Dead, or dead and not collected yet. */
async function isGone(pid: number): Promise<boolean> {
  const stats = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  return stats === null || / \(.*\) Z /.test(stats)
}

async function ask(connectionString: string, query: string): Promise<unknown[]> {
  const client = new Client({ connectionString })
  await client.connect()
  try {
    const { rows } = await client.query({ text: query, rowMode: 'array' })
    return rows.flat()
  } finally {
    await client.end()
  }
}

test('a new database is UTF-8 by its own locale, checks passwords and pages, and listens on this machine alone', async () => {
  await using folder = await makeDataFolder()
  await using server = await startEmbeddedPostgres({ dataFolder: folder.path })
  expect(server.adopted).toBe(false)
  expect(await ask(server.connectionString, "select upper('é'), current_database()")).toEqual(['É', 'wren'])
  const shown = ['server_encoding', 'listen_addresses', 'unix_socket_directories', 'fsync', 'data_checksums']
  const settings = await Promise.all(shown.map(name => ask(server.connectionString, `show ${name}`)))
  expect(settings.flat()).toEqual(['UTF8', '127.0.0.1', '', 'on', 'on'])
  const wrong = server.connectionString.replace(/:[^:@]+@/, ':guess@')
  await expect(ask(wrong, 'select 1')).rejects.toThrow(/password authentication failed/)
  expect(((await stat(join(folder.path, 'postgres-access.json'))).mode & 0o777).toString(8)).toBe('600')
})

test('stopping ends the process, and the next start finds the rows on the same port', async () => {
  await using folder = await makeDataFolder()
  const first = await startEmbeddedPostgres({ dataFolder: folder.path })
  const pid = await pidOf(folder.path)
  await using store = await openStore(first)
  await store.screening.record(batchOf(makeScreening()))
  await Promise.all([first.stop(), first.stop()])
  expect(await isGone(pid)).toBe(true)
  await expect(store.ping()).rejects.toThrow(/The database cannot be reached|The database refused/)
  await using second = await startEmbeddedPostgres({ dataFolder: folder.path })
  expect(second.connectionString).toBe(first.connectionString)
  expect(await store.review.countByState()).toMatchObject({ 'to-review': 1 })
})

test('after kill -9 of its owner the running database is adopted, with the same process', async () => {
  await using folder = await makeDataFolder()
  const owner = await startElsewhere(folder.path)
  const pid = await pidOf(folder.path)
  await kill(owner.child)
  const server = await startEmbeddedPostgres({ dataFolder: folder.path })
  expect(server).toMatchObject({ adopted: true, connectionString: owner.connectionString })
  expect(await pidOf(folder.path)).toBe(pid)
  await server.stop()
  expect(await isGone(pid)).toBe(true)
})

test('after kill -9 of the database too, it recovers what was committed', async () => {
  await using folder = await makeDataFolder()
  const owner = await startElsewhere(folder.path)
  const store = await openStore({ connectionString: owner.connectionString ?? '' })
  await store.screening.record(batchOf(makeScreening()))
  process.kill(await pidOf(folder.path), 'SIGKILL')
  await kill(owner.child)
  await store.close()
  await using server = await startEmbeddedPostgres({ dataFolder: folder.path })
  expect(server.adopted).toBe(false)
  await using again = await openStore(server)
  expect(await again.review.countByState()).toMatchObject({ 'to-review': 1 })
})

test('a second Wren on one folder is told which process has it, and the first goes on', async () => {
  await using folder = await makeDataFolder()
  await using server = await startEmbeddedPostgres({ dataFolder: folder.path })
  const second = await startElsewhere(folder.path)
  expect(second.problem).toContain(`Another Wren (process ${process.pid}) is using the data folder`)
  expect(await ask(server.connectionString, 'select 1')).toEqual([1])
})

test('where its port was taken meanwhile, the database moves to another', async () => {
  await using folder = await makeDataFolder()
  const first = await startEmbeddedPostgres({ dataFolder: folder.path })
  await first.stop()
  const port = Number(new URL(first.connectionString).port)
  const squatter = createServer().listen(port, '127.0.0.1')
  await once(squatter, 'listening')
  await using second = await startEmbeddedPostgres({ dataFolder: folder.path })
  expect(Number(new URL(second.connectionString).port)).not.toBe(port)
  expect(await ask(second.connectionString, 'select 1')).toEqual([1])
  squatter.close()
})

test('a server of the folder that does not know our password is left alone, in words', async () => {
  await using folder = await makeDataFolder()
  const owner = await startElsewhere(folder.path)
  const access = join(folder.path, 'postgres-access.json')
  const ours = await readFile(access, 'utf8')
  await kill(owner.child)
  await writeFile(access, JSON.stringify({ ...JSON.parse(ours), password: 'not ours' }))
  const pid = await pidOf(folder.path)
  await expect(startEmbeddedPostgres({ dataFolder: folder.path })).rejects.toThrow(
    `A PostgreSQL that is not Wren's (process ${pid}`,
  )
  expect(await isGone(pid)).toBe(false)
  await writeFile(access, ours)
})

test('a start that was killed while it made the database begins again', async () => {
  await using folder = await makeDataFolder()
  const child = spawn(process.execPath, [runner, folder.path], { stdio: 'ignore' })
  for (;;) {
    if ((await readdir(folder.path)).some(name => name.startsWith('postgres-unfinished-'))) break
    await pause(5)
  }
  await kill(child)
  await using server = await startEmbeddedPostgres({ dataFolder: folder.path })
  expect(await ask(server.connectionString, 'select 1')).toEqual([1])
})

test('its log keeps no word of a statement, a parameter or a row that it refused', async () => {
  await using folder = await makeDataFolder()
  await using server = await startEmbeddedPostgres({ dataFolder: folder.path })
  await ask(server.connectionString, 'create table held (words text check (length(words) < 5))')
  for (const statement of [
    "insert into held values ('CANARYWORDS')",
    "select 'CANARYWORDS'::xml from nowhere",
  ])
    await expect(ask(server.connectionString, statement)).rejects.toThrow()
  const log = await readFile(join(folder.path, 'postgres', 'wren-postgres.log'), 'utf8')
  expect(log).toContain('violates check constraint')
  expect(log).not.toContain('CANARYWORDS')
})

test.skipIf(!isRoot)('an ordinary user starts it as well (skipped unless root runs the tests)', async () => {
  const path = await mkdtemp(join(tmpdir(), 'wren-ordinary-'))
  await chown(path, nobody, nobody)
  const started = await startElsewhere(path, nobody)
  try {
    expect(started.problem).toBeUndefined()
    expect(await ask(started.connectionString ?? '', 'select 1')).toEqual([1])
    expect((await stat(join(path, 'postgres'))).uid).toBe(nobody)
  } finally {
    const exited = once(started.child, 'exit')
    started.child.stdin?.end()
    await exited
    await rm(path, { recursive: true, force: true })
  }
})

test.skipIf(!isRoot)(
  'a folder that only root may enter keeps its lock on others (skipped unless root)',
  async () => {
    const outer = await mkdtemp('/root/wren-embedded-')
    const dataFolder = join(outer, 'wren-data')
    const words: string[] = []
    const server = await startEmbeddedPostgres({ dataFolder, log: each => words.push(each) })
    try {
      expect(await ask(server.connectionString, 'select 1')).toEqual([1])
      expect(words.join(' ')).toContain('its database is in /var/lib/wren/')
      expect((await stat(outer)).mode & 0o077).toBe(0)
      await server.stop()
      const again = await startEmbeddedPostgres({ dataFolder })
      expect(again.connectionString).toBe(server.connectionString)
      await again.stop()
    } finally {
      await server.stop()
      await removeEmbeddedPostgres({ dataFolder })
      await rm(outer, { recursive: true, force: true })
    }
  },
)
