import { classOf } from './letters.ts'
import {
  absent,
  lettersPerKey,
  verdictOf,
  verdictOfOne,
  verdictOfThree,
  verdictOfTwo,
  type WordTable,
} from './word-table.ts'

/** Whether the table holds a word one edit away: a letter left out, put in or changed, or two neighbours swapped. */
export function hasNeighbour(table: WordTable, word: string): boolean {
  for (let at = 0; at <= word.length; at++) {
    const head = word.slice(0, at)
    const tail = word.slice(at)
    if (holdsAnyBetween(table, head, tail)) return true
    if (tail === '') continue
    if (verdictOf(table, head + tail.slice(1)) !== absent) return true
    if (holdsAnyBetween(table, head, tail.slice(1))) return true
    if (
      tail.length > 1 &&
      verdictOf(table, head + tail.charAt(1) + tail.charAt(0) + tail.slice(2)) !== absent
    )
      return true
  }
  return false
}

const alphabet = 26

/**
 * Whether any letter between `head` and `tail` makes a word. The rest is packed once, with a hole of five bits that
 * each letter fills in turn: 26 questions without a string.
 */
function holdsAnyBetween(table: WordTable, head: string, tail: string): boolean {
  const length = head.length + 1 + tail.length
  if (length > 3 * lettersPerKey) return holdsAnyLong(table, head, tail)
  const keys: [number, number, number] = [0, 0, 0]
  for (let index = 0; index < length; index++) {
    const letter = index < head.length ? head.charCodeAt(index) : tail.charCodeAt(index - head.length - 1)
    const part = Math.floor(index / lettersPerKey)
    keys[part] = ((keys[part] ?? 0) << 5) | (index === head.length ? 0 : classOf(letter))
  }
  const part = Math.floor(head.length / lettersPerKey)
  const behind = Math.min(length, (part + 1) * lettersPerKey) - head.length - 1
  const rest = keys[part] ?? 0
  for (let letter = 1; letter <= alphabet; letter++) {
    keys[part] = rest | (letter << (5 * behind))
    if (verdictOfKeys(table, keys, length) !== absent) return true
  }
  return false
}

function verdictOfKeys(
  { parts }: WordTable,
  keys: readonly [number, number, number],
  length: number,
): number {
  if (length <= lettersPerKey) return verdictOfOne(parts[0], keys[0])
  if (length <= 2 * lettersPerKey) return verdictOfTwo(parts[1], keys[0], keys[1])
  return verdictOfThree(parts[2], keys)
}

function holdsAnyLong(table: WordTable, head: string, tail: string): boolean {
  for (let letter = 1; letter <= alphabet; letter++) {
    if (verdictOf(table, head + String.fromCharCode(96 + letter) + tail) !== absent) return true
  }
  return false
}
