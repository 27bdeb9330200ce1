import { classOf } from './letters.ts'
import {
  absent,
  lettersPerKey,
  verdictOf,
  verdictOfOne,
  verdictOfThree,
  verdictOfTwo,
  type WordPart,
  type WordTable,
} from './word-table.ts'

/** Whether words hold one that is one edit away: a letter left out, put in or changed, or two neighbours swapped. */
export type HasNeighbour = (word: string) => boolean

/** The table must hold all its words when the first word is asked. */
export function makeHasNeighbour(table: WordTable): HasNeighbour {
  let between: Between | null = null
  return word => {
    if (!/^[a-z]+$/.test(word) || word.length >= 3 * lettersPerKey) return hasUncommonNeighbour(table, word)
    between ??= lettersBetween(table)
    return hasPlainNeighbour({ table, between, word })
  }
}

/**
 * Which letters stand between which in the words of the table, a bit each: behind two letters and before one, and
 * behind one and before two. Of 26 letters that could be put in or changed at a place, two or three are left to ask
 * for.
 */
interface Between {
  readonly behindTwo: Int32Array
  readonly beforeTwo: Int32Array
}

/** Work space: letters as classes, with two empty places on both sides. */
const margin = 2
const spelt = new Uint8Array(3 * lettersPerKey + 2 * margin)

function hasPlainNeighbour({ table, between, word }: Plain): boolean {
  const { length } = word
  const letters = Uint8Array.from({ length }, (_, index) => classOf(word.charCodeAt(index)))
  spelt.fill(0)
  // The first letter is left out, then put back while the next one is: what is cheap to ask comes first.
  spelt.set(letters.subarray(1), margin)
  for (let place = 0; place < length; place++) {
    if (mayStand(between, Math.min(place, length - 2)) && holdsSpelt(table, length - 1)) return true
    spelt[margin + place] = letters[place] ?? 0
  }
  for (let place = 0; place + 1 < length; place++) {
    spelt[margin + place] = letters[place + 1] ?? 0
    spelt[margin + place + 1] = letters[place] ?? 0
    if (mayStand(between, place) && holdsSpelt(table, length)) return true
    spelt[margin + place] = letters[place] ?? 0
    spelt[margin + place + 1] = letters[place + 1] ?? 0
  }
  for (let place = 0; place < length; place++) {
    if (holdsAnyAt({ table, between, place, length })) return true
    spelt[margin + place] = letters[place] ?? 0
  }
  // The first place is left free, then filled while the free place moves on.
  spelt.fill(0)
  spelt.set(letters, margin + 1)
  for (let place = 0; place <= length; place++) {
    if (holdsAnyAt({ table, between, place, length: length + 1 })) return true
    spelt[margin + place] = letters[place] ?? 0
  }
  return false
}

interface Plain {
  readonly table: WordTable
  readonly between: Between
  readonly word: string
}

/** Whether the letter at this place stands between such letters in some word. A word of one letter is not asked for. */
function mayStand({ behindTwo, beforeTwo }: Between, place: number): boolean {
  const bits = (behindTwo[groupBehind(place)] ?? 0) & (beforeTwo[groupBefore(place)] ?? 0)
  return ((bits >>> (spelt[margin + place] ?? 0)) & 1) === 1
}

/** Whether any letter at this place, left empty, makes a word. */
function holdsAnyAt(at: { table: WordTable; between: Between; place: number; length: number }): boolean {
  const { table, between, place, length } = at
  spelt[margin + place] = 0
  let left = (between.behindTwo[groupBehind(place)] ?? 0) & (between.beforeTwo[groupBefore(place)] ?? 0)
  if (left === 0) return false
  pack(length)
  const key = Math.floor(place / lettersPerKey)
  const shift = 5 * (Math.min(length, (key + 1) * lettersPerKey) - 1 - place)
  const empty = keys[key] ?? 0
  for (; left !== 0; left &= left - 1) {
    keys[key] = empty | ((31 - Math.clz32(left & -left)) << shift)
    if (holdsKeys(table, length)) return true
  }
  return false
}

/** Work space: the letters packed as the word table packs them. */
const keys: [number, number, number] = [0, 0, 0]

function pack(length: number): void {
  keys.fill(0)
  for (let index = 0; index < length; index++) {
    const key = index < lettersPerKey ? 0 : index < 2 * lettersPerKey ? 1 : 2
    keys[key] = ((keys[key] ?? 0) << 5) | (spelt[margin + index] ?? 0)
  }
}

function holdsKeys({ parts }: WordTable, length: number): boolean {
  const [one, two] = keys
  if (length <= lettersPerKey) return one !== 0 && verdictOfOne(parts[0], one) !== absent
  if (length <= 2 * lettersPerKey) return verdictOfTwo(parts[1], one, two) !== absent
  return verdictOfThree(parts[2], keys) !== absent
}

function holdsSpelt(table: WordTable, length: number): boolean {
  pack(length)
  return holdsKeys(table, length)
}

function lettersBetween(table: WordTable): Between {
  const between = { behindTwo: new Int32Array(1 << 15), beforeTwo: new Int32Array(1 << 15) }
  table.parts.forEach((part, index) => {
    addPart(between, part, index + 1)
  })
  return between
}

function addPart({ behindTwo, beforeTwo }: Between, { slots }: WordPart, width: number): void {
  for (let at = 0; at < slots.length; at += width) {
    if (slots[at] === 0) continue
    const length = spell(slots, at, width)
    for (let place = 0; place < length; place++) {
      const bit = 1 << (spelt[margin + place] ?? 0)
      behindTwo[groupBehind(place)] = (behindTwo[groupBehind(place)] ?? 0) | bit
      beforeTwo[groupBefore(place)] = (beforeTwo[groupBefore(place)] ?? 0) | bit
    }
  }
}

/** Unpacks a word of the table into the work space and answers its length. */
function spell(slots: Int32Array, at: number, width: number): number {
  let length = 0
  spelt.fill(0)
  for (let key = 0; key < width; key++) {
    for (let shift = 5 * (lettersPerKey - 1); shift >= 0; shift -= 5) {
      const letter = ((slots[at + key] ?? 0) >>> shift) & 31
      if (letter !== 0) spelt[margin + length++] = letter
    }
  }
  return length
}

/** Two letters before the place and the one after it. */
function groupBehind(place: number): number {
  const at = margin + place
  return ((spelt[at - 2] ?? 0) << 10) | ((spelt[at - 1] ?? 0) << 5) | (spelt[at + 1] ?? 0)
}

/** One letter before the place and the two after it. */
function groupBefore(place: number): number {
  const at = margin + place
  return ((spelt[at - 1] ?? 0) << 10) | ((spelt[at + 1] ?? 0) << 5) | (spelt[at + 2] ?? 0)
}

const alphabet = 26

/** Words too long for the table's parts, or with other letters than a to z: rare, and asked one by one. */
function hasUncommonNeighbour(table: WordTable, word: string): boolean {
  const holds = (other: string) => verdictOf(table, other) !== absent
  const holdsAny = (head: string, tail: string) =>
    Array.from({ length: alphabet }, (_, index) => String.fromCharCode(97 + index)).some(letter =>
      holds(head + letter + tail),
    )
  for (let at = 0; at <= word.length; at++) {
    const head = word.slice(0, at)
    const tail = word.slice(at)
    if (holdsAny(head, tail)) return true
    if (tail === '') continue
    if (holds(head + tail.slice(1)) || holdsAny(head, tail.slice(1))) return true
    if (holds(head + tail.charAt(1) + tail.charAt(0) + tail.slice(2))) return true
  }
  return false
}
