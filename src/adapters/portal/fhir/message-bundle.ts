import type { ReferralPayload } from '../../../referral/referral-schema.ts'
import { destinations } from '../../../referral/routing.ts'
import { consentOf } from './consent.ts'
import {
  type Identifier,
  idWithin,
  instantOf,
  keyIdentifier,
  ownSystems,
  type Refer,
  type Resource,
  some,
  systems,
  textOf,
  urn,
} from './fhir-element.ts'
import { formResponseOf } from './form-response.ts'
import { peopleAndPlaces } from './people-and-places.ts'

/** From where and to whom, and for which of the receiver's uses. */
export interface MessageAddress {
  readonly to: Identifier
  /** ODS code of the trust that runs Wren. */
  readonly from: string
  /** Codes that the receiver names: its use case, and its category of requests. */
  readonly useContext: { readonly useCase: string; readonly category: string } | null
}

export interface MessageBundle {
  readonly resourceType: 'Bundle'
  readonly entry: readonly { readonly fullUrl: string; readonly resource: Resource }[]
  readonly [element: string]: unknown
}

/**
 * A referral as a FHIR R4 message, in the manner of NHS England's Booking and Referral Standard. The same referral
 * gives the same bytes, on every attempt and on every machine: nothing here reads a clock or draws at random.
 * docs/fhir.md is the table of what becomes of each field.
 */
export function messageBundle(referral: ReferralPayload, address: MessageAddress): MessageBundle {
  const refer: Refer = name => ({ reference: urn(idWithin(referral.id, name)) })
  const resources = [
    messageHeader(referral, { address, refer }),
    serviceRequest(referral, { address, refer }),
    ...peopleAndPlaces(referral, refer),
    formResponseOf(referral, refer),
    ...consentOf(referral, refer),
  ]
  return {
    resourceType: 'Bundle',
    id: idWithin(referral.id, 'Bundle'),
    identifier: keyIdentifier(referral.id),
    type: 'message',
    timestamp: instantOf(referral.authorised.at),
    entry: resources.map(resource => ({ fullUrl: urn(resource.id), resource })),
  }
}

interface Within {
  readonly address: MessageAddress
  readonly refer: Refer
}

function messageHeader({ id }: ReferralPayload, { address, refer }: Within): Resource {
  const from = { system: systems.organisation, value: address.from }
  return {
    resourceType: 'MessageHeader',
    id: idWithin(id, 'MessageHeader'),
    eventCoding: {
      system: systems.messageEvent,
      code: 'servicerequest-request',
      display: 'Service Request - Request',
    },
    destination: [{ endpoint: inOne(address.to), receiver: refer('Organization/receiver') }],
    sender: refer('Organization/sender'),
    source: { name: 'Wren', software: 'Wren', endpoint: inOne(from) },
    // A revision is a request of its own that replaces the earlier one: nothing that was sent is changed.
    reason: { coding: [{ system: systems.messageReason, code: 'new' }] },
    focus: [{ reference: urn(id) }],
  }
}

function serviceRequest(referral: ReferralPayload, { address, refer }: Within): Resource {
  const { id, supersedes, to, concerns, consent } = referral
  return {
    resourceType: 'ServiceRequest',
    id,
    identifier: [keyIdentifier(id)],
    replaces:
      supersedes === null ? undefined : [{ type: 'ServiceRequest', identifier: keyIdentifier(supersedes) }],
    status: 'active',
    intent: 'order',
    category: [...categories(address), { text: 'Safeguarding' }],
    code: {
      coding: [{ system: ownSystems.destination, code: to, display: destinations[to] }],
      text: `Safeguarding referral to ${destinations[to]}`,
    },
    subject: refer('Patient'),
    encounter: refer('Encounter'),
    authoredOn: instantOf(referral.authorised.at),
    requester: refer('PractitionerRole'),
    performer: [refer('Organization/receiver')],
    reasonCode: some([{ text: textOf(concerns) }].filter(({ text }) => text !== undefined)),
    supportingInfo: [
      refer('QuestionnaireResponse'),
      ...(consent.asked === 'not-asked' ? [] : [refer('Consent')]),
    ],
  }
}

function categories({ useContext }: MessageAddress): readonly object[] {
  if (useContext === null) return []
  return [
    { coding: [{ system: systems.useCase, code: useContext.useCase }] },
    { coding: [{ system: systems.messageCategory, code: useContext.category }] },
  ]
}

/** As the NHS writes an identifier in one word. */
function inOne({ system, value }: Identifier): string {
  return system === undefined ? value : `${system}|${value}`
}
