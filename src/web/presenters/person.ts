import type { Attendance } from '../../attendance/attendance.ts'
import { formatNhsNumber } from '../../attendance/nhs-number.ts'
import type { Patient, Sex } from '../../attendance/patient.ts'
import { count, day } from './dates.ts'
import { shown } from './shown-text.ts'

/** Who attended, in the words a nurse checks a child by. Nothing is left empty: it says "not recorded". */
export interface PersonWords {
  readonly name: string
  readonly age: string
  readonly born: string
  /** 3-3-4, or why there is none. */
  readonly nhsNumber: string
  readonly hasNhsNumber: boolean
  readonly localId: string
  readonly sex: string
  readonly address: string
  readonly school: string
  readonly gpPractice: string
}

const notRecorded = 'Not recorded'

export function presentPerson({
  patient,
  ageOnArrival,
}: Pick<Attendance, 'patient' | 'ageOnArrival'>): PersonWords {
  const address = [patient.address, patient.postcode].filter(part => part !== null).join(', ')
  return {
    name: fullName(patient),
    age: ageInWords(ageOnArrival),
    born: patient.birthDate === null ? 'birth date not recorded' : `born ${day(patient.birthDate)}`,
    nhsNumber: nhsNumberWords(patient),
    hasNhsNumber: patient.nhsNumber !== null,
    localId: orNotRecorded(patient.localId),
    sex: sexWords[patient.sex],
    address: orNotRecorded(address === '' ? null : address),
    school: orNotRecorded(patient.school),
    gpPractice: orNotRecorded(patient.gpPractice),
  }
}

/** "Kit Fernleigh", as people say it. */
export function fullName({ given, family }: Pick<Patient, 'given' | 'family'>): string {
  const parts = [given, family].filter(part => part !== null && part.trim() !== '')
  return parts.length === 0 ? 'Name not recorded' : shown(parts.join(' '))
}

function ageInWords(age: number | null): string {
  if (age === null) return 'Age not known'
  return age === 0 ? 'Under 1 year' : count(age, 'year')
}

export function nhsNumberWords({
  nhsNumber,
  nhsNumberRefused,
}: Pick<Patient, 'nhsNumber' | 'nhsNumberRefused'>): string {
  if (nhsNumber !== null) return formatNhsNumber(nhsNumber)
  if (nhsNumberRefused === null) return 'NHS number not recorded'
  return `NHS number sent as ${shown(nhsNumberRefused)}, which is not valid`
}

function orNotRecorded(text: string | null): string {
  return text === null || text.trim() === '' ? notRecorded : shown(text)
}

const sexWords: Readonly<Record<Sex, string>> = {
  female: 'Female',
  male: 'Male',
  other: 'Other',
  unknown: 'Not known',
}
