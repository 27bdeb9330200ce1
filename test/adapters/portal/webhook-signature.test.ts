import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  readWebhookSecrets,
  signMessage,
  toleranceSeconds,
  verifySignature,
} from '../../../src/adapters/portal/webhook-signature.ts'

/** The example that the documents of Standard Webhooks and its libraries are tested with. */
const example = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  message: {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    timestamp: '1614265330',
    body: new TextEncoder().encode('{"test": 2432232314}'),
  },
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
}
const [secret] = readWebhookSecrets(example.secret) ?? []
const other = new Uint8Array(32).fill(7)
const signedAt = Temporal.Instant.fromEpochMilliseconds(1_614_265_330_000)

function verify(
  wishes: Partial<typeof example.message> & { readonly signature?: string } = {},
  { now = signedAt, secrets = [secret!] } = {},
) {
  return verifySignature({ ...example.message, signature: example.signature, ...wishes }, { secrets, now })
}

describe('the signature of a call-back', () => {
  test('is made as the standard makes it', () => {
    expect(signMessage(example.message, secret!)).toBe(example.signature)
    expect(verify()).toEqual({ kind: 'genuine' })
  })

  test.each<[reason: string, wishes: Parameters<typeof verify>[0]]>([
    ['another body', { body: new TextEncoder().encode('{"test": 2432232315}') }],
    ['another id', { id: 'msg_p5jXN8AQM9LWM0D4loKWxJel' }],
    ['another time', { timestamp: '1614265331' }],
    ['no id', { id: '' }],
    ['no time', { timestamp: '' }],
    ['a time in words', { timestamp: '1614265330 ' }],
    ['no signature', { signature: '' }],
    ['half a signature', { signature: example.signature.slice(0, 20) }],
    ['another kind of signature', { signature: example.signature.replace('v1', 'v1a') }],
    ['a header beyond any measure', { signature: `${example.signature} `.repeat(100) }],
    ['another secret', { signature: signMessage(example.message, other) }],
  ])('does not hold with %s', (_reason, wishes) => {
    expect(verify(wishes)).toEqual({ kind: 'forged' })
  })

  test('holds where one of several fits, as while a secret is changed at either side', () => {
    const both = `${signMessage(example.message, other)} ${example.signature}`
    expect(verify({ signature: both })).toEqual({ kind: 'genuine' })
    expect(verify({}, { secrets: [other, secret!] })).toEqual({ kind: 'genuine' })
  })

  test.each([
    [-toleranceSeconds - 1, 'not-now'],
    [-toleranceSeconds, 'genuine'],
    [toleranceSeconds, 'genuine'],
    [toleranceSeconds + 1, 'not-now'],
  ])('%i seconds off our clock it is %s', (seconds, kind) => {
    expect(verify({}, { now: signedAt.add({ seconds }) }).kind).toBe(kind)
  })

  test('says by how much the clocks differ only to who holds the secret', () => {
    const now = signedAt.add({ hours: 2 })
    expect(verify({}, { now })).toEqual({ kind: 'not-now', secondsOff: 7_200 })
    expect(verify({ signature: signMessage(example.message, other) }, { now })).toEqual({ kind: 'forged' })
  })

  test('agrees with a plain HMAC over id, time and body, whatever they hold', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.nat(), fc.uint8Array(), (id, seconds, body) => {
        const message = { id, timestamp: String(seconds), body }
        const over = Buffer.concat([Buffer.from(`${id}.${seconds}.`), body])
        expect(signMessage(message, other)).toBe(
          `v1,${createHmac('sha256', other).update(over).digest('base64')}`,
        )
      }),
    )
  })
})

describe('the file of secrets', () => {
  const line = Buffer.alloc(32, 1).toString('base64')
  test.each<[reason: string, text: string, secrets: number | null]>([
    ['one', line, 1],
    ['one with its prefix and an empty line', `whsec_${line}\n\n`, 1],
    ['two while it is changed', `${line}\nwhsec_${line}\n`, 2],
    ['three', `${line}\n`.repeat(3), null],
    ['nothing', '\n', null],
    ['one that is too short to be a secret', Buffer.alloc(23).toString('base64'), null],
    ['one that is too long', Buffer.alloc(65).toString('base64'), null],
    ['words', 'our secret of this year, please change', null],
  ])('with %s', (_reason, text, secrets) => {
    expect(readWebhookSecrets(text)?.length ?? null).toBe(secrets)
  })
})
