import { describe, expect, test } from 'vitest'
import { openFhirPortal } from '../../src/adapters/portal/fhir/fhir-portal.ts'
import { openRestPortal } from '../../src/adapters/portal/rest-portal.ts'
import type { ReceivedReferral } from '../../src/processes/portal-simulator/received-referral.ts'
import {
  type PortalSimulatorSettings,
  startPortalSimulator,
} from '../../src/processes/portal-simulator/start-portal-simulator.ts'
import type { Connector } from '../../src/services/connector-port.ts'
import {
  type Attempt,
  type Forwarding,
  forwardReferrals,
  laneStopMs,
} from '../../src/services/forward-referrals.ts'
import { authoriseReferral, referralStatus } from '../world/authorise-referral.ts'
import { openTestDatabase } from '../world/database.ts'
import { exampleAddress } from '../world/referral-message.ts'

/** A real database and the portal simulator, with the REST adapter between them. */
async function openLane(settings: Partial<PortalSimulatorSettings> = {}) {
  const database = await openTestDatabase()
  const simulator = await startPortalSimulator({ host: '127.0.0.1', port: 0, ...settings })
  const sql = await database.connect()
  const open = (token: string): Connector => openRestPortal({ url: simulator.referralsUrl, token })
  const portal = open(simulator.token)
  const attempts: Attempt[] = []
  const forward = (wishes: Partial<Forwarding> = {}): Promise<number> =>
    forwardReferrals({
      outbox: database.store.outbox,
      connectorFor: () => portal,
      random: () => 0.5,
      onAttempt: attempt => attempts.push(attempt),
      ...wishes,
    })
  return {
    store: database.store,
    portal,
    stranger: open('not-the-token'),
    fhir: openFhirPortal({ url: simulator.fhirUrl, token: simulator.token, address: exampleAddress }),
    attempts,
    forward,
    setMood: (mood: string) =>
      fetch(`${simulator.url}/simulator/mood`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ mood }),
      }),
    received: async (): Promise<readonly ReceivedReferral[]> =>
      (await (await fetch(`${simulator.url}/simulator/received`)).json()).received,
    /** Lets the time pass that a referral waits, or that a lease lasts. */
    makeDue: () => sql.query('update outbox set next_attempt_at = now(), locked_until = null'),
    minutesToWait: async (): Promise<number> =>
      Number(
        (await sql.query('select extract(epoch from next_attempt_at - now()) / 60 as minutes from outbox'))
          .rows[0].minutes,
      ),
    setAttempts: (made: number) => sql.query('update outbox set attempts = $1', [made]),
    async [Symbol.asyncDispose]() {
      await simulator.stop()
      await database[Symbol.asyncDispose]()
    },
  }
}

describe('one pass of the forwarder', () => {
  test('delivers what a nurse authorised, byte for byte, and keeps the reference of the portal', async () => {
    await using lane = await openLane()
    const referral = await authoriseReferral(lane.store)
    expect(await lane.forward()).toBe(1)
    const [received] = await lane.received()
    expect(received).toMatchObject({ key: referral.id, bodySha256: referral.bodySha256 })
    expect(await referralStatus(lane.store, referral)).toMatchObject({
      state: 'acknowledged',
      portalReference: received?.reference,
      problem: null,
      attempts: 1,
    })
    expect(await lane.forward()).toBe(0)
  })

  test('keeps the hash of the message that was made of it, where it travels in another language', async () => {
    await using lane = await openLane()
    const referral = await authoriseReferral(lane.store)
    await lane.forward({ connectorFor: () => lane.fhir })
    const [received] = await lane.received()
    const moves = await lane.store.referrals.moves(referral.id)
    expect(moves.at(-1)).toMatchObject({
      move: 'acknowledge',
      evidence: { reference: received?.reference, messageSha256: received?.bodySha256 },
    })
    expect(moves[0]?.evidence).toEqual({ bodySha256: referral.bodySha256 })
    expect(received?.bodySha256).not.toBe(referral.bodySha256)
  })

  test('takes nothing where nothing is due', async () => {
    await using lane = await openLane()
    expect(await lane.forward()).toBe(0)
  })

  test.each(['down', 'html-200', 'lose-answer'])(
    'leaves nothing undelivered after the portal was: %s',
    async mood => {
      await using lane = await openLane()
      const referral = await authoriseReferral(lane.store)
      await lane.setMood(mood)
      await lane.forward()
      await lane.setMood('well')
      await lane.makeDue()
      await lane.forward()
      expect(await referralStatus(lane.store, referral)).toMatchObject({ state: 'acknowledged' })
      expect(await lane.received()).toHaveLength(1)
    },
  )

  test('shows nurses what is wrong while a referral waits', async () => {
    await using lane = await openLane()
    const referral = await authoriseReferral(lane.store)
    await lane.setMood('down')
    await lane.forward()
    expect(await referralStatus(lane.store, referral)).toMatchObject({
      state: 'queued',
      problem: 'The portal answered 503.',
      attempts: 1,
    })
  })

  test('never gives up, and never waits longer than a quarter of an hour of its own accord', async () => {
    await using lane = await openLane()
    const referral = await authoriseReferral(lane.store)
    await lane.setMood('down')
    await lane.setAttempts(100_000)
    await lane.forward({ random: () => 0.999_999 })
    expect(await lane.minutesToWait()).toBeGreaterThan(14)
    expect(await lane.minutesToWait()).toBeLessThanOrEqual(15)
    await lane.setMood('well')
    await lane.makeDue()
    await lane.forward()
    expect(await referralStatus(lane.store, referral)).toMatchObject({
      state: 'acknowledged',
      attempts: 100_002,
    })
  })

  test('waits as long as the portal asks', async () => {
    await using lane = await openLane({ retryAfterSeconds: 3_000 })
    await authoriseReferral(lane.store)
    await lane.setMood('rate-limit')
    await lane.forward()
    expect(await lane.minutesToWait()).toBeGreaterThan(49)
  })

  test('leaves a refused referral to a person, with the words of the portal', async () => {
    await using lane = await openLane()
    const referral = await authoriseReferral(lane.store)
    await lane.setMood('refuse')
    await lane.forward()
    const problem = 'The portal says: The portal simulator was told to refuse referrals.'
    expect(await referralStatus(lane.store, referral)).toMatchObject({ state: 'failed', problem })
    expect(await lane.forward()).toBe(0)
  })

  test('keeps the words of the portal out of what may be logged', async () => {
    await using lane = await openLane()
    await authoriseReferral(lane.store)
    await lane.setMood('refuse')
    await lane.forward()
    expect(lane.attempts).toMatchObject([{ kind: 'refused', problem: null, attempts: 1, settled: true }])
  })

  test('does not count an attempt that failed by our own credentials', async () => {
    await using lane = await openLane()
    const referral = await authoriseReferral(lane.store)
    await lane.forward({ connectorFor: () => lane.stranger })
    expect(lane.attempts).toMatchObject([{ kind: 'credentials', waitMs: laneStopMs }])
    expect(await referralStatus(lane.store, referral)).toMatchObject({ state: 'queued', attempts: 0 })
    await lane.makeDue()
    await lane.forward()
    expect(await referralStatus(lane.store, referral)).toMatchObject({ state: 'acknowledged', attempts: 1 })
  })
})

describe('two forwarders', () => {
  test('at once send each referral once', async () => {
    await using lane = await openLane()
    for (const _ of [1, 2, 3, 4, 5, 6]) await authoriseReferral(lane.store)
    const taken = await Promise.all([lane.forward({ limit: 3 }), lane.forward({ limit: 3 })])
    expect(taken).toEqual([3, 3])
    expect(new Set(lane.attempts.map(({ id }) => id)).size).toBe(6)
    expect(await lane.received()).toHaveLength(6)
  })

  test('of which one dies before it has written the answer leave one referral at the portal', async () => {
    await using lane = await openLane()
    const referral = await authoriseReferral(lane.store)
    await lane.store.outbox.lease({ limit: 1, leaseMs: 60_000 })
    const lost = await lane.portal.deliver({ ...referral, key: referral.id })
    await lane.makeDue()
    await lane.forward()
    const { portalReference } = await referralStatus(lane.store, referral)
    expect(lost).toEqual({ kind: 'acknowledged', reference: portalReference })
    expect(await lane.received()).toHaveLength(1)
  })

  test('of which one is too slow for its lease: the other one’s answer stands', async () => {
    await using lane = await openLane()
    const referral = await authoriseReferral(lane.store)
    const slow: Connector = {
      ...lane.portal,
      deliver: async sent => {
        await lane.portal.deliver(sent)
        await lane.makeDue()
        await lane.forward()
        return { kind: 'refused', problem: 'an answer from long ago' }
      },
    }
    await lane.forward({ connectorFor: () => slow })
    expect(lane.attempts.map(({ kind, settled }) => [kind, settled])).toEqual([
      ['acknowledged', true],
      ['refused', false],
    ])
    expect(await referralStatus(lane.store, referral)).toMatchObject({ state: 'acknowledged', problem: null })
    expect(await lane.received()).toHaveLength(1)
  })
})

test('a pass rejects when the store does not answer, after the other referrals of the pass were settled', async () => {
  await using lane = await openLane()
  const [first, second] = [await authoriseReferral(lane.store), await authoriseReferral(lane.store)]
  const { outbox } = lane.store
  const failing: Forwarding['outbox'] = {
    lease: query => outbox.lease(query),
    settle: settling =>
      settling.id === first.id ? Promise.reject(new Error('gone')) : outbox.settle(settling),
  }
  await expect(lane.forward({ outbox: failing })).rejects.toThrow('gone')
  expect(await referralStatus(lane.store, first)).toMatchObject({ state: 'sent' })
  expect(await referralStatus(lane.store, second)).toMatchObject({ state: 'acknowledged' })
})
