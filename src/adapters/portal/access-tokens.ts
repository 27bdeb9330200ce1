import type { DeliveryOutcome } from '../../referral/delivery.ts'
import type { Exchange } from './exchange.ts'

/** Why there is no token to send with. Without one nothing was sent. */
export type NoToken = Extract<DeliveryOutcome, { kind: 'later' | 'credentials' | 'configuration' }>

export type TokenTaken = { readonly kind: 'token'; readonly token: string } | NoToken

export interface AccessTokens {
  /** Never rejects. */
  take(signal: AbortSignal): Promise<TokenTaken>
  /** The portal did not accept it: it is not taken again. */
  spoil(token: string): void
}

/** The one token that the portal gave us. */
export function fixedToken(token: string): AccessTokens {
  if (!/^[\x21-\x7e]+$/.test(token)) throw new Error('PORTAL_TOKEN may hold no space, line break or accent')
  return { take: async () => ({ kind: 'token', token }), spoil: () => undefined }
}

/**
 * One request with a token. After a 401 it is made once more where there is a newer token: the old one may have run
 * out or been revoked, and who answers 401 has taken nothing.
 */
export async function askWithToken({
  tokens,
  signal,
  ask,
}: {
  readonly tokens: AccessTokens
  readonly signal: AbortSignal
  readonly ask: (authorization: string) => Promise<Exchange>
}): Promise<Exchange | NoToken> {
  const first = await tokens.take(signal)
  if (first.kind !== 'token') return first
  const came = await ask(`Bearer ${first.token}`)
  if (came.kind !== 'answered' || came.status !== 401) return came
  tokens.spoil(first.token)
  const second = await tokens.take(signal)
  if (second.kind !== 'token') return second
  return second.token === first.token ? came : ask(`Bearer ${second.token}`)
}
