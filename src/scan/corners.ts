import { letters, takeWord } from './deletions.ts'

/**
 * Pairs and triples of letters that forms have at their ends and in their middle: a word that shares none of them
 * with any form need not be cut at all. They read the word in the work space of deletions.ts.
 *
 * An edit touches two neighbours at most. So a form of five letters or more keeps its first two letters or its last
 * two through one edit. Through two edits a form of nine letters or more keeps its first two, its last two, or, where
 * one edit fell on each end, its fourth to sixth letters, moved by one place at most.
 */
export interface Corners {
  readonly firsts: Uint8Array
  readonly lasts: Uint8Array
  /** Fourth to sixth letters. */
  readonly middles: Uint8Array
  /** False where some form is too short for the argument above: then every word may be near. */
  readonly isTelling: boolean
}

export const pair = 2
export const triple = 3

export function cornersOf(words: readonly string[], settings: { size: 2 | 3; shortest: number }): Corners {
  const { size, shortest } = settings
  const firsts = new Uint8Array(32 ** size)
  const lasts = new Uint8Array(32 ** size)
  const middles = new Uint8Array(32 ** triple)
  for (const word of words) {
    const length = takeWord(word)
    if (length < size) continue
    firsts[groupAt(0, size)] = 1
    lasts[groupAt(length - size, size)] = 1
    if (length >= 6) middles[groupAt(3, triple)] = 1
  }
  return { firsts, lasts, middles, isTelling: words.every(word => word.length >= shortest) }
}

/** Whether the word at hand starts or ends as some form does. */
export function sharesPair({ firsts, lasts, isTelling }: Corners, length: number): boolean {
  return !isTelling || firsts[groupAt(0, pair)] === 1 || lasts[groupAt(length - pair, pair)] === 1
}

/** The same with three letters. */
export function sharesTriple({ firsts, lasts }: Corners, length: number): boolean {
  return (
    length >= triple && (firsts[groupAt(0, triple)] === 1 || lasts[groupAt(length - triple, triple)] === 1)
  )
}

export function sharesMiddle({ middles }: Corners): boolean {
  return (
    middles[groupAt(2, triple)] === 1 ||
    middles[groupAt(3, triple)] === 1 ||
    middles[groupAt(4, triple)] === 1
  )
}

/** Five bits a letter. Other letters than a to z share the bits of some of these, which only lets more words through. */
function groupAt(start: number, size: number): number {
  const two = (((letters[start] ?? 0) & 31) << 5) | ((letters[start + 1] ?? 0) & 31)
  return size === pair ? two : (two << 5) | ((letters[start + 2] ?? 0) & 31)
}
