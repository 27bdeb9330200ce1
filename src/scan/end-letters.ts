import { classOf } from '../text/letters.ts'

/** By first and last letter: a bit for each length that words which start and end so have. */
export function endLettersOf(words: readonly string[]): Int32Array {
  const ends = new Int32Array(32 * 32)
  for (const word of words) {
    const cell = classOf(word.charCodeAt(0)) * 32 + classOf(word.charCodeAt(word.length - 1))
    ends[cell] = (ends[cell] ?? 0) | lengthBit(word.length)
  }
  return ends
}

/** Letters as classes. False means that none of the words is such. */
export function mayHaveEnds(
  ends: Int32Array,
  word: { first: number; last: number; length: number },
): boolean {
  return ((ends[word.first * 32 + word.last] ?? 0) & lengthBit(word.length)) !== 0
}

/** Lengths of 31 and more share a bit. */
function lengthBit(length: number): number {
  return 1 << Math.min(length, 31)
}
