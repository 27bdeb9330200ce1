import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openFhirPortal } from '../../src/adapters/portal/fhir/fhir-portal.ts'
import type { Mood } from '../../src/processes/portal-simulator/moods.ts'
import { startPortalSimulator } from '../../src/processes/portal-simulator/start-portal-simulator.ts'
import { exampleAddress } from '../world/referral-message.ts'
import { type ConnectedPortal, describePortal, type Trouble } from './portal-contract.ts'

describePortal('FHIR messages', connect)

const moodOf: Readonly<Record<Trouble | 'none', Mood>> = {
  none: 'well',
  down: 'down',
  slow: 'slow',
  refuse: 'refuse',
  'lose-answer': 'lose-answer',
  'no-reference': 'html-200',
  'too-busy': 'rate-limit',
}

/** The FHIR adapter with the portal simulator at its other end. */
async function connect(): Promise<ConnectedPortal> {
  const folder = await mkdtemp(join(tmpdir(), 'wren-fhir-'))
  const settings = { host: '127.0.0.1', dataFile: join(folder, 'received.json'), slowMs: 30_000 }
  let simulator = await startPortalSimulator({ ...settings, port: 0 })
  const { url, fhirUrl, token } = simulator
  const open = (secret: string) =>
    openFhirPortal({ url: fhirUrl, token: secret, timeoutMs: 2_000, address: exampleAddress })
  const held = async (): Promise<readonly { readonly key: string; readonly reference: string }[]> => {
    const { received } = await (await fetch(`${url}/simulator/received`)).json()
    return received
  }
  return {
    portal: open(token),
    stranger: open('not-the-token'),
    trouble: async trouble => {
      const body = new URLSearchParams({ mood: moodOf[trouble] })
      const answer = await fetch(`${url}/simulator/mood`, { method: 'POST', body, redirect: 'manual' })
      if (answer.status !== 303) throw new Error(`the mood was answered ${answer.status}`)
    },
    restart: async () => {
      await simulator.stop()
      simulator = await startPortalSimulator({ ...settings, port: Number(new URL(url).port) })
    },
    referencesUnder: async key => (await held()).filter(each => each.key === key).map(each => each.reference),
    references: async () => (await held()).map(each => each.reference),
    async [Symbol.asyncDispose]() {
      await simulator.stop()
      await rm(folder, { recursive: true })
    },
  }
}
