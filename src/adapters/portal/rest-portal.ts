import type { Connector } from '../../services/connector-port.ts'
import { exchange } from './exchange.ts'
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

/** The parts of the time that sending and asking may take: one attempt asks, sends, and asks again. */
const sendingShare = 0.6
const askingShare = 0.2

/** A portal that takes referrals as JSON over HTTP, each under its one key with its one body. */
export function openRestPortal({
  url,
  token,
  timeoutMs = 20_000,
  profile = defaultProfile,
}: RestPortalSettings): Connector {
  const address = new URL(url).href.replace(/\/+$/, '')
  if (!/^[\x21-\x7e]+$/.test(token)) throw new Error('PORTAL_TOKEN may hold no space, line break or accent')
  const headers = { accept: 'application/json', authorization: `Bearer ${token}` }
  return {
    name: 'REST',
    repeatsSafely: profile.honoursKeys,
    deliver: async ({ key, body, signal: stopping }) => {
      const signal = endingAfter(timeoutMs * sendingShare, stopping)
      const sent = await exchange({
        method: 'POST',
        url: address,
        headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': key },
        body,
        signal,
      })
      return readAnswer(sent, { id: key, profile })
    },
    lookUp: async ({ key, signal: stopping }) => {
      if (!profile.answersByKey) return { kind: 'cannot-ask' }
      const signal = endingAfter(timeoutMs * askingShare, stopping)
      const asked = `${address}/by-key/${encodeURIComponent(key)}`
      const told = await exchange({ method: 'GET', url: asked, headers, signal })
      return readLookup(told, { id: key, profile })
    },
  }
}

/** `AbortSignal.timeout` ends a hanging header and a hanging body alike. */
function endingAfter(timeoutMs: number, earlier: AbortSignal | undefined): AbortSignal {
  const timeout = AbortSignal.timeout(Math.ceil(timeoutMs))
  return earlier === undefined ? timeout : AbortSignal.any([timeout, earlier])
}
