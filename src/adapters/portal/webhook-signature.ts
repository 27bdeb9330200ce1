import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * The signature of a call-back, by the open specification Standard Webhooks (standardwebhooks.com, 1.0.0), for which
 * portals find libraries in most languages:
 *
 *   webhook-id         names the message: the same each time it is sent again
 *   webhook-timestamp  seconds since 1970 when this attempt was signed
 *   webhook-signature  v1,BASE64 …    one or several, separated by spaces; one that fits is enough
 *   BASE64           = HMAC-SHA256 with the secret over   id "." timestamp "." body, byte for byte
 *   secret           = whsec_BASE64, of 24 to 64 bytes
 */
export interface SignedMessage {
  readonly id: string
  readonly timestamp: string
  readonly body: Uint8Array
}

export interface ShownSignature extends SignedMessage {
  readonly signature: string
}

export type Verdict =
  | { readonly kind: 'genuine' }
  | { readonly kind: 'forged' }
  /** Rightly signed, and too far from our clock: replayed, or one of the clocks is wrong. */
  | { readonly kind: 'not-now'; readonly secondsOff: number }

/** An attempt may be so old, or so far ahead. Within this time a repeat is told by its id, and changes nothing. */
export const toleranceSeconds = 300

/** Headers that are longer are nobody's: they are not even compared. */
const headerLengthMax = 1_000

/** The time is looked at last, so that a clock that is wrong is told from a stranger. */
export function verifySignature(
  shown: ShownSignature,
  { secrets, now }: { readonly secrets: readonly Uint8Array[]; readonly now: Temporal.Instant },
): Verdict {
  const { id, timestamp, signature } = shown
  const isReadable = /^\d{1,12}$/.test(timestamp) && id !== '' && signature.length <= headerLengthMax
  if (!isReadable || id.length > headerLengthMax) return { kind: 'forged' }
  const given = signature.split(' ').flatMap(part => /^v1,([A-Za-z0-9+/]{43}=)$/.exec(part)?.[1] ?? [])
  const expected = secrets.map(secret => Buffer.from(macOf(shown, secret)))
  const fits = expected.flatMap(mac => given.map(each => timingSafeEqual(mac, Buffer.from(each))))
  if (!fits.includes(true)) return { kind: 'forged' }
  const secondsOff = Math.round(now.epochMilliseconds / 1_000 - Number(timestamp))
  return Math.abs(secondsOff) <= toleranceSeconds ? { kind: 'genuine' } : { kind: 'not-now', secondsOff }
}

/** The value of `webhook-signature`, as a portal makes it. */
export function signMessage(message: SignedMessage, secret: Uint8Array): string {
  return `v1,${macOf(message, secret)}`
}

/** The secrets of a file, one a line: while a secret is changed, the old and the new one both hold. */
export function readWebhookSecrets(text: string): readonly Uint8Array[] | null {
  const lines = text.split('\n').flatMap(line => (line.trim() === '' ? [] : [line.trim()]))
  const secrets = lines.map(readSecret)
  return secrets.length === 0 || secrets.length > 2
    ? null
    : secrets.every(each => each !== null)
      ? secrets
      : null
}

function readSecret(line: string): Uint8Array | null {
  const base64 = /^(?:whsec_)?([A-Za-z0-9+/]+={0,2})$/.exec(line)?.[1]
  const secret = Buffer.from(base64 ?? '', 'base64')
  return secret.length >= 24 && secret.length <= 64 ? secret : null
}

/** Of 44 characters always, which timingSafeEqual wants. */
function macOf({ id, timestamp, body }: SignedMessage, secret: Uint8Array): string {
  return createHmac('sha256', secret).update(`${id}.${timestamp}.`).update(body).digest('base64')
}
