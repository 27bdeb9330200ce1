import { classOf } from './letters.ts'

/**
 * Words and what is known of each, in typed arrays: the reader of every word of every note asks here, so it must
 * answer without making a string, and from as little memory as can be.
 *
 * Letters are packed six to an integer, five bits each, so a key is the word itself and never a hash of it: two words
 * cannot be taken for each other. Words of up to 6, 12 and 18 letters have a part each, whose slots are one, two or
 * three integers. The two bits that the first integer has left hold the verdict. Collisions move on to the next slot,
 * and a part is at most two thirds full, so a search ends at an empty slot soon. A byte of each slot's hash stands apart:
 * it lets nearly every unknown word go from an eighth of the memory. Words of more than 18 letters, or of letters beyond
 * a to z, live in a map.
 */
export interface WordTable {
  readonly parts: readonly [WordPart, WordPart, WordPart]
  readonly others: ReadonlyMap<string, Entry>
}

export interface WordPart {
  /** Empty slots hold 0, which is no word: letters start at 1. */
  readonly slots: Int32Array
  /** A byte of the hash of each slot's word, and 0 where the slot is empty. */
  readonly marks: Uint8Array
  /** A byte for each slot; the reader of notes never looks at it. */
  readonly rarities: Uint8Array
  /** Slots less one; their number is a power of two. */
  readonly mask: number
}

export interface Entry {
  readonly verdict: Verdict
  /** 10 for the commonest words of English; 100 for those no dictionary lists. */
  readonly rarity: number
}

/** Bits: 1, the word is known; 2, some rule lists it. */
export type Verdict = 0 | 1 | 2 | 3
export const absent = 0
export const known = 1
export const listed = 2

/** How many letters an integer holds. */
export const lettersPerKey = 6

const nothing: Entry = { verdict: absent, rarity: 100 }

/** Expected are the numbers of words of up to 6, 12 and 18 letters. */
export function makeWordTable(expected: readonly [number, number, number]): WordTable {
  const [few, more, most] = expected
  return { parts: [makePart(few, 1), makePart(more, 2), makePart(most, 3)], others: new Map() }
}

export function copyOf({ parts: [few, more, most], others }: WordTable): WordTable {
  return { parts: [copyOfPart(few), copyOfPart(more), copyOfPart(most)], others: new Map(others) }
}

export function entryOf(table: WordTable, word: string): Entry {
  const place = placeOf(table, word)
  if (place === null) return table.others.get(word) ?? nothing
  const { part, at, slot } = place
  const first = part.slots[at] ?? 0
  if (first === 0) return nothing
  return { verdict: verdictIn(first), rarity: part.rarities[slot] ?? 0 }
}

/** Puts words in, or changes what is known of them. The part must have room: see `makeWordTable`. */
export function fillWordTable(table: WordTable, words: Iterable<readonly [string, Entry]>): WordTable {
  const others = new Map(table.others)
  for (const [word, entry] of words) {
    const place = placeOf(table, word)
    if (place === null) {
      others.set(word, entry)
      continue
    }
    const { part, at, slot, keys } = place
    const [one = 0, two = 0, three = 0] = keys
    part.slots.set(keys, at)
    part.marks[slot] = markOf(hashOf(one, two, three))
    part.slots[at] = (keys[0] ?? 0) | (entry.verdict << 30)
    part.rarities[slot] = entry.rarity
  }
  return { parts: table.parts, others }
}

/** Only the verdict: without making anything, so that it may be asked for every word. */
export function verdictOf({ parts, others }: WordTable, word: string): number {
  let one = 0
  let two = 0
  let three = 0
  for (let index = 0; index < word.length; index++) {
    const letter = classOf(word.charCodeAt(index))
    if (letter < 1 || letter > 26 || index >= 3 * lettersPerKey) return others.get(word)?.verdict ?? absent
    if (index < lettersPerKey) one = (one << 5) | letter
    else if (index < 2 * lettersPerKey) two = (two << 5) | letter
    else three = (three << 5) | letter
  }
  if (two === 0) return one === 0 ? absent : verdictOfOne(parts[0], one)
  return three === 0 ? verdictOfTwo(parts[1], one, two) : verdictOfThree(parts[2], [one, two, three])
}

export function verdictOfOne({ slots, mask }: WordPart, one: number): number {
  for (let slot = hashOf(one, 0, 0) & mask; ; slot = (slot + 1) & mask) {
    const first = slots[slot] ?? 0
    if (first === 0 || isSameKey(first, one)) return first >>> 30
  }
}

export function verdictOfTwo({ slots, marks, mask }: WordPart, one: number, two: number): number {
  const hash = hashOf(one, two, 0)
  const mark = markOf(hash)
  for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
    const at = marks[slot] ?? 0
    if (at === 0) return absent
    if (at !== mark) continue
    const first = slots[slot * 2] ?? 0
    if (isSameKey(first, one) && slots[slot * 2 + 1] === two) return first >>> 30
  }
}

export function verdictOfThree(
  { slots, marks, mask }: WordPart,
  keys: readonly [number, number, number],
): number {
  const [one, two, three] = keys
  const hash = hashOf(one, two, three)
  const mark = markOf(hash)
  for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
    const at = marks[slot] ?? 0
    if (at === 0) return absent
    if (at !== mark) continue
    const first = slots[slot * 3] ?? 0
    if (isSameKey(first, one) && slots[slot * 3 + 1] === two && slots[slot * 3 + 2] === three)
      return first >>> 30
  }
}

/** Where a search starts. */
function hashOf(first: number, second: number, third: number): number {
  const hash = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b) ^ Math.imul(third, 0xc2b2ae35)
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 7
}

/** The bits of the hash that no slot's number uses, and never 0. */
function markOf(hash: number): number {
  return hash >>> 17 || 1
}

/** Whether the slot that starts with `first` belongs to a word of these first letters. */
function isSameKey(first: number, key: number): boolean {
  return (first ^ key) << 2 === 0
}

function verdictIn(first: number): Verdict {
  const verdict = first >>> 30
  return verdict === 1 || verdict === 2 || verdict === 3 ? verdict : 0
}

interface Place {
  readonly part: WordPart
  readonly keys: readonly number[]
  readonly slot: number
  /** Index of the slot's first integer. */
  readonly at: number
}

/** The slot that holds the word, or the empty one where it would go. */
function placeOf({ parts }: WordTable, word: string): Place | null {
  const keys = keysOf(word)
  const part = keys === null ? undefined : parts[keys.length - 1]
  if (keys === null || part === undefined) return null
  const [one = 0, two = 0, three = 0] = keys
  for (let slot = hashOf(one, two, three) & part.mask; ; slot = (slot + 1) & part.mask) {
    const at: number = slot * keys.length
    const first = part.slots[at] ?? 0
    const isHere =
      isSameKey(first, one) && keys.every((key, index) => index === 0 || part.slots[at + index] === key)
    if (first === 0 || isHere) return { part, keys, slot, at }
  }
}

function keysOf(word: string): readonly number[] | null {
  if (word === '' || word.length > 3 * lettersPerKey) return null
  const keys: number[] = []
  for (let index = 0; index < word.length; index++) {
    const letter = classOf(word.charCodeAt(index))
    if (letter < 1 || letter > 26) return null
    const key = Math.floor(index / lettersPerKey)
    keys[key] = ((keys[key] ?? 0) << 5) | letter
  }
  return keys
}

function makePart(expected: number, width: number): WordPart {
  let size = 1024
  while (size * 2 < expected * 3) size *= 2
  return {
    slots: new Int32Array(size * width),
    marks: new Uint8Array(size),
    rarities: new Uint8Array(size),
    mask: size - 1,
  }
}

function copyOfPart({ slots, marks, rarities, mask }: WordPart): WordPart {
  return { slots: slots.slice(), marks: marks.slice(), rarities: rarities.slice(), mask }
}
