/**
 * The letters of the word at hand. It is work space, filled anew for each word: this runs for every unknown word of
 * every note, and an answer is used before the next word is asked.
 */

/** Longer words than this are found by nothing: no word of English has half as many letters. */
export const lettersMax = 96

/** Character codes of small letters. */
export const letters: Uint16Array = new Uint16Array(lettersMax)

/** Takes up a word and answers its length, or 0 where it has too many letters. */
export function takeWord(word: string): number {
  if (word.length > lettersMax) return 0
  for (let index = 0; index < word.length; index++) letters[index] = word.charCodeAt(index)
  return word.length
}

/** Two letters of the word at hand as a number, five bits each. Letters beyond a to z share the bits of others. */
export function pairAt(start: number): number {
  return (((letters[start] ?? 0) & 31) << 5) | ((letters[start + 1] ?? 0) & 31)
}

/** Three letters; of the first one only two bits, so that tables of triples stay small. */
export function tripleAt(start: number): number {
  return ((pairAt(start) << 5) | ((letters[start + 2] ?? 0) & 31)) & (triples - 1)
}

export const triples = 4096

/** A bit for each letter that the word has. An edit changes two of them at most: one letter goes, one comes. */
export function letterSet(length: number): number {
  let set = 0
  for (let index = 0; index < length; index++) set |= 1 << ((letters[index] ?? 0) & 31)
  return set
}
