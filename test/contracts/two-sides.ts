import { randomBytes } from 'node:crypto'
import { expect } from 'vitest'
import { type CallBackDoor, openCallBackDoor } from '../../src/adapters/portal/call-back-door.ts'
import type { Referral } from '../../src/referral/referral.ts'
import { askReceivers } from '../../src/services/ask-receivers.ts'
import { forwardReferrals } from '../../src/services/forward-referrals.ts'
import { takeReport } from '../../src/services/take-report.ts'
import { authoriseReferral } from '../world/authorise-referral.ts'
import type { TestDatabase } from '../world/database.ts'
import type { Abilities, ConnectedPortal, LaterAnswers } from './portal-contract.ts'

const secret = randomBytes(32)

/** Passes in which everything that can settle has settled: each asks, sends, and lets the far end work. */
const passesMax = 6

export type Sides = Awaited<ReturnType<typeof openSides>>

/** Wren's database and services on one side, the connector with its far end on the other. */
export async function openSides(
  database: TestDatabase,
  { connect, can }: { readonly connect: () => Promise<ConnectedPortal>; readonly can: Abilities },
) {
  const { store } = database
  const far = await connect()
  const sql = await database.connect() // closed with the database
  let door: CallBackDoor | null = null
  let port = 0
  const connectorFor = () => far.portal
  const openDoor = async (): Promise<void> => {
    door = await openCallBackDoor({
      ...{ host: '127.0.0.1', port, secrets: [secret], clock: { now: () => Temporal.Now.instant() } },
      take: report => takeReport(store.referrals, { report, who: 'GET SAFE' }),
      hooks: { onTaken: () => undefined, onRefused: () => undefined, onFailure: () => undefined },
    })
    port = Number(new URL(door.url).port)
  }
  const closeDoor = async (): Promise<void> => {
    await door?.stop()
    door = null
  }
  await openDoor()
  const pass = async (): Promise<void> => {
    await sql.query('update outbox set next_attempt_at = now(), locked_until = null')
    while ((await forwardReferrals({ outbox: store.outbox, connectorFor, random: () => 0.5 })) > 0) {
      /* until nothing is due */
    }
    await far.work?.()
  }
  const statusOf = ({ id }: Referral) => store.referrals.status(id)
  return {
    far,
    can,
    pass,
    openDoor,
    closeDoor,
    statusOf,
    listen: (later: LaterAnswers) => later.callBackTo({ url: door?.url ?? '', secret }),
    authorise: (flagId: string | null = null) => authoriseReferral(store, { again: flagId }),
    settle: async () => {
      for (let passes = 0; passes < passesMax; passes += 1) await pass()
    },
    ask: async () => {
      await sql.query('update outbox set next_look_at = now()')
      await askReceivers({ ...store, connectorFor, days: 30 })
    },
    /** The forwarder is killed between the answer of the far end and its own note of it. */
    dieAfterSending: async () => {
      await sql.query('update outbox set next_attempt_at = now(), locked_until = null')
      for (const { id: key, body, bodySha256 } of await store.outbox.lease({ limit: 5, leaseMs: 60_000 })) {
        await far.portal.deliver({ key, body, bodySha256 })
      }
    },
    acknowledgeByHand: ({ id, flagId }: Referral) =>
      store.referrals.move({
        ...{ id, move: 'acknowledge', evidence: { reference: 'GS-77', told: 'Duty desk, Fern' } },
        audit: {
          ...{ at: '2026-11-21T09:00:00Z', who: 'asha.patel', role: 'nurse' },
          ...{ did: 'recorded', what: flagId, why: null },
        },
      }),
    stateOf: async (referral: Referral) => (await statusOf(referral))?.state,
    referenceOf: async (referral: Referral) => (await statusOf(referral))?.portalReference,
    movesOf: async ({ id }: Referral, move: string) =>
      (await store.referrals.moves(id)).filter(each => each.move === move).map(({ evidence }) => evidence),
    expectOnce: async ({ id }: Referral) =>
      expect(await far.referencesUnder(id)).toHaveLength(can.answers === 'by-hand' ? 0 : 1),
    async [Symbol.asyncDispose]() {
      await closeDoor()
      await far[Symbol.asyncDispose]()
    },
  }
}
