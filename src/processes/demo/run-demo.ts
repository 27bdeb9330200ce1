import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { removeEmbeddedPostgres } from '../../adapters/store/embedded-postgres.ts'
import { londonDayOf } from '../../attendance/instant.ts'
import { type ProcessRole, readSettings, type Settings } from '../config.ts'
import { findTakenPorts } from '../free-ports.ts'
import { type PortalSimulator, startPortalSimulator } from '../portal-simulator/start-portal-simulator.ts'
import { startWren } from '../start-wren.ts'
import { listenForStop } from '../stopping.ts'
import { clock, openWorld, storeOf, type World } from '../world.ts'
import { demoSignIns, saveDemoAccounts } from './demo-accounts.ts'
import { feedLive } from './live-feed.ts'
import { loadDays } from './load-days.ts'
import { referYesterday } from './refer-yesterday.ts'

/** The demo cannot run as asked. The message is for the person who started it. */
export class DemoError extends Error {
  override readonly name = 'DemoError'
}

interface DemoWishes {
  readonly dataFolder: string
  /** Web, intake, metrics and simulator take this port and the three after it. */
  readonly firstPort: number
  readonly isFresh: boolean
}

const roles: ReadonlySet<ProcessRole> = new Set(['web', 'intake', 'forwarder'])
const host = '127.0.0.1'

/** Everything on one machine with invented people, until it is asked to stop. */
export async function runDemo(wishes: DemoWishes): Promise<void> {
  using stopping = listenForStop()
  await checkPorts(wishes.firstPort)
  if (wishes.isFresh) await emptyData(wishes.dataFolder)
  await mkdir(wishes.dataFolder, { recursive: true })
  say('Starting the database')
  await using opened = new AsyncDisposableStack()
  const simulator = await startPortalSimulator({
    host,
    port: wishes.firstPort + 3,
    dataFile: join(wishes.dataFolder, 'portal.json'),
  })
  opened.defer(() => simulator.stop())
  const log = opened.adopt(createWriteStream(join(wishes.dataFolder, 'wren.log'), { flags: 'a' }), stream => {
    stream.end()
  })
  const callBacks = await makeCallBacks(wishes.dataFolder)
  const settings = { ...settingsOf(wishes, simulator), callBacks: callBacks.settings }
  const world = opened.use(await openWorld({ settings, roles, destination: log }))
  await saveDemoAccounts(storeOf(world).accounts)
  const yesterday = Temporal.PlainDate.from(londonDayOf(clock.now().toString()))
    .subtract({ days: 1 })
    .toString()
  await loadDays(world, { day: yesterday, stopping: stopping.signal })
  if (!stopping.signal.aborted) await referYesterday(world, { day: yesterday })
  const { secret } = callBacks
  if (!stopping.signal.aborted) await serve({ world, simulator, secret, stopping, wishes })
  say(`Stopped. The data is kept in ${wishes.dataFolder}: the next start goes on from there.`)
}

async function serve({
  world,
  simulator,
  secret,
  stopping,
  wishes,
}: {
  world: World
  simulator: PortalSimulator
  secret: Uint8Array
  stopping: { signal: AbortSignal; asked: Promise<void> }
  wishes: DemoWishes
}): Promise<void> {
  await using wren = await startWren(world, {
    roles,
    web: { isDemo: true, demoSignIns, demoPortalUrl: simulator.url },
  })
  if (wren.urls.forwarder !== undefined) simulator.callBackTo({ url: wren.urls.forwarder, secret })
  const feeding = feedLive(world, { intakeUrl: wren.urls.intake ?? '', stopping: stopping.signal })
  say(whereToGo({ world, simulator, firstPort: wishes.firstPort, dataFolder: wishes.dataFolder }))
  await Promise.race([stopping.asked, wren.failed])
  say('Stopping')
  await feeding
}

/** The simulator and Wren share a secret that is made anew at every start, and a door on any free port. */
async function makeCallBacks(dataFolder: string) {
  const secret = randomBytes(32)
  const secretFile = join(dataFolder, 'call-back-secret')
  await writeFile(secretFile, `whsec_${secret.toString('base64')}\n`, { mode: 0o600 })
  return { secret, settings: { port: 0, secretFile } }
}

async function checkPorts(firstPort: number): Promise<void> {
  const taken = await findTakenPorts(
    host,
    [0, 1, 2, 3].map(offset => firstPort + offset),
  )
  if (taken.length === 0) return
  const one = taken.length === 1
  throw new DemoError(
    `Port ${taken.join(', ')} ${one ? 'is' : 'are'} taken by another program (perhaps an earlier demo). ` +
      `Stop it, or choose four other ports in a row with --port, such as --port ${firstPort + 10}.`,
  )
}

/** Only what a demo made: a folder named by mistake keeps everything else. */
async function emptyData(dataFolder: string): Promise<void> {
  await removeEmbeddedPostgres({ dataFolder })
  for (const name of ['portal.json', 'secrets.json', 'call-back-secret', 'wren.log', 'styles']) {
    await rm(join(dataFolder, name), { recursive: true, force: true })
  }
}

function settingsOf({ dataFolder, firstPort }: DemoWishes, simulator: PortalSimulator): Settings {
  const read = readSettings({
    WREN_DATA: dataFolder,
    WREN_HOST: host,
    WREN_WEB_PORT: String(firstPort),
    WREN_INTAKE_PORT: String(firstPort + 1),
    WREN_METRICS_PORT: String(firstPort + 2),
    PORTAL_URL: simulator.referralsUrl,
    PORTAL_TOKEN: simulator.token,
    PORTAL_TIMEOUT_MS: '5000',
    WREN_REFERRAL_PHONE: '01632 960 001 (invented)',
  })
  if ('problems' in read) throw new DemoError(read.problems.join('\n'))
  return read.settings
}

function whereToGo({
  world,
  simulator,
  firstPort,
  dataFolder,
}: {
  world: World
  simulator: PortalSimulator
  firstPort: number
  dataFolder: string
}): string {
  const at = (port: number): string => `http://localhost:${port}`
  const signIns = demoSignIns.map(
    ({ username, password, role, name }) =>
      `    ${username.padEnd(8)} ${password.padEnd(14)} ${name}, ${role}`,
  )
  return [
    '',
    `  Review queue      ${at(firstPort)}`,
    `  Portal simulator  ${at(firstPort + 3)}`,
    `  Metrics           ${at(firstPort + 2)}/metrics`,
    `  Intake            ${at(firstPort + 1)}/attendances`,
    `                    token ${world.secrets.intakeToken}`,
    '',
    '  Sign in with      user     password',
    ...signIns,
    '',
    `  Everybody here is invented. Log lines go to ${join(dataFolder, 'wren.log')}.`,
    `  The simulator keeps what it receives and can be told to fail: ${simulator.url}`,
    '  Ctrl-C stops everything.',
    '',
  ].join('\n')
}

function say(words: string): void {
  process.stderr.write(`${words}\n`)
}
