import { Agent } from 'undici'
import { describe, expect, test } from 'vitest'
import { type ClientProof, clientCredentials } from '../../../src/adapters/portal/client-credentials.ts'
import { openRestPortal } from '../../../src/adapters/portal/rest-portal.ts'
import { type Delivering, deliverOnce } from '../../../src/services/deliver-once.ts'
import { type Answer, answering, startAnsweringServer } from '../../world/answering-server.ts'
import { makeSigningKey } from '../../world/make-certificates.ts'
import { clientSecret, startTokenServer, type TokenServer } from '../../world/token-server.ts'

const delivering: Delivering = {
  key: '8427da5a-537a-5f2f-b104-6d7e2d2f037e',
  body: new TextEncoder().encode('{}'),
  bodySha256: '',
  attempts: 1,
  wasInterrupted: false,
}
const accepted = answering(201, { reference: 'GS-2026-000123' })
const refused = answering(401, { title: 'The token is not known' })
const ec = makeSigningKey('ec')
const rsa = makeSigningKey('rsa')

interface Wish {
  readonly proof?: ClientProof
  readonly clientId?: string
  readonly tokenUrl?: string
  readonly resource?: string
  readonly scope?: string
  readonly now?: () => Temporal.Instant
}

async function tokensOf(server: TokenServer, wish: Wish = {}) {
  return clientCredentials({
    tokenUrl: server.tokenUrl,
    clientId: 'by-secret',
    proof: { kind: 'secret', secret: clientSecret },
    dispatcher: new Agent(),
    ...wish,
  })
}

/** A portal that takes who shows a token it accepts, and answers 401 to everybody else. */
function checking(accepts: (authorization: string) => Promise<boolean>): Answer {
  return async (response, asked) => {
    const answer = (await accepts(asked.headers.authorization ?? '')) ? accepted : refused
    answer(response, asked)
  }
}

async function deliver(
  server: TokenServer,
  wish: Wish,
  accepts: (authorization: string) => Promise<boolean>,
) {
  await using portal = await startAnsweringServer(checking(accepts))
  const connector = openRestPortal({ url: portal.url, token: await tokensOf(server, wish) })
  return { outcome: await deliverOnce(connector, delivering), asked: portal.asked.length }
}

describe('a token by client credentials', () => {
  test.each<[reason: string, clientId: string, proof: ClientProof, publicJwk: object | null]>([
    ['a secret', 'by-secret', { kind: 'secret', secret: clientSecret }, null],
    ['a key on the curve P-256', 'by-key', { kind: 'private-key', pem: ec.pem, keyId: 'ec-1' }, ec.publicJwk],
    ['an RSA key', 'by-key', { kind: 'private-key', pem: rsa.pem }, rsa.publicJwk],
  ])(
    'is given to who proves itself by %s, and the portal takes the referral',
    async (_how, clientId, proof, jwk) => {
      await using server = await startTokenServer(jwk)
      const { outcome } = await deliver(server, { clientId, proof }, each => server.accepts(each))
      expect(outcome).toEqual({ kind: 'acknowledged', reference: 'GS-2026-000123' })
    },
  )

  test('serves several referrals at once, and those after them', async () => {
    await using server = await startTokenServer()
    await using portal = await startAnsweringServer(accepted)
    const connector = openRestPortal({ url: portal.url, token: await tokensOf(server) })
    await Promise.all([1, 2, 3].map(() => deliverOnce(connector, delivering)))
    await deliverOnce(connector, delivering)
    expect(server.asked()).toBe(1)
  })

  test('is not shown once it has run out: another is asked for before anything is sent', async () => {
    await using server = await startTokenServer()
    let now = Temporal.Now.instant()
    const tokens = await tokensOf(server, { now: () => now })
    const first = await tokens.take(AbortSignal.timeout(5_000))
    now = now.add({ minutes: 11 })
    const second = await tokens.take(AbortSignal.timeout(5_000))
    expect([first.kind, second.kind]).toEqual(['token', 'token'])
    expect(second).not.toEqual(first)
  })

  test('that the portal revoked is replaced in the same attempt', async () => {
    await using server = await startTokenServer()
    const seen = new Set<string>()
    const { outcome, asked } = await deliver(server, {}, async each => {
      seen.add(each)
      return seen.size === 2
    })
    expect(outcome.kind).toBe('acknowledged')
    expect([asked, server.asked()]).toEqual([2, 2])
  })
})

describe('what stops the lane, in words', () => {
  test('a portal by whose clock every token has run out', async () => {
    await using server = await startTokenServer()
    const now = new Date(Date.now() + 3_600_000)
    const { outcome, asked } = await deliver(server, {}, each => server.accepts(each, { now }))
    expect(outcome).toEqual({
      kind: 'credentials',
      problem: 'The portal answered 401: it does not accept our credentials.',
    })
    expect(asked).toBe(2) // once more with a new token, and no more
  })

  test('a token for another audience', async () => {
    await using server = await startTokenServer()
    const resource = 'https://another.example'
    const { outcome } = await deliver(server, { resource }, each => server.accepts(each))
    expect(outcome.kind).toBe('credentials')
  })

  const proof: ClientProof = { kind: 'private-key', pem: ec.pem }
  test.each<[reason: string, wish: Wish, words: string]>([
    ['a wrong secret', { proof: { kind: 'secret', secret: 'the secret of yesterday' } }, '(invalid_client)'],
    ['a client that nobody knows', { clientId: 'nobody' }, '(invalid_client)'],
    [
      'a proof for another audience',
      { clientId: 'by-key', proof: { ...proof, audience: 'https://x.example' } },
      '(invalid_client)',
    ],
    [
      'a proof by another key',
      { clientId: 'by-key', proof: { ...proof, pem: makeSigningKey('ec').pem } },
      '(invalid_client)',
    ],
    [
      'our clock two hours slow',
      { clientId: 'by-key', proof, now: () => Temporal.Now.instant().subtract({ hours: 2 }) },
      'seconds behind the server',
    ],
    [
      'our clock two hours fast',
      { clientId: 'by-key', proof, now: () => Temporal.Now.instant().add({ hours: 2 }) },
      'seconds ahead of the server',
    ],
  ])('%s, and the portal is not asked', async (_reason, wish, words) => {
    await using server = await startTokenServer(ec.publicJwk)
    const { outcome, asked } = await deliver(server, wish, async () => true)
    expect(outcome).toMatchObject({ kind: 'credentials', problem: expect.stringContaining(words) })
    expect(asked).toBe(0)
  })

  test('a scope that we are not given is our own setting', async () => {
    await using token = await startAnsweringServer(answering(400, { error: 'invalid_scope' }))
    await using server = await startTokenServer()
    const { outcome, asked } = await deliver(server, { tokenUrl: token.url, scope: 'all' }, async () => true)
    expect(outcome).toMatchObject({
      kind: 'configuration',
      problem: expect.stringContaining('invalid_scope'),
    })
    expect(asked).toBe(0)
  })
})

describe('a token server that fails makes the referral wait', () => {
  test.each<[reason: string, answer: Answer]>([
    ['with 503', answering(503, { error: 'temporarily_unavailable' })],
    [
      'with a web page',
      response => void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Hi'),
    ],
    ['with a broken connection', response => void response.socket?.resetAndDestroy()],
  ])('%s', async (_reason, answer) => {
    await using failing = await startAnsweringServer(answer)
    await using server = await startTokenServer()
    const { outcome, asked } = await deliver(server, { tokenUrl: failing.url }, async () => true)
    expect(outcome).toMatchObject({ kind: 'later', problem: expect.stringContaining('token server') })
    expect(asked).toBe(0)
  })

  test('a token for longer than clocks can count is used like any other', async () => {
    await using tokens = await startAnsweringServer(
      answering(200, { access_token: 'a', token_type: 'bearer', expires_in: 1e18 }),
    )
    await using server = await startTokenServer()
    const { outcome } = await deliver(server, { tokenUrl: tokens.url }, async () => true)
    expect(outcome.kind).toBe('acknowledged')
  })

  test('where nobody listens', async () => {
    await using server = await startTokenServer()
    const gone = await startAnsweringServer(accepted)
    await gone[Symbol.asyncDispose]()
    const { outcome } = await deliver(server, { tokenUrl: gone.url }, async () => true)
    expect(outcome).toMatchObject({ kind: 'later', problem: expect.stringContaining('ECONNREFUSED') })
  })
})

test.each([
  ['no key at all', 'not a key'],
  [
    'an Ed25519 key',
    '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF\n-----END PRIVATE KEY-----',
  ],
])('%s is refused at the start, by the name of its setting', async (_reason, pem) => {
  await using server = await startTokenServer()
  await expect(tokensOf(server, { proof: { kind: 'private-key', pem } })).rejects.toThrow(
    'PORTAL_CLIENT_KEY_FILE',
  )
})
