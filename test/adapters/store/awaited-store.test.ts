import { afterAll, beforeAll, expect, test } from 'vitest'
import { authoriseReferral } from '../../world/authorise-referral.ts'
import { openTestDatabase, type TestDatabase } from '../../world/database.ts'

let database: TestDatabase
let sql: Awaited<ReturnType<TestDatabase['connect']>>
let id: string

beforeAll(async () => {
  database = await openTestDatabase()
  sql = await database.connect()
  ;({ id } = await authoriseReferral(database.store))
})
afterAll(() => database[Symbol.asyncDispose]())

const take = (wishes: { limit?: number; days?: number; destinations?: readonly 'get-safe'[] } = {}) =>
  database.store.awaited.takeDue({ destinations: ['get-safe'], limit: 10, days: 30, ...wishes })
/** As if it had come into this state so long ago, and nobody had been asked since. */
const set = (state: string, ago: string) =>
  sql.query(
    'update outbox set state = $1, state_since = now() - $2::interval, next_look_at = null, next_review = null',
    [state, ago],
  )
const secondsToNext = async () =>
  Number(
    (await sql.query('select extract(epoch from next_look_at - now()) as seconds from outbox')).rows[0]
      .seconds,
  )

test.each([
  ['queued', []],
  ['sent', []],
  ['delivered', ['due']],
  ['acknowledged', ['due']],
  ['accepted', ['due']],
  ['outcome', ['due']],
  ['declined', []],
  ['failed', []],
  ['stepped-down', []],
  ['cancelled', []],
])('of a referral that is %s the receiver is asked: %j', async (state, due) => {
  await set(state, '1 hour')
  expect((await take()).map(() => 'due')).toEqual(due)
})

test('nobody is asked in the first half minute, and a receiver without a connection never', async () => {
  await set('delivered', '20 seconds')
  expect(await take()).toEqual([])
  await set('delivered', '40 seconds')
  expect(await take({ destinations: [] })).toEqual([])
  expect(await take()).toEqual([{ id, destination: 'get-safe' }])
})

test.each([
  ['1 minute', 20, 40],
  ['8 hours', 5_400, 9_000],
  ['20 days', 16_200, 27_000],
])('after %s without news it is asked again in %i to %i seconds', async (ago, from, to) => {
  await set('acknowledged', ago)
  expect(await take()).toHaveLength(1)
  expect(await secondsToNext()).toBeGreaterThan(from)
  expect(await secondsToNext()).toBeLessThanOrEqual(to)
  expect(await take()).toEqual([])
})

test('the asking ends by the clock, and goes on to the day of the next review', async () => {
  await set('outcome', '31 days')
  expect(await take()).toEqual([])
  await sql.query("update outbox set next_review = now() + interval '3 days'")
  expect(await take()).toHaveLength(1)
})

test('two who ask at once take different referrals, and whoever moves on is asked soon', async () => {
  await set('delivered', '1 day')
  const taken = await Promise.all([take(), take()])
  expect(taken.flat()).toHaveLength(1)
  const report = { id, reportId: 'event 1', who: 'GET SAFE' }
  const moves = [{ move: 'acknowledge', evidence: { reference: 'GS-1' } }] as const
  expect(await database.store.referrals.report({ ...report, moves })).toBe('saved')
  const { rows } = await sql.query('select next_look_at from outbox')
  expect(rows).toEqual([{ next_look_at: null }])
})
