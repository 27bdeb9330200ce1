import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Agent } from 'undici'
import type { AccessTokens } from '../../src/adapters/portal/access-tokens.ts'
import { clientCredentials } from '../../src/adapters/portal/client-credentials.ts'
import type { PortalProfile } from '../../src/adapters/portal/read-exchange.ts'
import { defaultProfile, openRestPortal } from '../../src/adapters/portal/rest-portal.ts'
import type { CallBackTo } from '../../src/processes/portal-simulator/calling-back.ts'
import type { Mood } from '../../src/processes/portal-simulator/moods.ts'
import type { ReceivedReferral } from '../../src/processes/portal-simulator/received-referral.ts'
import { startPortalSimulator } from '../../src/processes/portal-simulator/start-portal-simulator.ts'
import type { Connector } from '../../src/services/connector-port.ts'
import { clientSecret, startTokenServer } from '../world/token-server.ts'
import { type ConnectedPortal, describePortal, type Trouble } from './portal-contract.ts'

describePortal('REST', () => connect(defaultProfile), { lookUp: true, callBack: true })
describePortal(
  'REST, where it cannot be asked by key',
  () => connect({ ...defaultProfile, answersByKey: false }),
  { callBack: true },
)
describePortal('REST, with tokens by OAuth 2', async () => {
  const server = await startTokenServer()
  const tokensFor = (secret: string) =>
    clientCredentials({
      tokenUrl: server.tokenUrl,
      clientId: 'by-secret',
      proof: { kind: 'secret', secret },
      dispatcher: new Agent(),
    })
  const tokens = { ours: await tokensFor(clientSecret), strangers: await tokensFor('not-the-secret') }
  const far = await connect(defaultProfile, { accepts: server.accepts, tokens })
  return {
    ...far,
    async [Symbol.asyncDispose]() {
      await far[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
})

const moodOf: Readonly<Record<Trouble | 'none', Mood>> = {
  none: 'well',
  down: 'down',
  slow: 'slow',
  refuse: 'refuse',
  'lose-answer': 'lose-answer',
  'no-reference': 'html-200',
  'too-busy': 'rate-limit',
}

/** The REST adapter with the portal simulator at its other end, which answers later than the adapter waits when slow. */
async function connect(
  profile: PortalProfile,
  oauth?: {
    readonly accepts: (authorization: string) => Promise<boolean>
    readonly tokens: { readonly ours: AccessTokens; readonly strangers: AccessTokens }
  },
): Promise<ConnectedPortal> {
  const folder = await mkdtemp(join(tmpdir(), 'wren-portal-'))
  const settings = {
    host: '127.0.0.1',
    dataFile: join(folder, 'received.json'),
    slowMs: 30_000,
    lateMs: 300,
    ...(oauth === undefined ? {} : { accepts: oauth.accepts }),
  }
  let simulator = await startPortalSimulator({ ...settings, port: 0 })
  const { url, referralsUrl, token } = simulator
  const open = (secret: string | AccessTokens): Connector =>
    openRestPortal({ url: referralsUrl, token: secret, timeoutMs: 2_000, profile })
  const held = async (): Promise<readonly ReceivedReferral[]> => {
    const { received } = await (await fetch(`${url}/simulator/received`)).json()
    return received
  }
  const holding = async (key: string): Promise<ReceivedReferral> => {
    const found = (await held()).find(each => each.key === key)
    if (found === undefined) throw new Error(`the portal holds nothing under ${key}`)
    return found
  }
  const post = async (path: string, fields: Readonly<Record<string, string>>): Promise<void> => {
    const body = new URLSearchParams(fields)
    const answer = await fetch(`${url}${path}`, { method: 'POST', body, redirect: 'manual' })
    if (answer.status !== 303) throw new Error(`${path} was answered ${answer.status}`)
  }
  let calledBack: CallBackTo | null = null
  return {
    portal: open(oauth?.tokens.ours ?? token),
    stranger: open(oauth?.tokens.strangers ?? 'not-the-token'),
    trouble: trouble => post('/simulator/mood', { mood: moodOf[trouble] }),
    restart: async () => {
      await simulator.stop()
      simulator = await startPortalSimulator({ ...settings, port: Number(new URL(url).port) })
      if (calledBack !== null) simulator.callBackTo(calledBack)
    },
    later: {
      acknowledgeLate: () => post('/simulator/mood', { mood: 'acknowledge-late' }),
      isAcknowledged: async key => {
        const { acknowledgedFrom } = await holding(key)
        return acknowledgedFrom === null || acknowledgedFrom <= new Date().toISOString()
      },
      decide: async (key, decision) => post(`/meeting/${(await holding(key)).reference}`, decision),
      supersededBy: async key => (await holding(key)).supersededBy,
      callBackTo: to => {
        calledBack = to
        simulator.callBackTo(to)
      },
      beClumsy: () => post('/simulator/mood', { mood: 'clumsy' }),
    },
    referencesUnder: async key => (await held()).filter(each => each.key === key).map(each => each.reference),
    references: async () => (await held()).map(each => each.reference),
    async [Symbol.asyncDispose]() {
      await simulator.stop()
      await rm(folder, { recursive: true })
    },
  }
}
