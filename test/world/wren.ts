import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Store } from '../../src/adapters/store/store.ts'
import { readSettings } from '../../src/processes/config.ts'
import {
  type PortalSimulator,
  startPortalSimulator,
} from '../../src/processes/portal-simulator/start-portal-simulator.ts'
import { startWren } from '../../src/processes/start-wren.ts'
import { openWorld, storeOf } from '../../src/processes/world.ts'
import { openTestDatabase } from './database.ts'
import { saveAccounts } from './web.ts'

const intakeToken = 'a-token-for-tests-only-long-enough-for-it'

export interface TestWren extends AsyncDisposable {
  readonly webUrl: string
  readonly portal: PortalSimulator
  readonly store: Store
  /** Every line of the log. */
  readonly log: readonly string[]
  /** Sends messages as a hospital does and answers the status. */
  send(message: string): Promise<number>
  /** What /metrics says. */
  metrics(): Promise<string>
}

/** The whole of Wren by default: pages, intake, forwarder and portal simulator over a real database. */
export async function startTestWren(): Promise<TestWren> {
  await using opened = new AsyncDisposableStack()
  const database = opened.use(await openTestDatabase())
  await saveAccounts(database.store)
  const portal = await startPortalSimulator({ host: '127.0.0.1', port: 0 })
  opened.defer(() => portal.stop())
  const read = readSettings({
    DATABASE_URL: database.connectionString,
    WREN_SESSION_KEY: 'a session key for tests, long enough',
    WREN_IDENTIFIER_KEY: 'an identifier key for tests, long enough',
    WREN_INTAKE_TOKEN: intakeToken,
    WREN_DATA: join(tmpdir(), 'wren-test-data'),
    WREN_REFERRAL_PHONE: '01905 000 000',
    PORTAL_URL: portal.referralsUrl,
    PORTAL_TOKEN: portal.token,
  })
  if ('problems' in read) throw new Error(read.problems.join('\n'))
  const settings = { ...read.settings, ports: { web: 0, intake: 0, metrics: 0 } }
  const log: string[] = []
  const roles = new Set(['web', 'intake', 'forwarder'] as const)
  const world = opened.use(
    await openWorld({ settings, roles, destination: { write: line => log.push(line) } }),
  )
  const wren = opened.use(
    await startWren(world, { roles, web: { isDemo: false, demoSignIns: [], demoPortalUrl: null } }),
  )
  const { web, intake, operations } = wren.urls
  if (web === undefined || intake === undefined) throw new Error('the pages or the intake did not start')
  const kept = opened.move()
  return {
    webUrl: web,
    portal,
    store: storeOf(world),
    log,
    send: async message => {
      const answer = await fetch(new URL('/attendances', intake), {
        method: 'POST',
        headers: { authorization: `Bearer ${intakeToken}`, 'content-type': 'application/json' },
        body: message,
      })
      await answer.text()
      return answer.status
    },
    metrics: async () => (await fetch(new URL('/metrics', operations))).text(),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}
