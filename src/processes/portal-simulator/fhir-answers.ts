import { idWithin, keyIdentifier, ownSystems, systems, urn } from '../../adapters/portal/fhir/fhir-element.ts'
import { destinations } from '../../referral/routing.ts'
import { type ReceivedReferral, toldReports } from './received-referral.ts'

/** One thing that is wrong: FHIR's own code for it, the standard's, and words for a person. */
export interface Issue {
  readonly code: string
  readonly coding: string
  readonly diagnostics: string
}

const errorSystem = 'https://fhir.nhs.uk/CodeSystem/http-error-codes'
/** Names of the simulator's own references, drawn at random once. */
const referenceSystem = 'urn:uuid:0b0f3c34-5b0e-4e63-9a0a-5a1f0a1d9b52'
const endpoint = 'urn:uuid:6f5e0a7e-7d0b-4a52-8a53-6d9d9b8f0c11'

export function outcomeOf({ code, coding, diagnostics }: Issue): object {
  return {
    resourceType: 'OperationOutcome',
    issue: [
      {
        severity: 'error',
        code,
        details: { coding: [{ system: errorSystem, code: coding }] },
        diagnostics,
      },
    ],
  }
}

/** A referral that the portal holds, as it stands by now. */
export interface Held {
  readonly received: ReceivedReferral
  readonly now: Temporal.Instant
}

/** The answer to a message: it was taken, and under which reference. */
export function heldMessage(held: Held, messageId: string): object {
  const { key, receivedAt } = held.received
  const request = requestOf(held)
  const headerId = idWithin(key, 'response')
  return {
    resourceType: 'Bundle',
    id: idWithin(key, 'response Bundle'),
    type: 'message',
    timestamp: receivedAt,
    entry: [
      {
        fullUrl: urn(headerId),
        resource: {
          resourceType: 'MessageHeader',
          id: headerId,
          eventCoding: {
            system: systems.messageEvent,
            code: 'servicerequest-response',
            display: 'Service Request - Response',
          },
          source: { name: 'Portal simulator', endpoint },
          response: { identifier: messageId, code: 'ok' },
          focus: [{ reference: urn(request.id) }],
        },
      },
      { fullUrl: urn(request.id), resource: request },
    ],
  }
}

/** What a search for one referral finds: it, or nothing. */
export function searchset(held: Held | null, self: string): object {
  const link = [{ relation: 'self', url: self }]
  if (held === null) return { resourceType: 'Bundle', type: 'searchset', total: 0, link }
  const request = requestOf(held)
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    total: 1,
    link,
    entry: [{ fullUrl: urn(request.id), resource: request, search: { mode: 'match' } }],
  }
}

/** Without its reference as long as it is not acknowledged. */
function requestOf({ received, now }: Held) {
  const { key, reference, referral } = received
  const references =
    toldReports(received, now).length > 0 ? [{ system: referenceSystem, value: reference }] : []
  return {
    resourceType: 'ServiceRequest',
    id: key,
    identifier: [keyIdentifier(key), ...references],
    status: 'active',
    intent: 'order',
    code: {
      coding: [{ system: ownSystems.destination, code: referral.to, display: destinations[referral.to] }],
    },
    // Who the child is stays out of answers: whoever asks knows.
    subject: { display: 'The child of this referral' },
  }
}
