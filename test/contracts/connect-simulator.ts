import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CallBackTo } from '../../src/processes/portal-simulator/calling-back.ts'
import type { Mood } from '../../src/processes/portal-simulator/moods.ts'
import type { ReceivedReferral } from '../../src/processes/portal-simulator/received-referral.ts'
import {
  type PortalSimulator,
  startPortalSimulator,
} from '../../src/processes/portal-simulator/start-portal-simulator.ts'
import type { Connector } from '../../src/services/connector-port.ts'
import type { ConnectedPortal, Trouble } from './portal-contract.ts'

/** Both ends: how the far one knows whom to trust, and how the near one is opened on it. */
export interface SimulatorConnection {
  readonly accepts?: (authorization: string) => Promise<boolean>
  /** As the portal knows us, or as a stranger. */
  readonly open: (who: 'ours' | 'stranger', simulator: PortalSimulator) => Connector
}

const moodOf: Readonly<Record<Trouble | 'none', Mood>> = {
  none: 'well',
  down: 'down',
  slow: 'slow',
  refuse: 'refuse',
  'lose-answer': 'lose-answer',
  'no-reference': 'html-200',
  'too-busy': 'rate-limit',
}

/** A connector with the portal simulator at its other end, which answers later than anybody waits when it is slow. */
export async function connectSimulator({ accepts, open }: SimulatorConnection): Promise<ConnectedPortal> {
  const folder = await mkdtemp(join(tmpdir(), 'wren-portal-'))
  const settings = {
    host: '127.0.0.1',
    dataFile: join(folder, 'received.json'),
    slowMs: 30_000,
    lateMs: 300,
    ...(accepts === undefined ? {} : { accepts }),
  }
  let simulator = await startPortalSimulator({ ...settings, port: 0 })
  const { url } = simulator
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
    portal: open('ours', simulator),
    stranger: open('stranger', simulator),
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
