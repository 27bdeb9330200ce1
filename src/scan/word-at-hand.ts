/**
 * The letters of the word at hand. It is work space, filled anew for each word: this runs for every unknown word of
 * every note, and an answer is used before the next word is asked.
 */

/** Longer words than this are found by nothing: no word of English has half as many letters. */
export const lettersMax = 96

/** Character codes of small letters. */
export const letters: Uint16Array = new Uint16Array(lettersMax)

/** By how many letters stand before: the last six of them, five bits each. */
const packed = new Int32Array(lettersMax + 1)

/** As many letters as a number has room for. */
export const partMax = 6

const masks = Int32Array.from({ length: partMax + 1 }, (_, count) => 2 ** (5 * count) - 1)

/** Takes up a word and answers its length, or 0 where it has too many letters. */
export function takeWord(word: string): number {
  if (word.length > lettersMax) return 0
  for (let index = 0; index < word.length; index++) letters[index] = word.charCodeAt(index)
  packLetters(word.length)
  return word.length
}

/** The same of ASCII letters in bytes, large or small. */
export function takeBytes(bytes: Uint8Array, start: number, length: number): void {
  // 32 parts a capital letter from its small one.
  for (let index = 0; index < length; index++) letters[index] = (bytes[start + index] ?? 0) | 32
  packLetters(length)
}

/** A loop of its own: to fill both arrays in one takes three times as long. */
function packLetters(length: number): void {
  let six = 0
  for (let index = 0; index < length; index++) {
    six = ((six << 5) | ((letters[index] ?? 0) & 31)) & 0x3fffffff
    packed[index + 1] = six
  }
}

/** Up to six letters of the word at hand as a number. Letters beyond a to z share the bits of others. */
export function partAt(from: number, count: number): number {
  return (packed[from + count] ?? 0) & (masks[count] ?? 0)
}

/** A bit for each letter that the word has. An edit changes two of them at most: one letter goes, one comes. */
export function letterSet(length: number): number {
  let set = 0
  for (let index = 0; index < length; index++) set |= 1 << ((letters[index] ?? 0) & 31)
  return set
}
