import type { AttendanceDraft } from '../draft.ts'
import type { Bundle, Entry } from './bundle.ts'
import { allOf, type FhirNode, oneOf, textOf } from './fhir-tree.ts'

/** As the NHS names its identifiers of organisations and of their sites. */
const odsSystems = [
  'https://fhir.nhs.uk/Id/ods-organization-code',
  'https://fhir.nhs.uk/Id/ods-site-code',
  'https://fhir.nhs.uk/Id/ods-organisation-code',
]
const trustLength = 3

/** Where the attendance was: trust, site and department. */
export function readPlace(
  encounter: Entry,
  bundle: Bundle,
): Pick<AttendanceDraft, 'trust' | 'site' | 'department'> {
  const provider = codeOf(oneOf(encounter.resource, 'serviceProvider'), { from: encounter, bundle })
  const places = allOf(encounter.resource, 'location').map(place => oneOf(place, 'location'))
  const site = places.map(place => codeOf(place, { from: encounter, bundle })).find(code => code !== null)
  const department = places
    .map(
      place =>
        textOf(place === null ? null : resourceOf(place, { from: encounter, bundle }), 'name') ??
        textOf(place, 'display'),
    )
    .find(name => name !== null)
  return {
    // The code of a site begins with its trust's.
    trust: provider?.slice(0, trustLength) ?? null,
    site: site ?? (provider !== null && provider.length > trustLength ? provider : null),
    department: department ?? null,
  }
}

function codeOf(reference: FhirNode | null, place: { from: Entry; bundle: Bundle }): string | null {
  if (reference === null) return null
  const identifiers = [
    ...allOf(resourceOf(reference, place), 'identifier'),
    ...allOf(reference, 'identifier'),
  ]
  const ods = identifiers.find(({ system }) => odsSystems.some(each => each === system))
  return (
    textOf(ods ?? null, 'value')
      ?.trim()
      .toUpperCase() ?? null
  )
}

function resourceOf(reference: FhirNode, { from, bundle }: { from: Entry; bundle: Bundle }): FhirNode | null {
  return bundle.resolve(reference, from)?.resource ?? null
}
