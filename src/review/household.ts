import type { Patient } from '../attendance/patient.ts'
import { homePostcode } from '../attendance/postcode.ts'

/** What a child is compared by. */
export type Home = Pick<Patient, 'family' | 'given' | 'birthDate' | 'postcode' | 'address'>

/**
 * Why another child may be this one under other numbers, or may live with this one. Only ever told to a nurse: nothing is
 * joined by it.
 */
export const likenesses = {
  'same-child': 'Same name, date of birth and postcode',
  'same-home-and-name': 'Same address and surname',
  'same-home': 'Same address',
  'same-surname': 'Same surname and postcode',
} as const
export type Likeness = keyof typeof likenesses

/** Null where nothing of the two is alike, or no postcode says where they live. */
export function likenessOf(one: Home, other: Home): Likeness | null {
  const postcode = homePostcode(one.postcode)
  if (postcode === null || postcode !== homePostcode(other.postcode)) return null
  const shareName = namesMeet(one.family, other.family)
  const isBornAlike = one.birthDate !== null && one.birthDate === other.birthDate
  if (shareName && isBornAlike && firstNameOf(one) !== null && firstNameOf(one) === firstNameOf(other)) {
    return 'same-child'
  }
  const place = placeIn(one.address)
  if (place !== null && place === placeIn(other.address))
    return shareName ? 'same-home-and-name' : 'same-home'
  return shareName ? 'same-surname' : null
}

/** Shorter parts of a name, such as "de" or "Al", are many families'. */
const namePartMin = 3

/** "Ashdown-Quill" and "ASHDOWN" meet: a child may carry either name. */
function namesMeet(one: string | null, other: string | null): boolean {
  const others = new Set(namePartsOf(other))
  return namePartsOf(one).some(part => others.has(part))
}

/** The first of the given names alone: twins may share a second one. */
function firstNameOf({ given }: Home): string | null {
  return namePartsOf(given)[0] ?? null
}

function namePartsOf(name: string | null): readonly string[] {
  const words = plain(name).split(/[^\p{L}]+/u)
  const whole = words.join('')
  const parts = words.filter(word => word.length >= namePartMin && word !== 'unknown')
  return parts.length > 0 || whole === '' || whole === 'unknown' ? parts : [whole]
}

/**
 * Which home of its postcode an address is: its numbers, as in "Flat 2, 14 Tannery Row", and where it has none its first
 * line. Streets are written in too many ways to be compared, and a postcode has one or two of them.
 */
function placeIn(address: string | null): string | null {
  const lines = plain(address)
  const numbers = lines.match(/\b\d+[a-z]?\b/gu)
  if (numbers !== null) return numbers.join(' ')
  const [first = ''] = lines.split(/[,\n]/)
  const letters = first.replaceAll(/[^\p{L}]/gu, '')
  return letters === '' || noPlaces.has(letters) ? null : letters
}

/** What is written where there is no address. */
const noPlaces = new Set(['nofixedabode', 'nfa', 'unknown', 'notknown', 'addressunknown', 'addressnotknown'])

/** Without accents and in small letters. An apostrophe separates nothing: "O'Hara" is "OHara". */
function plain(text: string | null): string {
  return (text ?? '')
    .normalize('NFKD')
    .replaceAll(/[\p{M}'’]/gu, '')
    .toLowerCase()
}
