import { letters } from './word-at-hand.ts'

/**
 * Whether the word at hand, its letters in the work space of word-at-hand.ts, lies within so many edits of a form: the
 * same edits as in edit-distance.ts, and the same answer. Most near misses end here, before a string is made of them.
 */
export function isWithinEdits(codes: Uint16Array, length: number, limit: number): boolean {
  return isTailWithin(codes, 0, length, 0, limit)
}

export function codesOf(word: string): Uint16Array {
  return Uint16Array.from({ length: word.length }, (_, index) => word.charCodeAt(index))
}

/**
 * The form from `at` on and the word from `from` on. Equal letters are passed over, which never costs an edit; at the
 * first difference each edit is tried in turn. Numbers in place of an object: this runs for every near miss.
 */
function isTailWithin(codes: Uint16Array, at: number, length: number, from: number, limit: number): boolean {
  while (at < codes.length && from < length && codes[at] === letters[from]) {
    at++
    from++
  }
  const formLeft = codes.length - at
  const wordLeft = length - from
  const least = formLeft > wordLeft ? formLeft - wordLeft : wordLeft - formLeft
  if (least > limit) return false
  if (formLeft === 0 || wordLeft === 0) return true
  if (limit === 0) return false
  return (
    isTailWithin(codes, at + 1, length, from + 1, limit - 1) ||
    isTailWithin(codes, at + 1, length, from, limit - 1) ||
    isTailWithin(codes, at, length, from + 1, limit - 1) ||
    (codes[at] === letters[from + 1] &&
      codes[at + 1] === letters[from] &&
      wordLeft > 1 &&
      isTailWithin(codes, at + 2, length, from + 2, limit - 1))
  )
}
