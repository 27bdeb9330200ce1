import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openRestPortal } from '../../src/adapters/portal/rest-portal.ts'
import { type AskingSettings, startAsking } from '../../src/processes/asking.ts'
import type { Asking } from '../../src/services/ask-receivers.ts'
import { byHand } from '../../src/services/by-hand.ts'
import { answering, startAnsweringServer } from '../world/answering-server.ts'
import { authoriseReferral } from '../world/authorise-referral.ts'
import { openTestDatabase, type TestDatabase } from '../world/database.ts'

let database: TestDatabase
let sql: Awaited<ReturnType<TestDatabase['connect']>>

beforeAll(async () => {
  database = await openTestDatabase()
  sql = await database.connect()
})
afterEach(() => sql.query("update outbox set state = 'cancelled'"))
afterAll(() => database[Symbol.asyncDispose]())

/** A referral that the portal has, of which more is awaited. */
async function delivered() {
  const { id } = await authoriseReferral(database.store)
  await sql.query("update outbox set state = 'delivered', next_look_at = now() where referral_id = $1", [id])
  return id
}

/** Asks a portal at this address until it is told to stop, and keeps what it was told. */
function ask(url: string, wishes: Partial<AskingSettings> = {}) {
  const asked: Asking[] = []
  const connector = openRestPortal({ url, token: 'a-token' })
  const asking = startAsking({
    ...database.store,
    ...{ connectorFor: () => connector, days: 30, pollMs: 10, laneStopMs: 60_000, limit: 1 },
    onAsked: each => asked.push(each),
    ...wishes,
  })
  return { asked, ...asking }
}
const stateOf = async (id: string) => (await database.store.referrals.status(id))?.state

test('a portal that denies having a referral moves nothing, and is heard', async () => {
  await using server = await startAnsweringServer(answering(404, { title: 'None came under this key' }))
  const id = await delivered()
  const { asked, stop } = ask(server.url)
  await expect
    .poll(() => asked, { timeout: 20_000 })
    .toEqual([{ id, told: 'absent', taken: [], problem: null }])
  await stop()
  expect(await stateOf(id)).toBe('delivered')
  expect(server.asked.map(({ method, path }) => `${method} ${path}`)).toEqual([`GET /by-key/${id}`])
})

test('a reference that a portal only tells when it is asked is taken in, once', async () => {
  const reference = 'GS-2026-000123'
  await using server = await startAnsweringServer(answering(200, { reference }))
  const id = await delivered()
  const { asked, stop } = ask(server.url)
  await expect
    .poll(() => asked, { timeout: 20_000 })
    .toMatchObject([{ told: 'acknowledged', taken: ['saved'] }])
  await sql.query('update outbox set next_look_at = now() where referral_id = $1', [id])
  await expect.poll(() => asked, { timeout: 20_000 }).toMatchObject([{}, { told: 'acknowledged', taken: [] }])
  await stop()
  expect(await database.store.referrals.status(id)).toMatchObject({
    state: 'acknowledged',
    portalReference: reference,
  })
})

test('refused credentials stop the asking for a while: what else is due is not asked', async () => {
  await using server = await startAnsweringServer(answering(401, {}))
  for (const _ of [1, 2, 3]) await delivered()
  const { asked, stop } = ask(server.url)
  await expect.poll(() => asked, { timeout: 20_000 }).toMatchObject([{ told: 'credentials' }])
  await stop()
  expect(server.asked).toHaveLength(1)
})

test('a receiver to whom nurses carry referrals is never asked, and its referrals are not taken', async () => {
  const id = await delivered()
  const { asked, stop } = ask('http://127.0.0.1:9', { connectorFor: () => byHand('GET SAFE') })
  await new Promise(resolve => setTimeout(resolve, 100))
  await stop()
  expect(asked).toEqual([])
  const { rows } = await sql.query('select next_look_at <= now() as due from outbox where referral_id = $1', [
    id,
  ])
  expect(rows).toEqual([{ due: true }])
})

test('a store that does not answer is reported, and the asking goes on', async () => {
  await using server = await startAnsweringServer(answering(200, { reference: 'GS-1' }))
  const id = await delivered()
  const failures: unknown[] = []
  const { stop } = ask(server.url, {
    awaited: {
      takeDue: query =>
        failures.length < 2
          ? Promise.reject(new Error('the database is starting up'))
          : database.store.awaited.takeDue(query),
    },
    onStoreFailure: error => failures.push(error),
  })
  await expect.poll(() => stateOf(id), { timeout: 20_000 }).toBe('acknowledged')
  await stop()
  expect(failures).toHaveLength(2)
})

test('a bug ends the asking: it is never tried again', async () => {
  const { finished } = ask('http://127.0.0.1:9', {
    awaited: { takeDue: () => Promise.reject(new TypeError('rows is undefined')) },
  })
  await expect(finished).rejects.toThrow('rows is undefined')
})
