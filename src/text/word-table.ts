import { classOf } from './letters.ts'

/**
 * Words and a small number for each, in one typed array: the reader of every word of every note asks this table,
 * so it must answer without making a string.
 *
 * A slot is four integers: letters 1 to 6, 7 to 12 and 13 to 18 of the word, five bits a letter, and its verdict.
 * A key therefore is the word itself and never a hash of it: two words cannot be taken for each other. Words of
 * more than 18 letters, or of letters beyond a to z, live in a map beside it. Collisions move on to the next slot,
 * and the table is at most half full, so a search ends at an empty slot soon.
 */
export interface WordTable {
  readonly slots: Int32Array
  /** Slots less one; their number is a power of two. */
  readonly mask: number
  readonly others: ReadonlyMap<string, number>
}

/** No word has this verdict: it means that the table does not hold the word. */
export const absent = 0

export const packedLettersMax = 18

export function makeWordTable(words: Iterable<readonly [string, number]>, expected: number): WordTable {
  let size = 1024
  while (size < expected * 2) size *= 2
  const others = new Map<string, number>()
  const table = { slots: new Int32Array(size * 4), mask: size - 1, others }
  for (const [word, verdict] of words) put(table, word, verdict)
  return table
}

/** The table with more words, or other verdicts for its own. It must have room: at most as many again. */
export function extendWordTable(base: WordTable, words: Iterable<readonly [string, number]>): WordTable {
  const others = new Map(base.others)
  const table = { slots: base.slots.slice(), mask: base.mask, others }
  for (const [word, verdict] of words) put(table, word, verdict)
  return table
}

export function verdictOf(table: WordTable, word: string): number {
  const key = pack(word)
  if (key === null) return table.others.get(word) ?? absent
  return table.slots[slotOf(table, key) * 4 + 3] ?? absent
}

/** Where a search starts. The reader of notes does the same sum letter by letter. */
export function hashOf(first: number, second: number, third: number): number {
  let hash = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b) ^ Math.imul(third, 0xc2b2ae35)
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0x2c1b3c6d)
  return (hash ^ (hash >>> 13)) >>> 0
}

type Key = readonly [number, number, number]

function put(
  table: { slots: Int32Array; mask: number; others: Map<string, number> },
  word: string,
  verdict: number,
) {
  const key = pack(word)
  if (key === null) {
    table.others.set(word, verdict)
    return
  }
  const at = slotOf(table, key) * 4
  table.slots.set([...key, verdict], at)
}

function slotOf({ slots, mask }: Pick<WordTable, 'slots' | 'mask'>, key: Key): number {
  let slot = hashOf(...key) & mask
  for (;;) {
    const at = slot * 4
    if (slots[at + 3] === absent) return slot
    if (slots[at] === key[0] && slots[at + 1] === key[1] && slots[at + 2] === key[2]) return slot
    slot = (slot + 1) & mask
  }
}

function pack(word: string): Key | null {
  if (word.length > packedLettersMax || word === '') return null
  const key: [number, number, number] = [0, 0, 0]
  for (let index = 0; index < word.length; index++) {
    const letter = classOf(word.charCodeAt(index))
    if (letter < 1 || letter > 26) return null
    const part = index < 6 ? 0 : index < 12 ? 1 : 2
    key[part] = (key[part] << 5) | letter
  }
  return key
}
