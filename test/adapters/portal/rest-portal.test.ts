import { describe, expect, test } from 'vitest'
import type { PortalProfile } from '../../../src/adapters/portal/read-exchange.ts'
import { defaultProfile, openRestPortal } from '../../../src/adapters/portal/rest-portal.ts'
import { type Delivering, deliverOnce } from '../../../src/services/deliver-once.ts'
import {
  type Answer,
  answering,
  hanging,
  resetting,
  startAnsweringServer,
} from '../../world/answering-server.ts'

const body = new TextEncoder().encode('{"version":"wren.referral.v2","concerns":"Wears a £400 coat"}')
const id = '8427da5a-537a-5f2f-b104-6d7e2d2f037e'
const delivering: Delivering = { key: id, body, bodySha256: '', attempts: 1, wasInterrupted: false }
const accepted = answering(201, { reference: 'GS-2026-000123' })
const absent = answering(404, { title: 'No referral came under this key' })

/** Sends to a server that gives these answers, and tells what came of it and what the server was asked. */
async function sendTo(
  answers: readonly Answer[],
  { attempts = 1, profile = {} }: { attempts?: number; profile?: Partial<PortalProfile> } = {},
) {
  await using server = await startAnsweringServer(...answers)
  const portal = openRestPortal({
    url: `${server.url}/referrals/`,
    token: 'a-token',
    timeoutMs: 2_000,
    profile: { ...defaultProfile, ...profile },
  })
  const answer = await deliverOnce(portal, { ...delivering, attempts })
  return {
    answer,
    asked: server.asked,
    requests: server.asked.map(({ method, path }) => `${method} ${path}`),
  }
}

const post = 'POST /referrals'
const ask = `GET /referrals/by-key/${id}`

test('a referral travels as the same bytes under its key, with the token', async () => {
  const { asked } = await sendTo([accepted])
  expect(asked).toHaveLength(1)
  expect(asked[0]).toMatchObject({
    method: 'POST',
    path: '/referrals',
    body: new TextDecoder().decode(body),
    headers: {
      'idempotency-key': id,
      authorization: 'Bearer a-token',
      'content-type': 'application/json',
    },
  })
})

describe('an answer by the table', () => {
  test.each<[reason: string, answer: Answer, expected: object]>([
    ['200 with a reference', answering(200, { reference: 'R1' }), { kind: 'acknowledged', reference: 'R1' }],
    ['202 with a reference', answering(202, { reference: 'R1' }), { kind: 'acknowledged', reference: 'R1' }],
    [
      '400 with a reason',
      answering(400, { detail: 'Not our county' }),
      { kind: 'refused', problem: 'The portal says: Not our county' },
    ],
    [
      '400 without one',
      answering(400, {}),
      { kind: 'parked', problem: 'The portal answered 400 and gave no reason.' },
    ],
    ['404', answering(404, '<html>'), { kind: 'parked' }],
    ['302, not followed', answering(302, {}, { location: '/elsewhere' }), { kind: 'parked' }],
    [
      '401',
      answering(401, { detail: 'Asha Patel is not known' }),
      { kind: 'credentials', problem: 'The portal answered 401: it does not accept our credentials.' },
    ],
    ['403', answering(403, {}), { kind: 'credentials' }],
    ['408', answering(408, {}), { kind: 'later', retryAfterMs: null }],
    ['425', answering(425, {}), { kind: 'later' }],
    ['429', answering(429, {}, { 'retry-after': '7' }), { kind: 'later', retryAfterMs: 7_000 }],
    [
      '422 with a reason',
      answering(422, { detail: 'Key reused' }),
      { kind: 'parked', problem: 'The portal says: Key reused' },
    ],
    [
      '409, still working',
      answering(409, {}, { 'retry-after': '1' }),
      { kind: 'later', retryAfterMs: 1_000 },
    ],
  ])('%s is settled at once', async (_reason, answer, expected) => {
    const sent = await sendTo([answer])
    expect(sent.answer).toMatchObject(expected)
    expect(sent.requests).toEqual([post])
  })

  test.each<[reason: string, answer: Answer]>([
    ['500', answering(500, {})],
    ['503', answering(503, {})],
    [
      '200 with a web page',
      response => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Sign in'),
    ],
    ['204', response => response.writeHead(204).end()],
    [
      '200 with half a body',
      response => {
        response.writeHead(200, { 'content-length': '100' }).write('{"reference":"GS-2026')
        response.socket?.end()
      },
    ],
    [
      '200 with a body without end',
      response => response.writeHead(200).end(`{"reference":"${'x'.repeat(200_000)}"}`),
    ],
    ['200 that is not UTF-8', response => response.writeHead(200).end(Buffer.from([0x7b, 0xff, 0x7d]))],
    ['a reference for another key', answering(200, { reference: 'GS-2026-000123', key: 'another' })],
    ['a connection that breaks', resetting],
    ['no answer at all', hanging],
    ['a body that never ends', response => response.writeHead(200).write('{')],
  ])('%s is asked after, and the reference is learnt', async (_reason, answer) => {
    const sent = await sendTo([answer, answering(200, { reference: 'GS-2026-000007', key: id })])
    expect(sent.answer).toEqual({ kind: 'acknowledged', reference: 'GS-2026-000007' })
    expect(sent.requests).toEqual([post, ask])
  })
})

describe('an outcome nobody knows', () => {
  test('is tried later when the portal does not have it', async () => {
    const sent = await sendTo([answering(500, {}), absent])
    expect(sent.answer).toEqual({ kind: 'later', problem: 'The portal answered 500.', retryAfterMs: null })
  })

  test('is asked after before it is sent again', async () => {
    const sent = await sendTo([absent, accepted], { attempts: 2 })
    expect(sent.requests).toEqual([ask, post])
    expect(sent.answer).toMatchObject({ kind: 'acknowledged' })
  })

  test('is not sent again while the portal cannot say whether it has it', async () => {
    const sent = await sendTo([answering(500, {}), accepted], { attempts: 2 })
    expect(sent.requests).toEqual([ask])
    expect(sent.answer).toMatchObject({ kind: 'later' })
  })

  test('is sent again to a portal that cannot be asked after all but honours keys', async () => {
    const sent = await sendTo([answering(405, {}), accepted], { attempts: 2 })
    expect(sent.requests).toEqual([ask, post])
  })

  test.each<[reason: string, profile: Partial<PortalProfile>, answers: readonly Answer[], attempts: number]>([
    ['cannot be asked', { honoursKeys: false, answersByKey: false }, [resetting], 1],
    ['does not answer the question', { honoursKeys: false }, [answering(405, {})], 2],
  ])(
    'waits for a person where the portal forgets keys and %s',
    async (_reason, profile, answers, attempts) => {
      const sent = await sendTo(answers, { profile, attempts })
      expect(sent.answer).toMatchObject({ kind: 'parked', problem: expect.stringContaining('telephone') })
    },
  )

  test('keeps the wait that the portal named', async () => {
    const sent = await sendTo([answering(503, {}, { 'retry-after': '90' }), absent])
    expect(sent.answer).toMatchObject({ kind: 'later', retryAfterMs: 90_000 })
  })
})

describe('a portal whose 409 means that it has the referral', () => {
  const profile = { conflictMeans: 'received-already' } as const

  test('accepts with the reference beside it', async () => {
    const sent = await sendTo([answering(409, { reference: 'R9' })], { profile })
    expect(sent.answer).toEqual({ kind: 'acknowledged', reference: 'R9' })
  })

  test('is asked for the reference where there is none', async () => {
    const sent = await sendTo([answering(409, {}), answering(200, { reference: 'R9' })], { profile })
    expect(sent.answer).toEqual({ kind: 'acknowledged', reference: 'R9' })
  })

  test('leaves the reference to a person where it cannot be asked', async () => {
    const sent = await sendTo([answering(409, {})], { profile: { ...profile, answersByKey: false } })
    expect(sent.answer).toMatchObject({ kind: 'parked', problem: expect.stringContaining('Telephone') })
  })
})

describe('a portal that cannot be reached', () => {
  test('where nobody listens is tried later', async () => {
    const server = await startAnsweringServer(accepted)
    await server[Symbol.asyncDispose]()
    const portal = openRestPortal({ url: server.url, token: 'a-token' })
    expect(await deliverOnce(portal, delivering)).toEqual({
      kind: 'later',
      problem: 'The portal cannot be reached (ECONNREFUSED).',
      retryAfterMs: null,
    })
  })

  test('whose name is not known is tried later', async () => {
    const portal = openRestPortal({ url: 'http://portal.invalid/referrals', token: 'a-token' })
    expect(await deliverOnce(portal, delivering)).toMatchObject({ kind: 'later' })
  })

  test('over TLS that fails stops the lane', async () => {
    await using server = await startAnsweringServer(accepted)
    const portal = openRestPortal({ url: server.url.replace('http:', 'https:'), token: 'a-token' })
    expect(await deliverOnce(portal, delivering)).toMatchObject({
      kind: 'configuration',
      problem: expect.stringContaining('check its certificate'),
    })
    expect(server.asked).toEqual([])
  })
})

test.each(['', 'two words', 'line\nbreak', 'tökèn'])(
  'the token %j is refused before anything is sent',
  token => {
    expect(() => openRestPortal({ url: 'http://127.0.0.1', token })).toThrow('PORTAL_TOKEN')
  },
)
