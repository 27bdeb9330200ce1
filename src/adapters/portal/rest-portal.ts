import type { Connector } from '../../services/connector-port.ts'
import { type AccessTokens, fixedToken } from './access-tokens.ts'
import { askPortal, type PortalLine } from './ask-portal.ts'
import type { Connection } from './connection.ts'
import { type PortalProfile, readAnswer, readLookup } from './read-exchange.ts'

export interface RestPortalSettings {
  /** The address that takes referrals, such as https://portal.example/referrals. */
  readonly url: string
  /** The one that the portal gave us, or where to get one. */
  readonly token: string | AccessTokens
  /** In all, asking by key included; it must stay below the outbox's lease of 60 seconds. */
  readonly timeoutMs?: number
  readonly profile?: PortalProfile
  readonly connection?: Connection | undefined
}

export const defaultProfile: PortalProfile = {
  honoursKeys: true,
  answersByKey: true,
  conflictMeans: 'in-progress',
}

/** A portal that takes referrals as JSON over HTTP, each under its one key with its one body. */
export function openRestPortal({
  url,
  token,
  timeoutMs = 20_000,
  profile = defaultProfile,
  connection,
}: RestPortalSettings): Connector {
  const address = new URL(url).href.replace(/\/+$/, '')
  const line: PortalLine = {
    tokens: typeof token === 'string' ? fixedToken(token) : token,
    connection,
    repeatsSafely: profile.honoursKeys,
    timeoutMs,
  }
  return {
    name: 'REST',
    repeatsSafely: profile.honoursKeys,
    answersLater: profile.answersByKey,
    deliver: async ({ key, body, signal }) => {
      const headers = {
        accept: 'application/json',
        'content-type': 'application/json',
        'idempotency-key': key,
      }
      const sent = await askPortal(line, { method: 'POST', url: address, headers, body, stopping: signal })
      return 'problem' in sent ? sent : readAnswer(sent, { id: key, profile })
    },
    lookUp: async ({ key, signal }) => {
      if (!profile.answersByKey) return { kind: 'cannot-ask' }
      const asked = `${address}/by-key/${encodeURIComponent(key)}`
      const headers = { accept: 'application/json' }
      const told = await askPortal(line, { method: 'GET', url: asked, headers, stopping: signal })
      return 'problem' in told ? told : readLookup(told, { id: key, profile })
    },
  }
}
