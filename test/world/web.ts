import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Page } from 'playwright-core'
import { argon2Passwords } from '../../src/adapters/identity/passwords.ts'
import { loadRules, requireRuleset } from '../../src/adapters/rules-folder/load-rules.ts'
import type { Store } from '../../src/adapters/store/store.ts'
import type { HeldAttendance } from '../../src/review/flag.ts'
import { makeScanner } from '../../src/scan/scan.ts'
import type { Scanner } from '../../src/scan/scanner.ts'
import { makePatientHash } from '../../src/services/patient-hash.ts'
import type { Role } from '../../src/services/people.ts'
import { makeLogger } from '../../src/telemetry/logger.ts'
import { buildWeb } from '../../src/web/server.ts'
import type { WebSettings } from '../../src/web/settings.ts'
import { openTestDatabase, type TestDatabase } from './database.ts'
import { type AttendanceWishes, makeAttendance, makeDelivery, makeScreening } from './make-attendance.ts'
import { partnership } from './partnership.ts'

/** Saturday, as in the pictures of the design: nobody's test waits for a weekday. */
export const morning = Temporal.Instant.from('2026-11-21T09:30:00Z')
export const password = 'a password for tests only'

/** One of each role, and a second nurse. */
export const people = [
  { username: 'asha.patel', name: 'Asha Patel', role: 'nurse' },
  { username: 'beth.rowley', name: 'Beth Rowley', role: 'nurse' },
  { username: 'colm.fairley', name: 'Colm Fairley', role: 'lead' },
  { username: 'dina.marsh', name: 'Dina Marsh', role: 'rules-maintainer' },
  { username: 'ewan.slade', name: 'Ewan Slade', role: 'ops' },
] as const satisfies readonly { username: string; name: string; role: Role }[]

export const patientHash = makePatientHash('an identifier key for tests')

export type Username = (typeof people)[number]['username']

export interface TestWeb extends AsyncDisposable {
  readonly url: string
  readonly app: FastifyInstance
  readonly store: Store
  /** A bare connection to its database. */
  readonly connect: TestDatabase['connect']
  readonly scanner: Scanner
  readonly partnership: typeof partnership
  /** Moves the clock on; nobody has to wait. */
  pass(duration: Temporal.DurationLike): void
  now(): Temporal.Instant
  /** What the hooks were told, and every line of the log. */
  readonly told: { failures: string[]; decisions: string[]; exports: string[]; requests: string[] }
  readonly log: string[]
}

/** The real pages over a real database, with everybody's account. */
export async function startTestWeb(wishes: Partial<WebSettings> = {}): Promise<TestWeb> {
  await using opened = new AsyncDisposableStack()
  const { store, connect } = opened.use(await openTestDatabase())
  await saveAccounts(store)
  const ruleset = requireRuleset(await loadRules('rules'))
  const told: TestWeb['told'] = { failures: [], decisions: [], exports: [], requests: [] }
  const log: string[] = []
  let now = morning
  const app = await buildWeb({
    ports: {
      ...store,
      partnership,
      passwords: argon2Passwords,
      patientHash,
      clock: { now: () => now },
      currentRuleset: () => ruleset,
    },
    settings: { ...testSettings, ...wishes },
    hooks: {
      onSignInFailure: reason => told.failures.push(reason),
      onDecision: outcome => told.decisions.push(outcome),
      onExport: format => told.exports.push(format),
      onRequest: ({ method, route, status }) => told.requests.push(`${method} ${route} ${status}`),
    },
    log: makeLogger({ level: 'trace', destination: { write: line => log.push(line) } }),
    newId: randomUUID,
  })
  opened.defer(() => app.close())
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const kept = opened.move()
  return {
    url,
    app,
    store,
    connect,
    told,
    log,
    partnership,
    scanner: makeScanner(ruleset),
    now: () => now,
    pass: duration => {
      now = now.add(duration)
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}

export async function saveAccounts({ accounts }: Pick<Store, 'accounts'>): Promise<void> {
  const passwordHash = await argon2Passwords.hash(password)
  for (const person of people) await accounts.save({ ...person, disabled: false, passwordHash })
}

const testSettings: WebSettings = {
  sessionKey: Buffer.alloc(32, 'a key for tests'),
  isDemo: false,
  demoPortalUrl: null,
  demoSignIns: [],
  secureCookies: false,
  trustProxy: false,
  styleCache: join(tmpdir(), 'wren-test-styles'),
  siteNames: { RWP50: 'Worcestershire Royal', RWP01: 'Alexandra' },
  sampleSize: 5,
  phoneFallback: '01905 000 000',
  marking: 'OFFICIAL-SENSITIVE – safeguarding. Do not copy.',
  helpContact: null,
}

/** An attendance arrives and is read by the rules in force, as in the hospital. */
export async function attend(
  { store, scanner }: Pick<TestWeb, 'store' | 'scanner'>,
  { arrivedAt = '2026-11-21T08:35:00Z', ...wishes }: AttendanceWishes = {},
): Promise<HeldAttendance> {
  const attendance = makeAttendance({ site: 'RWP50', arrivedAt, recordedAt: arrivedAt, ...wishes })
  const { outcome, mentions, priority, because } = scanner.scan(attendance)
  if (outcome === 'out-of-scope') throw new Error('this test attendance is of an adult')
  const held = { attendance, mentions, outcome, priority, because, rulesetVersion: scanner.rulesetVersion }
  const delivery = makeDelivery({ receivedAt: arrivedAt ?? morning.toString() })
  const screening = makeScreening({ held, delivery })
  await store.screening.record({
    receipts: [{ ...screening.receipt, patientHashes: patientHash.ofAttendance(attendance) }],
    held: mentions.length > 0 ? [screening.held] : [],
    deadLetters: [],
  })
  return held
}

/** Types a name and the password, as a person does. */
export async function signIn(page: Page, url: string, username: Username): Promise<void> {
  await page.goto(`${url}/sign-in`)
  await page.getByLabel('User name').fill(username)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('button', { name: 'Sign out' }).waitFor()
}
