/** What an HTTP status of a portal means for the referral that was sent. */
export type Meaning =
  /** Accepted, if the body holds a reference that can be read. */
  | 'received'
  | 'conflict'
  /** Content refused, or the key used before with another body: a person must look. */
  | 'parked'
  /** Our credentials were not accepted: no referral will pass. */
  | 'credentials'
  | 'later'
  /** Will not improve by itself; refused where the portal says why. */
  | 'turned-away'
  /** It may have been stored or not. */
  | 'unknown'

/**
 * The first row that holds the status decides. A status below 200 never reaches us as an answer, and one above 599
 * is nobody's: both count as unknown, so that the referral is asked after and sent again.
 */
export const meanings: readonly { readonly from: number; readonly to: number; readonly meaning: Meaning }[] =
  [
    { from: 200, to: 299, meaning: 'received' },
    { from: 401, to: 401, meaning: 'credentials' },
    { from: 403, to: 403, meaning: 'credentials' },
    { from: 407, to: 407, meaning: 'credentials' }, // our own proxy
    { from: 408, to: 408, meaning: 'later' },
    { from: 409, to: 409, meaning: 'conflict' },
    { from: 422, to: 422, meaning: 'parked' },
    { from: 425, to: 425, meaning: 'later' },
    { from: 429, to: 429, meaning: 'later' },
    { from: 300, to: 499, meaning: 'turned-away' },
    { from: 500, to: 599, meaning: 'unknown' },
  ]

export function meaningOf(status: number): Meaning {
  return meanings.find(({ from, to }) => from <= status && status <= to)?.meaning ?? 'unknown'
}

/** What a connection that failed before any answer means. */
export type FailureMeaning =
  /** It never reached the portal. */
  | 'not-sent'
  /** A certificate or the protocol does not fit: no referral will pass until a person has mended it. */
  | 'tls'
  /** The proxy on the way does not let us through. */
  | 'proxy'
  | 'unknown'

const notSentCodes = new Set([
  'ECONNREFUSED',
  'EAI_AGAIN',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** Node's and OpenSSL's names for what can be wrong with a certificate or a handshake. */
const tlsCode =
  /^(ERR_TLS_|ERR_SSL_|CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_SELF_SIGNED_CERT$|SELF_SIGNED_CERT_IN_CHAIN$|HOSTNAME_MISMATCH$|INVALID_(CA|PURPOSE)$|EPROTO$)/

/** By the code that the operating system or TLS gave; null where there was none. */
export function failureMeaningOf(code: string | null): FailureMeaning {
  if (code === null) return 'unknown'
  if (notSentCodes.has(code) || code.startsWith('PROXY_5')) return 'not-sent'
  if (code.startsWith('PROXY_')) return 'proxy'
  return tlsCode.test(code) ? 'tls' : 'unknown'
}
