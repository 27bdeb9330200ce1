import type { AttendanceDraft } from '../draft.ts'
import { isDay } from '../instant.ts'
import { parseNhsNumber } from '../nhs-number.ts'
import { sexes } from '../patient.ts'
import type { Bundle, Entry } from './bundle.ts'
import { allOf, type FhirNode, oneOf, textOf, textsOf } from './fhir-tree.ts'

export const nhsNumberSystem = 'https://fhir.nhs.uk/Id/nhs-number'

type PatientFields = Pick<
  AttendanceDraft,
  | 'nhsNumber'
  | 'localId'
  | 'family'
  | 'given'
  | 'birthDate'
  | 'sex'
  | 'postcode'
  | 'address'
  | 'gpPractice'
  | 'partsUnread'
>

/** Who attended, as the Patient resource tells it. */
export function readPatient(entry: Entry, bundle: Bundle): PatientFields {
  const { resource } = entry
  const name = preferred(allOf(resource, 'name'), ['official', 'usual'])
  const address = preferred(allOf(resource, 'address'), ['home'])
  const nhsNumber = readNhsNumber(resource)
  const birthDate = textOf(resource, 'birthDate')
  const isPartial = birthDate !== null && /^\d{4}(?:-\d\d)?$/.test(birthDate)
  return {
    nhsNumber: nhsNumber.value,
    localId: localIdOf(resource),
    family:
      textsOf(name, 'family').join(' ') || (textOf(name, 'given') === null ? textOf(name, 'text') : null),
    given: textsOf(name, 'given').join(' ') || null,
    // A time of birth belongs to newborns; the day is enough.
    birthDate: isPartial ? null : dayOf(birthDate),
    sex: sexes.find(sex => sex === textOf(resource, 'gender')) ?? 'unknown',
    postcode: textOf(address, 'postalCode'),
    address: addressOf(address),
    gpPractice: practiceOf(entry, bundle),
    partsUnread: [...nhsNumber.unread, ...(isPartial ? ['birth date not read: it has no day'] : [])],
  }
}

/**
 * The NHS number is known by its system alone. One that fails its check is shown to the nurse all the same. Two that
 * differ are no number at all: one may be another child's.
 */
function readNhsNumber(patient: FhirNode): {
  readonly value: string | null
  readonly unread: readonly string[]
} {
  const values = allOf(patient, 'identifier')
    .filter(({ system, use }) => system === nhsNumberSystem && use !== 'old')
    .flatMap(identifier => textsOf(identifier, 'value'))
  const distinct = new Set(values.map(value => parseNhsNumber(value) ?? value))
  return distinct.size > 1
    ? { value: null, unread: [`${distinct.size} NHS numbers that differ: none is used`] }
    : { value: values[0] ?? null, unread: [] }
}

function localIdOf(patient: FhirNode): string | null {
  const local = allOf(patient, 'identifier').filter(({ system }) => system !== nhsNumberSystem)
  const medicalRecord = local.filter(identifier =>
    allOf(oneOf(identifier, 'type'), 'coding').some(coding => textOf(coding, 'code') === 'MR'),
  )
  return textOf(preferred([...medicalRecord, ...local], ['official', 'usual', 'secondary']), 'value')
}

/** The first with the best use; one that is past is the last choice. */
function preferred(nodes: readonly FhirNode[], uses: readonly string[]): FhirNode | null {
  const current = nodes.filter(node => textOf(node, 'use') !== 'old')
  for (const use of uses) {
    const found = current.find(node => textOf(node, 'use') === use)
    if (found !== undefined) return found
  }
  return current[0] ?? nodes[0] ?? null
}

function addressOf(address: FhirNode | null): string | null {
  const lines = [...textsOf(address, 'line'), ...textsOf(address, 'city'), ...textsOf(address, 'district')]
  return lines.length > 0 ? lines.join(', ') : textOf(address, 'text')
}

function practiceOf(entry: Entry, bundle: Bundle): string | null {
  // STU3 and R4 alike: generalPractitioner may be an Organization or a Practitioner.
  for (const reference of allOf(entry.resource, 'generalPractitioner')) {
    const found = bundle.resolve(reference, entry)?.resource ?? null
    const told =
      textOf(found, 'name') ??
      textOf(reference, 'display') ??
      textOf(oneOf(found, 'identifier') ?? oneOf(reference, 'identifier'), 'value')
    if (told !== null) return told
  }
  return null
}

function dayOf(text: string | null): string | null {
  const day = text?.slice(0, 10) ?? null
  return day !== null && isDay(day) ? day : text
}
