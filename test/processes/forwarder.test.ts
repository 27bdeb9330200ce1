import { expect, test } from 'vitest'
import { openRestPortal } from '../../src/adapters/portal/rest-portal.ts'
import { type ForwarderSettings, startForwarder } from '../../src/processes/forwarder.ts'
import type { Connector } from '../../src/services/connector-port.ts'
import { answering, hanging, startAnsweringServer } from '../world/answering-server.ts'
import { authoriseReferral, referralStatus } from '../world/authorise-referral.ts'
import { openTestDatabase } from '../world/database.ts'

const accepted = answering(201, { reference: 'GS-2026-000123' })
const settings = { random: () => 0.5, pollMs: 10 } satisfies Partial<ForwarderSettings>

function portalAt(url: string): Connector {
  return openRestPortal({ url, token: 'a-token' })
}

test('a forwarder delivers what is authorised before and after it starts', async () => {
  await using database = await openTestDatabase()
  await using server = await startAnsweringServer(accepted)
  const { outbox } = database.store
  const before = await authoriseReferral(database.store)
  const forwarder = startForwarder({ ...settings, outbox, connectorFor: () => portalAt(server.url) })
  const after = await authoriseReferral(database.store)
  const states = () =>
    Promise.all([before, after].map(async each => (await referralStatus(database.store, each)).state))
  await expect.poll(states, { timeout: 20_000 }).toEqual(['acknowledged', 'acknowledged'])
  await forwarder.stop()
  await forwarder.finished
})

test('stopping ends what is on its way and puts it back', async () => {
  await using database = await openTestDatabase()
  await using server = await startAnsweringServer(hanging)
  const { outbox } = database.store
  const referral = await authoriseReferral(database.store)
  const forwarder = startForwarder({ ...settings, outbox, connectorFor: () => portalAt(server.url) })
  await expect.poll(() => server.asked.length, { timeout: 20_000 }).toBe(1)
  await forwarder.stop()
  expect(await referralStatus(database.store, referral)).toMatchObject({ state: 'queued' })
})

test('refused credentials stop the lane: what else is due is not sent', async () => {
  await using database = await openTestDatabase()
  await using server = await startAnsweringServer(answering(401, {}))
  const { outbox } = database.store
  for (const _ of [1, 2, 3]) await authoriseReferral(database.store)
  const stopped: string[] = []
  const told = Promise.withResolvers<void>()
  const forwarder = startForwarder({
    ...settings,
    outbox,
    connectorFor: () => portalAt(server.url),
    limit: 1,
    onLaneStopped: problem => {
      stopped.push(problem)
      told.resolve()
    },
  })
  await told.promise
  await forwarder.stop()
  expect(stopped).toEqual(['The portal answered 401: it does not accept our credentials.'])
  expect(server.asked).toHaveLength(1)
})

test('a lane that was stopped is tried again', async () => {
  await using database = await openTestDatabase()
  await using server = await startAnsweringServer(answering(401, {}), accepted)
  const { outbox } = database.store
  const referrals = [await authoriseReferral(database.store), await authoriseReferral(database.store)]
  const forwarder = startForwarder({
    ...settings,
    outbox,
    connectorFor: () => portalAt(server.url),
    limit: 1,
    laneStopMs: 10,
  })
  const delivered = async () =>
    (await Promise.all(referrals.map(each => referralStatus(database.store, each)))).filter(
      ({ state }) => state === 'acknowledged',
    )
  await expect.poll(delivered, { timeout: 20_000 }).toHaveLength(1)
  await forwarder.stop()
})

test('a store that does not answer is reported, and the forwarder goes on', async () => {
  await using database = await openTestDatabase()
  await using server = await startAnsweringServer(accepted)
  const { outbox } = database.store
  const referral = await authoriseReferral(database.store)
  const failures: unknown[] = []
  let leases = 0
  const forwarder = startForwarder({
    ...settings,
    connectorFor: () => portalAt(server.url),
    outbox: {
      settle: settling => outbox.settle(settling),
      lease: query =>
        ++leases < 3 ? Promise.reject(new Error('the database is starting up')) : outbox.lease(query),
    },
    onStoreFailure: error => failures.push(error),
  })
  const state = async () => (await referralStatus(database.store, referral)).state
  await expect.poll(state, { timeout: 20_000 }).toBe('acknowledged')
  await forwarder.stop()
  expect(failures).toHaveLength(2)
})

test('a bug ends the forwarder: it is never tried again', async () => {
  await using server = await startAnsweringServer(accepted)
  const forwarder = startForwarder({
    ...settings,
    connectorFor: () => portalAt(server.url),
    outbox: {
      lease: () => Promise.reject(new TypeError('rows is undefined')),
      settle: () => Promise.resolve(true),
    },
  })
  await expect(forwarder.finished).rejects.toThrow('rows is undefined')
})
