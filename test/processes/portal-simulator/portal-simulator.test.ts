import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { moodNames } from '../../../src/processes/portal-simulator/moods.ts'
import {
  type PortalSimulator,
  startPortalSimulator,
} from '../../../src/processes/portal-simulator/start-portal-simulator.ts'
import { makeReferral } from '../../world/make-referral.ts'

let folder: string
let file: string
let simulator: PortalSimulator

const start = (): Promise<PortalSimulator> =>
  startPortalSimulator({
    host: '127.0.0.1',
    port: 0,
    dataFile: file,
    now: () => Temporal.Instant.from('2026-11-21T09:30:00Z'),
  })

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wren-simulator-'))
  file = join(folder, 'portal', 'received.json')
  simulator = await start()
})

afterEach(async () => {
  await simulator.stop()
  await rm(folder, { recursive: true })
})

const referral = makeReferral()
const good = {
  authorization: 'Bearer portal-simulator',
  'idempotency-key': referral.id,
  'content-type': 'application/json',
}

async function post(
  headers: Record<string, string>,
  body: Uint8Array<ArrayBuffer> | string = new Uint8Array(referral.body),
) {
  const response = await fetch(simulator.referralsUrl, { method: 'POST', headers, body })
  return { status: response.status, headers: response.headers, json: await response.json().catch(() => null) }
}

async function get(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${simulator.url}${path}`, { headers })
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() }
}

function setMood(mood: object): Promise<Response> {
  return fetch(`${simulator.url}/simulator/mood`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(mood),
  })
}

/** The referral with one field changed, under the same key. */
function changed(change: (json: Record<string, unknown>) => void): string {
  const json = JSON.parse(new TextDecoder().decode(referral.body))
  change(json)
  return JSON.stringify(json)
}

describe('the simulated portal', () => {
  test('answers a referral with a reference of the year and a running number', async () => {
    const answer = await post(good)
    expect(answer.status).toBe(201)
    expect(answer.json).toEqual({
      reference: 'GS-2026-000001',
      key: referral.id,
      receivedAt: '2026-11-21T09:30:00.000Z',
    })
  })

  test('answers a repeat with the same reference, as something it had', async () => {
    const first = await post(good)
    const repeat = await post(good)
    expect(repeat.status).toBe(200)
    expect(repeat.json).toEqual(first.json)
  })

  const { 'idempotency-key': _key, ...withoutKey } = good
  const { authorization: _token, ...withoutToken } = good

  test.each<[reason: string, headers: Record<string, string>, body: string | undefined, status: number]>([
    ['no key', withoutKey, undefined, 400],
    ['a key that is too long', { ...good, 'idempotency-key': 'x'.repeat(256) }, undefined, 400],
    ['no token', withoutToken, undefined, 401],
    ['another token', { ...good, authorization: 'Bearer portal-simulatox' }, undefined, 401],
    ['another content type', { ...good, 'content-type': 'text/plain' }, undefined, 415],
    ['a body that is too long', good, 'x'.repeat(1_100_000), 413],
    ['no JSON', good, '{"version"', 422],
    ['bytes that are nothing', good, '', 422],
  ])('refuses %s and keeps nothing', async (_reason, headers, body, status) => {
    expect((await post(headers, body)).status).toBe(status)
    expect(JSON.parse((await get('/simulator/received')).text)).toEqual({ received: [] })
  })

  test.each<[field: string, change: (json: Record<string, unknown>) => void]>([
    ['concerns', json => delete json.concerns],
    ['version', json => Object.assign(json, { version: 'wren.referral.v3' })],
    ['id', json => Object.assign(json, { id: makeReferral().id })],
    ['child.birthDate', json => Object.assign(json.child ?? {}, { birthDate: '30/05/2011' })],
    [
      'consent.reason',
      json => Object.assign(json, { consent: { asked: 'refused', reason: '', lawfulBasis: null } }),
    ],
    ['parents.reason', json => Object.assign(json, { parents: { informed: false, reason: '' } })],
    ['body', json => Object.assign(json, { notes: ['a note that must not travel'] })],
  ])('names the field %s when it cannot be read', async (field, change) => {
    const answer = await post(good, changed(change))
    expect(answer.status).toBe(422)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(answer.json.problems.map((problem: { field: string }) => problem.field)).toEqual([field])
  })

  test('refuses another referral under a key that was used', async () => {
    await post(good)
    const answer = await post(
      good,
      changed(json => Object.assign(json, { concerns: 'Something else altogether.' })),
    )
    expect(answer).toMatchObject({ status: 422, json: { title: expect.stringContaining('used before') } })
  })

  test('tells by key what it has, and only to who holds the token', async () => {
    const path = `/referrals/by-key/${referral.id}`
    expect((await get(path, good)).status).toBe(404)
    await post(good)
    expect(JSON.parse((await get(path, good)).text)).toMatchObject({ reference: 'GS-2026-000001' })
    expect((await get(path)).status).toBe(401)
  })
})

describe('what the simulator decides', () => {
  const byKey = async (key: string) => JSON.parse((await get(`/referrals/by-key/${key}`, good)).text)
  const decide = (fields: Record<string, string>, reference = 'GS-2026-000001') =>
    fetch(`${simulator.url}/meeting/${reference}`, {
      ...{ method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' },
    })

  test('is told by key, after the acknowledgement, and is there after a restart', async () => {
    await post(good)
    expect((await decide({ decision: 'declined', reason: 'Not our county' })).status).toBe(303)
    await simulator.stop()
    simulator = await start()
    const said = { key: referral.id, reference: 'GS-2026-000001' }
    expect(await byKey(referral.id)).toEqual({
      ...said,
      receivedAt: '2026-11-21T09:30:00.000Z',
      reports: [
        { ...said, id: 'GS-2026-000001-0', at: '2026-11-21T09:30:00.000Z', status: 'acknowledged' },
        {
          ...{ ...said, id: 'GS-2026-000001-1', at: '2026-11-21T09:30:00.000Z' },
          ...{ status: 'declined', reason: 'Not our county' },
        },
      ],
    })
  })

  test('gives a receipt first and the reference later, when it is told to acknowledge late', async () => {
    await setMood({ mood: 'acknowledge-late', times: 1 })
    const answer = await post(good)
    expect([answer.status, answer.json.reference]).toEqual([202, null])
    expect(answer.json.receipt).toMatch(/^in 2026/)
    expect(await byKey(referral.id)).toMatchObject({ reference: null, reports: [] })
    const repeat = await post(good)
    expect([repeat.status, repeat.json.receipt]).toEqual([202, answer.json.receipt])
  })

  test.each<[reason: string, fields: Record<string, string>]>([
    ['nothing', {}],
    ['a refusal without a reason', { decision: 'declined' }],
    [
      'a pathway of no colour',
      { decision: 'pathway-set', pathway: 'blue', reason: 'x', meetingDay: '2026-11-25' },
    ],
    [
      'a review before the meeting',
      {
        ...{ decision: 'pathway-set', pathway: 'red', reason: 'x' },
        ...{ meetingDay: '2026-11-25', nextReview: '2026-11-01' },
      },
    ],
    [
      'a step down of what is on no pathway',
      { decision: 'stepped-down', reason: 'x', meetingDay: '2026-11-25' },
    ],
  ])('is asked again after %s', async (_reason, fields) => {
    await post(good)
    expect((await decide(fields)).status).toBe(422)
    expect((await byKey(referral.id)).reports).toHaveLength(1)
    expect((await decide({ decision: 'accepted' }, 'GS-1999-000001')).status).toBe(404)
  })

  test('closes the referral that a later one names, and those before it of the same attendance', async () => {
    const [second, third] = [2, 3].map(revision => makeReferral({ flagId: 'flag-again', revision }))
    await post(good)
    const later = changed(json => Object.assign(json, { id: third!.id, revision: 3, supersedes: second!.id }))
    expect((await post({ ...good, 'idempotency-key': third!.id }, later)).status).toBe(201)
    const { received } = JSON.parse((await get('/simulator/received')).text)
    // The second never arrived, and still the first is closed.
    expect(received.map((each: { supersededBy: string | null }) => each.supersededBy)).toEqual([
      null,
      third!.id,
    ])
    expect((await decide({ decision: 'accepted' })).status).toBe(422)
  })
})

describe('what the simulator received', () => {
  test('is there after a restart, and the numbers go on', async () => {
    await post(good)
    await simulator.stop()
    simulator = await start()
    const next = makeReferral()
    expect((await post(good)).json.reference).toBe('GS-2026-000001')
    const second = await post({ ...good, 'idempotency-key': next.id }, new Uint8Array(next.body))
    expect(second.json.reference).toBe('GS-2026-000002')
  })

  test('is one whole file, with nothing left beside it', async () => {
    const many = Array.from({ length: 20 }, () => makeReferral())
    await Promise.all(
      many.map(each => post({ ...good, 'idempotency-key': each.id }, new Uint8Array(each.body))),
    )
    const kept = JSON.parse(await readFile(file, 'utf8'))
    expect(new Set(kept.received.map(({ key }: { key: string }) => key))).toEqual(
      new Set(many.map(({ id }) => id)),
    )
    expect(await readdir(join(folder, 'portal'))).toEqual(['received.json'])
  })

  test('is never written over when the file is not the simulator’s', async () => {
    await writeFile(join(folder, 'other.json'), '{"received":7}')
    const started = startPortalSimulator({ host: '127.0.0.1', port: 0, dataFile: join(folder, 'other.json') })
    await expect(started).rejects.toThrow('other.json is no file of the portal simulator: move it away')
    expect(await readFile(join(folder, 'other.json'), 'utf8')).toBe('{"received":7}')
  })

  test('is not acknowledged when it could not be written', async () => {
    await rm(join(folder, 'portal'), { recursive: true, force: true })
    await writeFile(join(folder, 'portal'), 'a file where the folder should be')
    expect((await post(good)).status).toBe(500)
    expect((await get(`/referrals/by-key/${referral.id}`, good)).status).toBe(404)
    await rm(join(folder, 'portal'))
    expect((await post(good)).json).toMatchObject({ reference: 'GS-2026-000001' })
  })
})

describe('the mood of the simulator', () => {
  test('lasts for as many requests as it was told', async () => {
    await setMood({ mood: 'down', times: 2 })
    const statuses = [await post(good), await post(good), await post(good)].map(({ status }) => status)
    expect(statuses).toEqual([503, 503, 201])
  })

  test('lasts until it is changed where no number was told', async () => {
    await setMood({ mood: 'rate-limit' })
    expect((await post(good)).headers.get('retry-after')).toBe('5')
    expect((await post(good)).status).toBe(429)
    await setMood({ mood: 'well' })
    expect((await post(good)).status).toBe(201)
  })

  test.each([{ mood: 'cross' }, { mood: 'toString' }, { mood: 'down', times: 0 }, { times: 3 }])(
    '%j is no mood and changes nothing',
    async mood => {
      expect((await setMood(mood)).status).toBe(400)
      expect((await post(good)).status).toBe(201)
    },
  )

  test.each(moodNames)('%s can be chosen on the page', async mood => {
    const response = await fetch(`${simulator.url}/simulator/mood`, {
      method: 'POST',
      body: new URLSearchParams({ mood, times: '' }),
    })
    expect(await response.text()).toMatch(new RegExp(`value="${mood}"[^>]* checked`))
  })

  test('stays as it was when the page sends a number that is none, and says so', async () => {
    const response = await fetch(`${simulator.url}/simulator/mood`, {
      method: 'POST',
      body: new URLSearchParams({ mood: 'down', times: 'many' }),
    })
    expect(await response.text()).toContain('Nothing changed.')
    expect((await post(good)).status).toBe(201)
  })
})

describe('the page of the simulator', () => {
  test('shows what arrived, newest first, with reference, key, time, nurse and concern', async () => {
    const next = makeReferral({ concerns: 'Second concern, written as <b>it</b> was.' })
    await post(good)
    await post({ ...good, 'idempotency-key': next.id }, new Uint8Array(next.body))
    const { text } = await get('/')
    expect(text.indexOf('GS-2026-000002')).toBeLessThan(text.indexOf('GS-2026-000001'))
    for (const words of [next.id, 'Asha Patel', '21 November 2026 at 9:30am', 'Second concern, written as']) {
      expect(text).toContain(words)
    }
    expect(text).toContain('&lt;b&gt;it&lt;/b&gt;')
  })

  test('says that its people are invented', async () => {
    expect((await get('/')).text).toContain('Portal simulator: invented people only.')
  })

  test('shows one referral in full, with every answer of the form', async () => {
    await post(good)
    const { status, text } = await get('/received/GS-2026-000001')
    expect(status).toBe(200)
    for (const words of [
      'Knife shown to him',
      'Close to his grandmother',
      'Asked, and given',
      'High',
      'RWP',
    ]) {
      expect(text).toContain(words)
    }
  })

  test('answers a reference it does not know in words', async () => {
    const { status, text } = await get('/received/GS-2026-999999')
    expect(status).toBe(404)
    expect(text).toContain('No such referral')
  })
})
