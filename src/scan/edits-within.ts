import { letters } from './word-at-hand.ts'

/**
 * Whether the word at hand, its letters in the work space of word-at-hand.ts, lies within so many edits of a form: the
 * same edits as in edit-distance.ts, and the same answer. Most near misses end here, before a string is made of them.
 *
 * Letters that both have at the start and at the end cost no edit. Between them the first letters differ and the last
 * ones do, so there an edit is tried at the start, and what one edit can then mend is seen from what is left.
 */
export function isWithinEdits(codes: Uint16Array, length: number, limit: 1 | 2): boolean {
  let formEnd = codes.length
  let wordEnd = length
  while (formEnd > 0 && wordEnd > 0 && codes[formEnd - 1] === letters[wordEnd - 1]) {
    formEnd--
    wordEnd--
  }
  if (limit === 1) return isMendedByOne(codes, 0, formEnd, 0, wordEnd)
  const start = sharedStart(codes, 0, formEnd, 0, wordEnd)
  const formLeft = formEnd - start
  const wordLeft = wordEnd - start
  if (formLeft <= 2 && wordLeft <= 2) return true
  if (formLeft - wordLeft > 2 || wordLeft - formLeft > 2) return false
  return (
    isMendedByOne(codes, start + 1, formEnd, start + 1, wordEnd) ||
    isMendedByOne(codes, start + 1, formEnd, start, wordEnd) ||
    isMendedByOne(codes, start, formEnd, start + 1, wordEnd) ||
    (formLeft > 1 &&
      wordLeft > 1 &&
      isSwapped(codes, start, start) &&
      isMendedByOne(codes, start + 2, formEnd, start + 2, wordEnd))
  )
}

export function codesOf(word: string): Uint16Array {
  return Uint16Array.from({ length: word.length }, (_, index) => word.charCodeAt(index))
}

/** The form from `at` to `formEnd` and the word from `from` to `wordEnd`. Numbers, no object: this runs for every near miss. */
function isMendedByOne(
  codes: Uint16Array,
  at: number,
  formEnd: number,
  from: number,
  wordEnd: number,
): boolean {
  const shared = sharedStart(codes, at, formEnd, from, wordEnd)
  const formLeft = formEnd - at - shared
  const wordLeft = wordEnd - from - shared
  if (formLeft <= 1 && wordLeft <= 1) return true
  return formLeft === 2 && wordLeft === 2 && isSwapped(codes, at + shared, from + shared)
}

function sharedStart(codes: Uint16Array, at: number, formEnd: number, from: number, wordEnd: number): number {
  let shared = 0
  while (at + shared < formEnd && from + shared < wordEnd && codes[at + shared] === letters[from + shared])
    shared++
  return shared
}

/** The next two letters are each other's. */
function isSwapped(codes: Uint16Array, at: number, from: number): boolean {
  return codes[at] === letters[from + 1] && codes[at + 1] === letters[from]
}
