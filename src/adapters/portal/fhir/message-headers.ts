import { type Identifier, ownSystems, systems } from './fhir-element.ts'
import type { MessageAddress } from './message-bundle.ts'

export interface Request {
  /** The idempotency key, which is what a receiver keeps together by. */
  readonly key: string
  /** Repeated on every attempt for a message; another one for every question. */
  readonly requestId: string
}

/**
 * The headers of the Booking and Referral Standard, the same on every attempt. Each object is JSON in base64. The
 * nurse's name is in the message and in no header: proxies write headers into logs.
 */
export function messageHeaders(
  { to, from, useContext }: MessageAddress,
  { key, requestId }: Request,
): Readonly<Record<string, string>> {
  return {
    accept: 'application/fhir+json',
    'x-request-id': requestId,
    'x-correlation-id': key,
    'nhsd-target-identifier': inBase64(identifierOf(to)),
    'nhsd-end-user-organisation': inBase64({
      resourceType: 'Organization',
      identifier: [{ system: systems.organisation, value: from }],
    }),
    'nhsd-requesting-software': inBase64({
      resourceType: 'Device',
      identifier: [{ system: ownSystems.software, value: 'wren' }],
      deviceName: [{ name: 'Wren', type: 'manufacturer-name' }],
    }),
    ...(useContext === null
      ? {}
      : { 'use-context': `${useContext.useCase}|${useContext.category}|servicerequest-request|new` }),
  }
}

function identifierOf({ system, value }: Identifier): object {
  return { value, system }
}

function inBase64(object: object): string {
  return Buffer.from(JSON.stringify(object)).toString('base64')
}
