import { nearestWord } from '../text/nearest-word.ts'

/** Names other systems use for what Wren calls otherwise. */
const otherNames: Readonly<Record<string, string>> = {
  dob: 'birthDate',
  dateofbirth: 'birthDate',
  surname: 'family',
  lastname: 'family',
  familyname: 'family',
  forename: 'given',
  firstname: 'given',
  givenname: 'given',
  gender: 'sex',
  mrn: 'localId',
  hospitalnumber: 'localId',
  gp: 'gpPractice',
  diagnoses: 'codes',
  arrivaltime: 'arrivedAt',
  departuretime: 'departedAt',
  encounterid: 'attendanceId',
  visitid: 'attendanceId',
  body: 'text',
  type: 'kind',
}

/** The known key that an unknown one was probably meant to be, or null. */
export function nearKey(unknown: string, known: readonly string[]): string | null {
  if (unknown.length > 40) return null
  const plain = plainOf(unknown)
  const other = Object.hasOwn(otherNames, plain) ? otherNames[plain] : undefined
  if (other !== undefined && known.includes(other)) return other
  const nearest = nearestWord(plain, known.map(plainOf))
  return known.find(key => plainOf(key) === nearest) ?? null
}

function plainOf(key: string): string {
  return key.toLowerCase().replace(/[\s_-]/g, '')
}
