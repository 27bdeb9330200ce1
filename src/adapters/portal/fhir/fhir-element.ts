import { v5 as uuidFromName } from 'uuid'

/** A resource as it is written: what is undefined does not travel, and FHIR knows no null and no empty list. */
export interface Resource {
  readonly resourceType: string
  readonly id: string
  readonly [element: string]: unknown
}

export interface Identifier {
  readonly system?: string | undefined
  readonly value: string
}

/** Names of identifiers and of codes, as those publish them who keep them. */
export const systems = {
  nhsNumber: 'https://fhir.nhs.uk/Id/nhs-number',
  organisation: 'https://fhir.nhs.uk/Id/ods-organization-code',
  site: 'https://fhir.nhs.uk/Id/ods-site-code',
  messageEvent: 'https://fhir.nhs.uk/CodeSystem/message-events-bars',
  messageReason: 'https://fhir.nhs.uk/CodeSystem/message-reason-bars',
  useCase: 'https://fhir.nhs.uk/CodeSystem/usecases-categories-bars',
  messageCategory: 'https://fhir.nhs.uk/CodeSystem/message-category-servicerequest',
  act: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
  consentScope: 'http://terminology.hl7.org/CodeSystem/consentscope',
  uri: 'urn:ietf:rfc:3986',
} as const

/** Names of Wren's own codes. Nobody publishes them, so each was drawn at random once: a UUID needs no web address. */
export const ownSystems = {
  destination: 'urn:uuid:1c0bb12a-2dfe-47e6-aaab-5f141582788d',
  theme: 'urn:uuid:1985b01f-192b-4086-92e5-72df8cddd693',
  answer: 'urn:uuid:6fbe7a5a-74e7-4144-bdf6-d1c986719457',
  pathway: 'urn:uuid:bad5c796-bd23-4c49-87f5-fa49f099dc27',
  decision: 'urn:uuid:695f766d-93dd-4101-9d27-9b650cb1ad2e',
  software: 'urn:uuid:de6f2cbf-34c7-479c-adea-60af24763d58',
} as const

/** The resources of one referral, by the names from which their ids are made. */
export type ResourceName =
  | 'MessageHeader'
  | 'Patient'
  | 'Encounter'
  | 'Location'
  | 'Practitioner'
  | 'PractitionerRole'
  | 'Organization/sender'
  | 'Organization/receiver'
  | 'QuestionnaireResponse'
  | 'Consent'

/** A reference within the message. */
export type Refer = (name: ResourceName) => { readonly reference: string }

/** One resource of one referral has one id for ever, so that what is sent again is the same message. */
export function idWithin(key: string, name: string): string {
  return uuidFromName(name, key)
}

export function urn(id: string): string {
  return `urn:uuid:${id}`
}

/** The name under which a receiver knows a referral, and under which it is asked for it. */
export function keyIdentifier(key: string): Identifier & { readonly system: string } {
  return { system: systems.uri, value: urn(key) }
}

/**
 * Text as FHIR takes it: no control characters but tab and line breaks, no blanks around it. Undefined where nothing
 * is left, because an element is either there with a value or not there.
 */
export function textOf(words: string | null): string | undefined {
  const text = words?.replace(/[^\P{Cc}\t\r\n]/gu, '').trim()
  return text === '' ? undefined : text
}

/** The same moment with seconds, which FHIR asks for, in UTC. */
export function instantOf(moment: string): string {
  return Temporal.Instant.from(moment).toString()
}

/** An ODS code says whose it is; what a hospital typed in its place is kept without a claim. */
export function odsIdentifier(system: string, code: string): Identifier {
  return /^[A-Z0-9]{3,10}$/.test(code) ? { system, value: code } : { value: code }
}

/** Undefined in place of an empty list. */
export function some<Each>(list: readonly Each[]): readonly Each[] | undefined {
  return list.length === 0 ? undefined : list
}
