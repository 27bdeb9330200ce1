import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { argon2Passwords } from '../../src/adapters/identity/passwords.ts'
import {
  type PortalSimulator,
  startPortalSimulator,
} from '../../src/processes/portal-simulator/start-portal-simulator.ts'
import { openTestDatabase, type TestDatabase } from './database.ts'

/** The whole program as it runs in a hospital: its own process, on a real database, with a portal. */
export interface RunningWren extends AsyncDisposable {
  readonly webUrl: string
  readonly intakeUrl: string
  readonly metricsUrl: string
  readonly intakeToken: string
  readonly database: TestDatabase
  readonly portal: PortalSimulator
  /** Everything it has written to stdout and stderr. */
  readonly output: () => string
  /** Asks it to stop; answers its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

export const nurse = {
  username: 'asha.patel',
  password: 'correct horse battery',
  name: 'Asha Patel',
  role: 'nurse',
} as const

/** Starts `wren start` with these settings beside those that every test needs, and waits until it is ready. */
export async function startRunningWren(
  settings: Readonly<Record<string, string>> = {},
): Promise<RunningWren> {
  await using opened = new AsyncDisposableStack()
  const database = opened.use(await openTestDatabase())
  const { password, ...account } = nurse
  await database.store.accounts.save({
    ...account,
    disabled: false,
    passwordHash: await argon2Passwords.hash(password),
  })
  const portal = await startPortalSimulator({ host: '127.0.0.1', port: 0 })
  opened.defer(() => portal.stop())
  const dataFolder = opened.adopt(await mkdtemp(join(tmpdir(), 'wren-running-')), folder =>
    rm(folder, { recursive: true }),
  )
  const [web, intake, metrics] = await freePorts(3)
  const intakeToken = 'token-of-a-test-'.repeat(3)
  const child = spawn(process.execPath, ['bin/wren.js', 'start'], {
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: database.connectionString,
      WREN_WEB_PORT: String(web),
      WREN_INTAKE_PORT: String(intake),
      WREN_METRICS_PORT: String(metrics),
      WREN_DATA: dataFolder,
      WREN_LOG_LEVEL: 'trace',
      WREN_INTAKE_TOKEN: intakeToken,
      WREN_SESSION_KEY: 'session-key-of-a-test'.repeat(2),
      WREN_IDENTIFIER_KEY: 'identifier-key-of-a-test'.repeat(2),
      PORTAL_URL: portal.referralsUrl,
      PORTAL_TOKEN: portal.token,
      ...settings,
    },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', text => {
      output += text
    })
  }
  const exited = new Promise<number | null>(resolve => child.on('close', resolve))
  const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> => {
    child.kill(signal)
    return exited
  }
  opened.defer(async () => {
    await stop()
  })
  await untilReady({
    url: `http://127.0.0.1:${metrics}/health/ready`,
    hasExited: () => child.exitCode !== null,
    output: () => output,
  })
  const kept = opened.move()
  return {
    webUrl: `http://127.0.0.1:${web}`,
    intakeUrl: `http://127.0.0.1:${intake}`,
    metricsUrl: `http://127.0.0.1:${metrics}`,
    intakeToken,
    database,
    portal,
    output: () => output,
    stop,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}

async function untilReady(waiting: {
  url: string
  hasExited: () => boolean
  output: () => string
}): Promise<void> {
  for (;;) {
    if (waiting.hasExited()) throw new Error(`Wren ended before it was ready:\n${waiting.output()}`)
    const answer = await fetch(waiting.url).catch(() => null)
    if (answer?.status === 200) return
    await sleep(100)
  }
}

/** Ports that nobody holds now. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer()
      await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
      return server
    }),
  )
  const ports = servers.map(server => (server.address() as AddressInfo).port)
  await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))))
  return ports
}
