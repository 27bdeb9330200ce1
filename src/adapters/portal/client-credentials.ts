import { createPrivateKey, type KeyObject } from 'node:crypto'
import * as oauth from 'oauth4webapi'
import { type Dispatcher, fetch } from 'undici'
import type { AccessTokens, NoToken, TokenTaken } from './access-tokens.ts'
import { codeOf } from './exchange.ts'
import { failureMeaningOf } from './portal-answer.ts'

export interface ClientCredentialsSettings {
  readonly tokenUrl: string
  readonly clientId: string
  readonly proof: ClientProof
  readonly scope?: string | undefined
  /** The portal for which a token is asked, where the server serves several (RFC 8707). */
  readonly resource?: string | undefined
  readonly dispatcher: Dispatcher
  readonly now?: () => Temporal.Instant
  readonly timeoutMs?: number
}

/** How we prove who we are. `audience` of a signed proof is the token URL unless the server names another. */
export type ClientProof =
  | { readonly kind: 'secret'; readonly secret: string }
  | {
      readonly kind: 'private-key'
      readonly pem: string
      readonly keyId?: string | undefined
      readonly audience?: string | undefined
    }

interface KeptToken {
  readonly token: string
  readonly usableUntil: Temporal.Instant
}

/** A token this close to its end is not used any more: it would run out on the way. */
const reserveSeconds = 30
/** Of a token whose life the server does not tell. */
const lifeSecondsUnlessTold = 300
/** However long the server says: a number that is too large for a clock is read as this. */
const lifeSecondsMax = 86_400
/** A proof is used at once. */
const proofLifeSeconds = 120
/** Clocks that differ by more than this are named as the likely cause of a refusal. */
const clockSkewSeconds = 30

/**
 * Tokens by OAuth 2 client credentials (RFC 6749, section 4.4), with a secret or with a signed proof (RFC 7523). One
 * token serves all until shortly before it ends; those who ask at once wait for the same one.
 */
export async function clientCredentials(settings: ClientCredentialsSettings): Promise<AccessTokens> {
  const now = settings.now ?? Temporal.Now.instant
  const authentication = await authenticationOf(settings, now)
  let kept: KeptToken | null = null
  let asking: Promise<TokenTaken> | null = null

  async function fetchToken(): Promise<TokenTaken> {
    const answer = await askForToken(settings, { authentication, now })
    kept = 'usableUntil' in answer ? answer : null
    return 'usableUntil' in answer ? { kind: 'token', token: answer.token } : answer
  }

  return {
    take: signal => {
      if (kept !== null && Temporal.Instant.compare(now(), kept.usableUntil) < 0) {
        return Promise.resolve({ kind: 'token', token: kept.token })
      }
      asking ??= fetchToken().finally(() => {
        asking = null
      })
      return Promise.race([asking, whenEnded(signal)])
    },
    spoil: token => {
      if (kept?.token === token) kept = null
    },
  }
}

async function askForToken(
  { tokenUrl, clientId, scope, resource, dispatcher, timeoutMs = 10_000 }: ClientCredentialsSettings,
  { authentication, now }: { authentication: oauth.ClientAuth; now: () => Temporal.Instant },
): Promise<KeptToken | NoToken> {
  const server = { issuer: tokenUrl, token_endpoint: tokenUrl }
  const client = { client_id: clientId }
  const wished = {
    ...(scope === undefined ? {} : { scope }),
    ...(resource === undefined ? {} : { resource }),
  }
  let date: string | null = null
  try {
    const response = await oauth.clientCredentialsGrantRequest(server, client, authentication, wished, {
      [oauth.allowInsecureRequests]: new URL(tokenUrl).hostname === '127.0.0.1',
      [oauth.customFetch]: async (url, { method, headers, body }) => {
        const came = await fetch(url, {
          method,
          headers,
          body: String(body),
          redirect: 'manual',
          dispatcher,
          signal: AbortSignal.timeout(timeoutMs),
        })
        date = came.headers.get('date')
        return new Response(await came.text(), { status: came.status, headers: [...came.headers] })
      },
    })
    const told = await oauth.processClientCredentialsResponse(server, client, response)
    const life = Math.min(told.expires_in ?? lifeSecondsUnlessTold, lifeSecondsMax)
    const seconds = Math.max(0, Math.floor(life) - reserveSeconds)
    return { token: told.access_token, usableUntil: now().add({ seconds }) }
  } catch (error) {
    return readTokenFailure(error, { now: now(), date })
  }
}

function readTokenFailure(
  error: unknown,
  { now, date }: { readonly now: Temporal.Instant; readonly date: string | null },
): NoToken {
  if (error instanceof oauth.ResponseBodyError || error instanceof oauth.WWWAuthenticateChallengeError) {
    const named = known(
      error instanceof oauth.ResponseBodyError ? error.error : error.cause[0]?.parameters.error,
    )
    if (error.status >= 500 || error.status === 429)
      return later(`The token server answered ${error.status}.`)
    const isWishRefused = /^invalid_(scope|target)$|^unsupported_grant_type$/.test(named)
    if (isWishRefused) {
      return { kind: 'configuration', problem: `The token server does not give what we ask for (${named}).` }
    }
    return {
      kind: 'credentials',
      problem: `The token server does not accept our credentials (${named}).${clockHint({ now, date })}`,
    }
  }
  if (error instanceof oauth.OperationProcessingError)
    return later('The token server gave no readable answer.')
  const code = codeOf(error)
  const meaning = failureMeaningOf(code)
  if (meaning === 'tls' || meaning === 'proxy') {
    return { kind: 'configuration', problem: `No secure connection to the token server (${code}).` }
  }
  return later(`The token server cannot be reached${code === null ? '' : ` (${code})`}.`)
}

/** The words of RFC 6749, section 5.2 and its relatives; anything else could be anything. */
function known(code: string | undefined): string {
  return code !== undefined && /^[a-z_]{1,40}$/.test(code) ? code : 'refused'
}

/** A signed proof names its time: where the clocks differ, that is what a person must mend. */
function clockHint({ now, date }: { readonly now: Temporal.Instant; readonly date: string | null }): string {
  const theirs = Date.parse(date ?? '')
  const seconds = Math.round((now.epochMilliseconds - theirs) / 1_000)
  if (Number.isNaN(seconds) || Math.abs(seconds) <= clockSkewSeconds) return ''
  return ` Our clock is ${Math.abs(seconds)} seconds ${seconds > 0 ? 'ahead of' : 'behind'} the server's.`
}

function later(problem: string): NoToken {
  return { kind: 'later', problem, retryAfterMs: null }
}

function whenEnded(signal: AbortSignal): Promise<NoToken> {
  const ended = later('The token server did not answer in time.')
  if (signal.aborted) return Promise.resolve(ended)
  return new Promise(resolve => signal.addEventListener('abort', () => resolve(ended), { once: true }))
}

async function authenticationOf(
  { proof, tokenUrl }: ClientCredentialsSettings,
  now: () => Temporal.Instant,
): Promise<oauth.ClientAuth> {
  if (proof.kind === 'secret') return oauth.ClientSecretBasic(proof.secret)
  const key = await signingKeyOf(proof.pem)
  const named = proof.keyId === undefined ? { key } : { key, kid: proof.keyId }
  return oauth.PrivateKeyJwt(named, {
    [oauth.modifyAssertion]: (_header, claims) => {
      const seconds = Math.floor(now().epochMilliseconds / 1_000)
      Object.assign(claims, {
        aud: proof.audience ?? tokenUrl,
        iat: seconds,
        nbf: seconds,
        exp: seconds + proofLifeSeconds,
      })
    },
  })
}

/** EC keys sign ES256 or ES384, RSA keys RS512, which is what the NHS's own token server asks for. */
function signingKeyOf(pem: string): Promise<CryptoKey> {
  const key = readKey(pem)
  const algorithm = signatures[key.asymmetricKeyDetails?.namedCurve ?? key.asymmetricKeyType ?? '']
  if (algorithm === undefined) {
    throw new Error('PORTAL_CLIENT_KEY_FILE holds a key that cannot be used: expected RSA, P-256 or P-384')
  }
  const bytes = new Uint8Array(key.export({ format: 'der', type: 'pkcs8' }))
  return crypto.subtle.importKey('pkcs8', bytes, algorithm, false, ['sign'])
}

const signatures: Readonly<Record<string, EcKeyImportParams | RsaHashedImportParams>> = {
  rsa: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-512' },
  prime256v1: { name: 'ECDSA', namedCurve: 'P-256' },
  secp384r1: { name: 'ECDSA', namedCurve: 'P-384' },
}

function readKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem)
  } catch {
    // The fault itself may quote the key, so it is not passed on.
    throw new Error('PORTAL_CLIENT_KEY_FILE holds no private key: expected PEM without a passphrase')
  }
}
