import { describe, expect, test } from 'vitest'
import { withBreaker, withDryRun, withSwitch } from '../../../src/adapters/portal/guards.ts'
import { openRestPortal } from '../../../src/adapters/portal/rest-portal.ts'
import type { Connector } from '../../../src/services/connector-port.ts'
import { deliverOnce } from '../../../src/services/deliver-once.ts'
import { type Answer, answering, startAnsweringServer } from '../../world/answering-server.ts'

const accepted = answering(201, { reference: 'GS-2026-000123' })
const absent = answering(404, { title: 'No referral came under this key' })
const failing = answering(503, { title: 'Down' })
/** Takes a `POST` and knows nothing by key. */
const taking: Answer = (response, asked) => (asked.method === 'POST' ? accepted : absent)(response, asked)

function send(connector: Connector, attempts = 1) {
  const body = new TextEncoder().encode('{}')
  const key = '8427da5a-537a-5f2f-b104-6d7e2d2f037e'
  return deliverOnce(connector, { key, body, bodySha256: '', attempts, wasInterrupted: false })
}

test.each([1, 2])(
  'the switch stops attempt %i in words, and lets it go when it is lifted',
  async attempts => {
    await using server = await startAnsweringServer(taking)
    let reason: string | null = 'Sending is switched off.'
    const portal = withSwitch(openRestPortal({ url: server.url, token: 'a-token' }), async () => reason)
    expect(await send(portal, attempts)).toEqual({
      kind: 'configuration',
      problem: 'Sending is switched off.',
    })
    expect(server.asked).toEqual([])
    reason = null
    expect(await send(portal, attempts)).toMatchObject({ kind: 'acknowledged' })
  },
)

describe('a dry run', () => {
  test.each([1, 2])('posts nothing on attempt %i, and says whether sending would work', async attempts => {
    await using server = await startAnsweringServer(taking)
    const portal = withDryRun(openRestPortal({ url: server.url, token: 'a-token' }))
    expect(await send(portal, attempts)).toMatchObject({
      kind: 'configuration',
      problem: expect.stringContaining('sending would work'),
    })
    expect(server.asked.map(({ method }) => method)).toEqual(['GET'])
  })

  test('finds a token that is not accepted', async () => {
    await using server = await startAnsweringServer(answering(401, {}))
    const portal = withDryRun(openRestPortal({ url: server.url, token: 'a-token' }))
    expect(await send(portal)).toMatchObject({
      problem: expect.stringContaining('does not accept our credentials'),
    })
  })
})

describe('the breaker', () => {
  test('leaves a failing receiver alone, tries once after the pause, and closes when it is well', async () => {
    let now = 0
    let answer: Answer = failing
    await using server = await startAnsweringServer((response, asked) => answer(response, asked))
    const portal = withBreaker(openRestPortal({ url: server.url, token: 'a-token' }), {
      failuresMax: 4,
      pauseMs: 30_000,
      now: () => now,
    })
    await send(portal)
    expect(await send(portal)).toMatchObject({ kind: 'later' })
    const before = server.asked.length
    expect(await send(portal)).toMatchObject({ kind: 'later', retryAfterMs: 30_000 })
    expect(server.asked).toHaveLength(before)
    now = 30_000
    expect(await send(portal)).toMatchObject({ kind: 'later' }) // one request, and it is open again
    expect(server.asked).toHaveLength(before + 1)
    now = 60_000
    answer = taking
    expect(await send(portal, 2)).toMatchObject({ kind: 'acknowledged' })
    expect(await Promise.all([send(portal), send(portal)])).toMatchObject([
      { kind: 'acknowledged' },
      { kind: 'acknowledged' },
    ])
  })

  test('does not open for a receiver that says when to come again, nor for refusals', async () => {
    await using server = await startAnsweringServer(answering(429, {}, { 'retry-after': '1' }))
    const portal = withBreaker(openRestPortal({ url: server.url, token: 'a-token' }), {
      failuresMax: 1,
      now: () => 0,
    })
    await send(portal)
    await send(portal)
    expect(server.asked).toHaveLength(2)
  })
})
