import { randomUUID } from 'node:crypto'
import type { DeliveryOutcome, LookUp } from '../../../referral/delivery.ts'
import { ReferralPayload } from '../../../referral/referral-schema.ts'
import type { Connector, Sending } from '../../../services/connector-port.ts'
import { type AccessTokens, fixedToken } from '../access-tokens.ts'
import { askPortal, type PortalLine } from '../ask-portal.ts'
import type { Connection } from '../connection.ts'
import type { PortalProfile } from '../read-exchange.ts'
import { keyIdentifier } from './fhir-element.ts'
import { type MessageAddress, messageBundle } from './message-bundle.ts'
import { messageHeaders } from './message-headers.ts'
import { readMessageAnswer, readMessageLookup } from './read-message-answer.ts'

export interface FhirPortalSettings {
  /** The base address, such as https://api.service.example/FHIR/R4. */
  readonly url: string
  readonly token: string | AccessTokens
  readonly address: MessageAddress
  /** In all, asking included; it must stay below the outbox's lease of 60 seconds. */
  readonly timeoutMs?: number
  /** Whether referrals can be searched for by their identifier there. */
  readonly answersByKey?: boolean
  readonly connection?: Connection | undefined
}

/**
 * A portal that takes referrals as FHIR R4 messages, in the manner of NHS England's Booking and Referral Standard.
 * What is sent is made of the bytes that were authorised and of nothing else, so that the same key always carries the
 * same message; the receiver tells a repeated one by `X-Request-Id`, and answers 409 "duplicate".
 */
export function openFhirPortal(settings: FhirPortalSettings): Connector {
  const { token, address, timeoutMs = 20_000, answersByKey = true, connection } = settings
  const base = new URL(settings.url).href.replace(/\/+$/, '')
  const profile: PortalProfile = { honoursKeys: true, answersByKey, conflictMeans: 'in-progress' }
  const line: PortalLine = {
    tokens: typeof token === 'string' ? fixedToken(token) : token,
    connection,
    repeatsSafely: true,
    timeoutMs,
  }

  async function lookUp({ key, signal }: Pick<Sending, 'key' | 'signal'>): Promise<LookUp> {
    if (!answersByKey) return { kind: 'cannot-ask' }
    const told = await askPortal(line, {
      method: 'GET',
      url: `${base}/ServiceRequest?identifier=${encodeURIComponent(searchWord(key))}&_revinclude=Task:focus`,
      headers: messageHeaders(address, { key, requestId: randomUUID() }),
      stopping: signal,
    })
    return 'problem' in told ? told : readMessageLookup(told, { id: key, profile })
  }

  async function deliver({ key, body, signal }: Sending): Promise<DeliveryOutcome> {
    const message = messageOf(body, address)
    if ('problem' in message) return { kind: 'parked', problem: message.problem }
    const headers = messageHeaders(address, { key, requestId: key })
    const sent = await askPortal(line, {
      method: 'POST',
      url: `${base}/$process-message`,
      headers: { ...headers, 'content-type': 'application/fhir+json' },
      body: message,
      stopping: signal,
    })
    if ('problem' in sent) return sent
    const outcome = readMessageAnswer(sent, { id: key, profile })
    if (outcome.kind !== 'duplicate') return outcome
    // It has arrived, whatever it says of its reference.
    const found = await lookUp({ key, signal })
    return found.kind === 'acknowledged'
      ? { kind: 'acknowledged', reference: found.reference }
      : { kind: 'delivered', receipt: 'duplicate: it was there already' }
  }

  return {
    name: 'FHIR',
    repeatsSafely: true,
    answersLater: answersByKey,
    messageOf: body => {
      const message = messageOf(body, address)
      return 'problem' in message ? null : message
    },
    deliver,
    lookUp,
  }
}

/** FHIR R4, search: a token is system|value. */
function searchWord(key: string): string {
  const { system, value } = keyIdentifier(key)
  return `${system}|${value}`
}

/** Wren composed the body, so that only a fault of ours could make it unreadable: then a person must look. */
function messageOf(body: Uint8Array, address: MessageAddress): Uint8Array | { readonly problem: string } {
  const parsed = ReferralPayload.safeParse(jsonIn(body))
  if (parsed.success) return new TextEncoder().encode(JSON.stringify(messageBundle(parsed.data, address)))
  const fields = [...new Set(parsed.error.issues.map(({ path }) => path.join('.')))].slice(0, 5)
  return { problem: `This referral cannot be written as a FHIR message: look at ${fields.join(', ')}.` }
}

function jsonIn(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body))
  } catch {
    return undefined // the schema then says that an object was expected
  }
}
