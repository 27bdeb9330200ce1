import type { PortalAnswer } from '../../referral/delivery.ts'
import type { Portal } from '../../services/ports.ts'
import { type Exchange, exchange } from './exchange.ts'
import { type PortalProfile, readAnswer, readLookup } from './read-exchange.ts'

export interface RestPortalSettings {
  /** The address that takes referrals, such as https://portal.example/referrals. */
  readonly url: string
  readonly token: string
  /** In all, asking by key included; it must stay below the outbox's lease of 60 seconds. */
  readonly timeoutMs?: number
  readonly profile?: PortalProfile
}

export const defaultProfile: PortalProfile = {
  honoursKeys: true,
  answersByKey: true,
  conflictMeans: 'in-progress',
}

/** The part of the time that sending may take; the rest is left to ask after a lost answer. */
const sendingShare = 0.75

/**
 * A portal that takes referrals as JSON over HTTP. A referral is sent under its one key with its one body, and
 * from the second attempt on the portal is asked first whether it has it, so that it is accepted once.
 */
export function openRestPortal({
  url,
  token,
  timeoutMs = 20_000,
  profile = defaultProfile,
}: RestPortalSettings): Portal {
  const address = new URL(url).href.replace(/\/+$/, '')
  if (!/^[\x21-\x7e]+$/.test(token)) throw new Error('PORTAL_TOKEN may hold no space, line break or accent')
  const headers = { accept: 'application/json', authorization: `Bearer ${token}` }

  const ask = (id: string, signal: AbortSignal): Promise<Exchange> =>
    exchange({ method: 'GET', url: `${address}/by-key/${encodeURIComponent(id)}`, headers, signal })

  const post = ({ id, body, signal }: { id: string; body: Uint8Array; signal: AbortSignal }) =>
    exchange({
      method: 'POST',
      url: address,
      headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': id },
      body,
      signal,
    })

  return {
    async send({ id, body, attempts, signal: stopping }): Promise<PortalAnswer> {
      const whole = endingAfter(timeoutMs, stopping)
      if (attempts > 1 && profile.answersByKey) {
        const found = readLookup(await ask(id, whole), { id, profile })
        if (found.kind !== 'absent') return found
      }
      const sending = endingAfter(timeoutMs * sendingShare, whole)
      const answer = readAnswer(await post({ id, body, signal: sending }), { id, profile })
      if (answer.kind !== 'unknown') return answer

      const { problem, retryAfterMs } = answer
      if (profile.answersByKey) {
        const found = readLookup(await ask(id, whole), { id, profile })
        const isOpen = found.kind === 'absent' || found.kind === 'later' // the next attempt asks again before it sends
        return isOpen ? { kind: 'later', problem, retryAfterMs } : found
      }
      if (profile.honoursKeys) return { kind: 'later', problem, retryAfterMs }
      return { kind: 'parked', problem: `${problem} It may have arrived: telephone before it is sent again.` }
    },
  }
}

/** `AbortSignal.timeout` ends a hanging header and a hanging body alike. */
function endingAfter(timeoutMs: number, earlier: AbortSignal | undefined): AbortSignal {
  const timeout = AbortSignal.timeout(Math.ceil(timeoutMs))
  return earlier === undefined ? timeout : AbortSignal.any([timeout, earlier])
}
