import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type CallBackDoor, openCallBackDoor } from '../../../src/adapters/portal/call-back-door.ts'
import { signMessage } from '../../../src/adapters/portal/webhook-signature.ts'
import type { Referral } from '../../../src/referral/referral.ts'
import { takeReport } from '../../../src/services/take-report.ts'
import { authoriseReferral } from '../../world/authorise-referral.ts'
import { openTestDatabase, type TestDatabase } from '../../world/database.ts'

const secret = new Uint8Array(32).fill(1)
const now = Temporal.Instant.from('2020-11-25T12:00:00Z')
const seconds = Math.floor(now.epochMilliseconds / 1_000)

describe('the door for call-backs', () => {
  let database: TestDatabase
  let door: CallBackDoor
  let referral: Referral
  let isStoreUp = true
  const heard: string[] = []
  let serial = 0

  beforeAll(async () => {
    database = await openTestDatabase()
    referral = await authoriseReferral(database.store)
    const { referrals } = database.store
    door = await openCallBackDoor({
      ...{ host: '127.0.0.1', port: 0, secrets: [secret], clock: { now: () => now } },
      take: report =>
        isStoreUp ? takeReport(referrals, { report, who: 'GET SAFE' }) : Promise.reject(new Error('gone')),
      hooks: {
        onTaken: taken => heard.push(taken),
        onRefused: refusal => heard.push(`refused: ${refusal}`),
        onFailure: () => heard.push('failed'),
      },
    })
  })
  afterAll(async () => {
    await door.stop()
    await database[Symbol.asyncDispose]()
  })
  afterEach(() => {
    isStoreUp = true
    heard.length = 0
  })

  const reportOf = (fields: object = {}) => ({
    ...{ id: `event ${++serial}`, key: referral.id, reference: 'GS-2026-000123' },
    ...{ at: '2020-11-25T11:00:00Z', status: 'acknowledged' },
    ...fields,
  })
  /** As a portal calls, or nearly so. */
  async function call(
    report: { readonly id: string } | string,
    wishes: { readonly timestamp?: number; readonly secret?: Uint8Array; readonly type?: string } = {},
  ) {
    const body = Buffer.from(typeof report === 'string' ? report : JSON.stringify(report))
    const id = typeof report === 'string' ? 'event 0' : report.id
    const timestamp = String(wishes.timestamp ?? seconds)
    const answer = await fetch(door.url, {
      method: 'POST',
      headers: {
        'content-type': wishes.type ?? 'application/json',
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': signMessage({ id, timestamp, body }, wishes.secret ?? secret),
      },
      body,
    })
    return { status: answer.status, headers: answer.headers, json: await answer.json() }
  }
  const state = async () => (await database.store.referrals.status(referral.id))?.state

  test('turns a stranger away before anything is read, and tells nothing of the referral', async () => {
    const strange = { secret: new Uint8Array(32).fill(2) }
    const known = await call(reportOf(), strange)
    const unknown = await call(reportOf({ key: '8427da5a-537a-5f2f-b104-6d7e2d2f037e' }), strange)
    expect(known.status).toBe(401)
    expect(known.json).toEqual(unknown.json)
    expect((await call('not even JSON', strange)).status).toBe(401)
    expect(heard).toEqual(Array(3).fill('refused: signature'))
    expect(await state()).toBe('queued')
  })

  test('turns a replay away once it is old, and names the difference of the clocks', async () => {
    const { status, json } = await call(reportOf(), { timestamp: seconds - 3_600 })
    expect([status, json.problem]).toEqual([401, expect.stringContaining('3600 seconds behind our clock')])
    const ahead = await call(reportOf(), { timestamp: seconds + 900 })
    expect(ahead.json.problem).toContain('900 seconds ahead of our clock')
    expect(heard).toEqual(['refused: clock', 'refused: clock'])
    expect(await state()).toBe('queued')
  })

  test.each<[reason: string, report: () => { id: string } | string, words: string]>([
    ['a status that it does not know', () => reportOf({ status: 'frozen' }), 'status cannot be read'],
    ['a refusal without its reason', () => reportOf({ status: 'declined' }), 'reason cannot be read'],
    ['no reference', () => reportOf({ reference: ' ' }), 'reference cannot be read'],
    ['a time that is none', () => reportOf({ at: '25/11/2026' }), 'at cannot be read'],
    ['a body that is no JSON', () => 'Kit Fernleigh is accepted', 'the body cannot be read'],
  ])('answers 422 to %s, names the field, and quotes nothing', async (_reason, report, words) => {
    const { status, json } = await call(report())
    expect([status, json.problem]).toEqual([422, expect.stringContaining(words)])
    expect(json.problem).not.toContain('Fernleigh')
    expect(heard).toEqual(['refused: unreadable'])
  })

  test('asks that the report has the name of its message', async () => {
    const body = JSON.stringify(reportOf())
    const { status, json } = await call(body)
    expect([status, json.problem]).toEqual([422, expect.stringContaining('webhook-id')])
  })

  test('takes no body beyond its measure, and no other type', async () => {
    expect((await call('x'.repeat(40_000))).status).toBe(413)
    expect((await call(reportOf(), { type: 'text/plain' })).status).toBe(415)
    expect((await fetch(new URL('/', door.url))).status).toBe(404)
    expect(heard).toEqual(['refused: too-large', 'refused: unreadable'])
  })

  test('asks to be called again while the store is away, and nothing is lost by that', async () => {
    const report = reportOf()
    isStoreUp = false
    const { status, headers } = await call(report)
    expect([status, headers.get('retry-after')]).toEqual([503, '10'])
    isStoreUp = true
    expect((await call(report)).json).toEqual({ result: 'saved' })
    expect(heard).toEqual(['failed', 'saved'])
    expect(await state()).toBe('acknowledged')
  })

  test('says so where Wren never sent such a referral', async () => {
    const { status, json } = await call(reportOf({ key: '8427da5a-537a-5f2f-b104-6d7e2d2f037e' }))
    expect([status, json.problem]).toEqual([404, expect.stringContaining('no referral under this key')])
    expect(heard).toEqual(['not-found'])
  })

  test('a report that comes twice, late, or after a newer one changes nothing more', async () => {
    const declined = reportOf({ status: 'declined', reason: 'Not our county', at: '2020-11-25T11:30:00Z' })
    expect((await call(declined)).json).toEqual({ result: 'saved' })
    expect((await call(declined, { timestamp: seconds + 60 })).json).toEqual({ result: 'known' })
    const older = reportOf({ status: 'accepted', at: '2020-11-25T11:10:00Z' })
    expect((await call(older)).json).toEqual({ result: 'unchanged' })
    expect(await state()).toBe('declined')
    const newer = reportOf({ status: 'accepted', at: '2020-11-25T11:40:00Z' })
    expect((await call(newer)).json).toEqual({ result: 'saved' })
    expect(await state()).toBe('accepted')
    expect(await database.store.referrals.status(referral.id)).toMatchObject({ problem: null })
  })

  test('what is told of a cancelled referral is kept, and brings nothing back', async () => {
    const { id } = await authoriseReferral(database.store)
    const audit = { at: '2020-11-25T11:00:00Z', who: 'asha.patel', role: 'nurse', did: 'cancelled' } as const
    await database.store.referrals.move({
      ...{ id, move: 'cancel', evidence: { reason: 'Entered twice' } },
      audit: { ...audit, what: id, why: null },
    })
    expect((await call(reportOf({ key: id, status: 'accepted' }))).json).toEqual({ result: 'saved' })
    expect(await database.store.referrals.status(id)).toMatchObject({
      state: 'cancelled',
      portalReference: 'GS-2026-000123',
    })
  })
})
