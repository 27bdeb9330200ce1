/** A Bundle being written, resources by type; every test says only what is special about it. */
export interface BundleWishes {
  readonly type?: string
  readonly bundle?: Readonly<Record<string, unknown>>
  readonly encounter?: Readonly<Record<string, unknown>>
  readonly patient?: Readonly<Record<string, unknown>> | null
  readonly composition?: Readonly<Record<string, unknown>> | null
  /** Further entries: a resource, at the address where one is given. */
  readonly more?: readonly {
    readonly fullUrl?: string
    readonly resource: Readonly<Record<string, unknown>>
  }[]
}

export const patientUrl = 'urn:uuid:0f0e7f6a-0000-4000-8000-000000000001'
export const encounterUrl = 'urn:uuid:0f0e7f6a-0000-4000-8000-000000000002'
export const subject = { reference: patientUrl }
export const nhsNumberSystem = 'https://fhir.nhs.uk/Id/nhs-number'

export const kit = {
  resourceType: 'Patient',
  identifier: [
    { system: nhsNumberSystem, value: '9990000018' },
    { system: 'https://worcester.example/Id/hospital-number', value: 'W104411' },
  ],
  name: [{ use: 'official', family: 'Ashdown', given: ['Kit'] }],
  gender: 'male',
  birthDate: '2011-05-30',
  address: [{ use: 'home', line: ['4 Mill Lane'], city: 'Worcester', postalCode: 'WR5 1CV' }],
}

/** A document of one attendance as R4 writes it, with one section unless wished otherwise. */
export function makeBundle(wishes: BundleWishes = {}): Record<string, unknown> {
  const { encounter, patient, composition, more = [] } = wishes
  const entries = [
    ...(composition === null
      ? []
      : [
          {
            fullUrl: 'urn:uuid:0f0e7f6a-0000-4000-8000-000000000003',
            resource: {
              resourceType: 'Composition',
              subject,
              date: '2026-03-01T09:40:00Z',
              section: [{ title: 'Triage', text: div('<p>14M lac L forearm</p>') }],
              ...composition,
            },
          },
        ]),
    {
      fullUrl: encounterUrl,
      resource: {
        resourceType: 'Encounter',
        identifier: [{ value: 'E2604117' }],
        status: 'finished',
        subject,
        period: { start: '2026-03-01T09:30:00Z' },
        ...encounter,
      },
    },
    ...(patient === null ? [] : [{ fullUrl: patientUrl, resource: { ...kit, ...patient } }]),
    ...more,
  ]
  return {
    resourceType: 'Bundle',
    type: wishes.type ?? 'document',
    timestamp: '2026-03-01T09:41:00Z',
    entry: entries,
    ...wishes.bundle,
  }
}

/** A narrative. */
export function div(inner: string, status = 'additional'): Record<string, unknown> {
  return { status, div: `<div xmlns="http://www.w3.org/1999/xhtml">${inner}</div>` }
}

/** The same resource in XML. */
export function toXml(resource: Record<string, unknown>): string {
  const { resourceType, ...members } = resource
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${resourceType} xmlns="http://hl7.org/fhir">${membersXml(members)}</${resourceType}>`
}

function membersXml(members: Record<string, unknown>): string {
  return Object.entries(members)
    .flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value]).map((each: unknown) => memberXml(name, each)),
    )
    .join('')
}

function memberXml(name: string, value: unknown): string {
  if (name === 'div') return String(value)
  if (value === undefined) return ''
  if (typeof value !== 'object' || value === null) return `<${name} value="${escapeXml(String(value))}"/>`
  const { resourceType, ...members } = value as Record<string, unknown>
  if (typeof resourceType !== 'string') return `<${name}>${membersXml(members)}</${name}>`
  return `<${name}><${resourceType}>${membersXml(members)}</${resourceType}></${name}>`
}

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;')
}
