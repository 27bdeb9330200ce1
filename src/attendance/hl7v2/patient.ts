import type { AttendanceDraft } from '../draft.ts'
import { parseNhsNumber } from '../nhs-number.ts'
import type { Sex } from '../patient.ts'
import { componentOf, fieldOf, firstOf, type Message, repetitionsOf } from './message.ts'
import { birthDateOf } from './time.ts'
import type { Escapes } from './unescape.ts'

type PatientDraft = Pick<
  AttendanceDraft,
  'nhsNumber' | 'localId' | 'family' | 'given' | 'birthDate' | 'sex' | 'postcode' | 'address' | 'gpPractice'
>

/** Who attended, from PID and PD1, and in words what of it could not be used. */
export function readPatient({ segments, escapes }: Message): {
  readonly patient: PatientDraft
  readonly unread: readonly string[]
} {
  const pid = segments.find(segment => segment.name === 'PID')
  const pd1 = segments.find(segment => segment.name === 'PD1')
  const numbers = readNumbers(fieldOf(pid, 3), escapes)
  const birthDate = birthDateOf(firstOf(pid, { field: 7 }, escapes))
  const name = preferred({ field: fieldOf(pid, 5), component: 7, codes: ['L', 'U', ''] }, escapes)
  const home = preferred({ field: fieldOf(pid, 11), component: 7, codes: ['H', ''] }, escapes)
  return {
    patient: {
      nhsNumber: numbers.nhsNumber,
      localId: numbers.localId,
      family: componentOf(name, 1, escapes),
      given: componentOf(name, 2, escapes),
      birthDate: birthDate.day,
      sex: sexes[firstOf(pid, { field: 8 }, escapes).toUpperCase()] ?? 'unknown',
      postcode: componentOf(home, 5, escapes),
      address: [1, 2, 3, 4]
        .map(component => componentOf(home, component, escapes))
        .filter(line => line !== '')
        .join(', '),
      gpPractice: firstOf(pd1, { field: 3 }, escapes) || firstOf(pd1, { field: 3, component: 3 }, escapes),
    },
    unread: [birthDate.unread, numbers.unread].filter(words => words !== null),
  }
}

/** HL7 table 0001, and the digits of the NHS Data Dictionary that some systems send instead. */
const sexes: Readonly<Record<string, Sex>> = {
  F: 'female',
  M: 'male',
  A: 'other',
  O: 'other',
  N: 'other',
  U: 'unknown',
  '1': 'male',
  '2': 'female',
  '9': 'other',
  '0': 'unknown',
}

/**
 * PID-3 and MRG-1, each repetition `number^check digit^scheme^authority^type`. The NHS number has the authority NHS and the
 * type NH; many systems send one of the two. Two of them that differ are no number at all: one may be of another child.
 */
export function readNumbers(field: string, escapes: Escapes) {
  const numbers = repetitionsOf(field, escapes).map(repetition => ({
    value: componentOf(repetition, 1, escapes),
    authority: componentOf(repetition, 4, escapes).toUpperCase(),
    type: componentOf(repetition, 5, escapes).toUpperCase(),
  }))
  const isNhs = ({ authority, type }: { authority: string; type: string }): boolean =>
    type === 'NH' || (type === '' && authority === 'NHS')
  const nhs = numbers
    .filter(isNhs)
    .map(({ value }) => value)
    .filter(value => value !== '')
  const local = numbers.filter(number => !isNhs(number) && number.value !== '')
  const hospital = local.find(({ type }) => type === 'MR' || type === 'PI') ?? local[0]
  const distinct = new Set(nhs.map(value => parseNhsNumber(value) ?? value))
  return {
    nhsNumber: distinct.size === 1 ? (nhs[0] ?? null) : null,
    localId: hospital?.value ?? null,
    unread: distinct.size > 1 ? `${distinct.size} NHS numbers that differ: none is used` : null,
  }
}

/** The repetition of the first of these type codes, else the first of all. */
function preferred(
  { field, component, codes }: { field: string; component: number; codes: readonly string[] },
  escapes: Escapes,
): string | undefined {
  const all = repetitionsOf(field, escapes)
  for (const code of codes) {
    const found = all.find(each => componentOf(each, component, escapes) === code)
    if (found !== undefined) return found
  }
  return all[0]
}
