import { type NhsNumber, parseNhsNumber } from '../../attendance/nhs-number.ts'
import type { Sex } from '../../attendance/patient.ts'
import type { Chance } from './chance.ts'
import { nameGroups, practices, primarySchools, secondarySchools, streets, towns } from './names.ts'

/** Somebody invented. Nobody lives at these addresses, and no such NHS number was ever issued. */
export interface Person {
  readonly age: number
  readonly nhsNumber: NhsNumber | null
  readonly localId: string
  readonly family: string
  readonly given: string
  readonly birthDate: string | null
  readonly sex: Extract<Sex, 'female' | 'male'>
  readonly postcode: string | null
  readonly address: string | null
  readonly gpPractice: string | null
  readonly school: string | null
}

export interface Wanted {
  readonly age: number
  readonly sex: Person['sex']
  /** Their age counts on this day. */
  readonly day: string
  /** A number nobody else has: two people never share an NHS number or a local id. */
  readonly serial: number
  readonly chance: Chance
}

export function makePerson({ age, sex, day, serial, chance }: Wanted): Person {
  const group = chance.pickWeighted(nameGroups.map(each => [each.weight, each] as const))
  const { town, districts } = chance.pickWeighted(towns)
  return {
    age,
    sex,
    nhsNumber: age < 1 || chance.happens(0.97) ? nhsNumberOf(serial) : null,
    localId: `W${1_000_000 + serial}`,
    given: chance.pick(givenNames(group, { age, sex })),
    family: chance.pick(group.families),
    birthDate: birthDateOf({ age, day, chance }),
    postcode: `${chance.pick(districts)} ${inwardCode(chance)}`,
    address: `${chance.between(1, 140)} ${chance.pick(streets)}, ${town}`,
    gpPractice: chance.pick(practices),
    school: schoolOf(age, chance),
  }
}

/** From the range 999, which is kept for tests. Each serial has a number of its own, with its right check digit. */
export function nhsNumberOf(serial: number): NhsNumber {
  // The ninth digit weighs 2, so of two neighbours one at most lacks a check digit.
  for (const nine of [2 * serial, 2 * serial + 1].map(each => `999${String(each).padStart(6, '0')}`)) {
    for (let check = 0; check <= 9; check++) {
      const number = parseNhsNumber(`${nine}${check}`)
      if (number !== null) return number
    }
  }
  throw new Error(`${serial} is too large: serials go up to 499999`)
}

function givenNames(
  { girls, boys, olderWomen, olderMen }: (typeof nameGroups)[number],
  { age, sex }: Pick<Wanted, 'age' | 'sex'>,
): readonly string[] {
  if (sex === 'female') return age > 55 ? olderWomen : girls
  return age > 55 ? olderMen : boys
}

function birthDateOf({ age, day, chance }: Pick<Wanted, 'age' | 'day' | 'chance'>): string {
  const birthday = Temporal.PlainDate.from(day).subtract({ years: age })
  return birthday.subtract({ days: age === 0 ? chance.between(20, 330) : chance.between(1, 360) }).toString()
}

/** The letters C, I, K, M, O and V stand in no inward code, so this postcode is nobody's. */
function inwardCode(chance: Chance): string {
  const letters = [...'CKMOV']
  return `${chance.between(1, 9)}${chance.pick(letters)}${chance.pick(letters)}`
}

function schoolOf(age: number, chance: Chance): string | null {
  if (age < 4 || age > 17) return null
  return chance.pick(age < 11 ? primarySchools : secondarySchools)
}
