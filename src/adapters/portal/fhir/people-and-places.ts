import type { ReferralPayload } from '../../../referral/referral-schema.ts'
import { destinations } from '../../../referral/routing.ts'
import {
  idWithin,
  instantOf,
  odsIdentifier,
  type Refer,
  type Resource,
  some,
  systems,
  textOf,
} from './fhir-element.ts'

/** The child, the attendance, the nurse who authorised, and both organisations. */
export function peopleAndPlaces(referral: ReferralPayload, refer: Refer): readonly Resource[] {
  return [
    patient(referral),
    encounter(referral, refer),
    ...location(referral, refer),
    {
      resourceType: 'PractitionerRole',
      id: idWithin(referral.id, 'PractitionerRole'),
      practitioner: refer('Practitioner'),
      organization: refer('Organization/sender'),
      code: [{ text: 'Safeguarding nurse' }],
    },
    {
      resourceType: 'Practitioner',
      id: idWithin(referral.id, 'Practitioner'),
      name: [{ text: textOf(referral.authorised.by) }],
    },
    {
      resourceType: 'Organization',
      id: idWithin(referral.id, 'Organization/sender'),
      identifier: [odsIdentifier(systems.organisation, referral.attendance.trust)],
    },
    {
      resourceType: 'Organization',
      id: idWithin(referral.id, 'Organization/receiver'),
      name: destinations[referral.to],
    },
  ]
}

/** Whether the NHS number was traced is not known, so nothing is said of it. */
function patient({ id, child }: ReferralPayload): Resource {
  const { nhsNumber, birthDate, sex } = child
  const [family, given] = [textOf(child.family), textOf(child.given)]
  const [address, postcode] = [textOf(child.address), textOf(child.postcode)]
  const hasName = family !== undefined || given !== undefined
  const hasAddress = address !== undefined || postcode !== undefined
  return {
    resourceType: 'Patient',
    id: idWithin(id, 'Patient'),
    identifier: nhsNumber === null ? undefined : [{ system: systems.nhsNumber, value: nhsNumber }],
    name: hasName ? [{ family, given: given === undefined ? undefined : [given] }] : undefined,
    gender: sex,
    birthDate: birthDate ?? undefined,
    address: hasAddress ? [{ text: address, postalCode: postcode }] : undefined,
  }
}

/** Whether the child has left is not known when a referral is written. */
function encounter({ id, attendance }: ReferralPayload, refer: Refer): Resource {
  const hasPlace = placeOf(attendance) !== null
  return {
    resourceType: 'Encounter',
    id: idWithin(id, 'Encounter'),
    identifier: [{ value: attendance.id, assigner: refer('Organization/sender') }],
    status: 'unknown',
    class: { system: systems.act, code: 'EMER', display: 'emergency' },
    subject: refer('Patient'),
    period: attendance.arrivedAt === null ? undefined : { start: instantOf(attendance.arrivedAt) },
    location: hasPlace ? [{ location: refer('Location') }] : undefined,
    serviceProvider: refer('Organization/sender'),
  }
}

function location({ id, attendance }: ReferralPayload, refer: Refer): readonly Resource[] {
  const place = placeOf(attendance)
  if (place === null) return []
  return [
    {
      resourceType: 'Location',
      id: idWithin(id, 'Location'),
      identifier: some(place.site === undefined ? [] : [odsIdentifier(systems.site, place.site)]),
      name: place.department,
      managingOrganization: refer('Organization/sender'),
    },
  ]
}

function placeOf({ site, department }: ReferralPayload['attendance']) {
  const place = { site: textOf(site), department: textOf(department) }
  return place.site === undefined && place.department === undefined ? null : place
}
