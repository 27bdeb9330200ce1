/**
 * Which words may lie within one or two edits of a word, without comparing it to all of them.
 *
 * Two words within k edits become the same when at most k letters are deleted from each: a letter left out or put
 * in is one deletion on one side, a changed letter or a swap of neighbours one on both. So forms are filed under
 * everything they become by deletion, their rests, and a word asks under everything it becomes. Nothing is missed;
 * what comes too often is sent away by the exact distance.
 *
 * Rests are not cut as strings. Each is a number, its polynomial hash: hash(word) = Σ letter × base^(letters behind
 * it), so that the hash of a word without its letter i comes from the hashes of its head and its tail. Rests of
 * different words may share a number, which only lets a few more words through to the exact distance.
 *
 * The arrays below are work space, filled anew for each word: this runs for every unknown word of every note, and
 * an answer is used before the next word is asked.
 */

/** Longer words than this are filed and found by nothing: no word of English has half as many letters. */
export const lettersMax = 96

/** Character codes of small letters. */
export const letters: Uint16Array = new Uint16Array(lettersMax)
/** heads[i] is the hash of the first i letters, tails[i] that of the letters from i on. */
const heads = new Int32Array(lettersMax + 1)
const tails = new Int32Array(lettersMax + 1)
/** What `fillRests` wrote last. */
export const rests: Int32Array = new Int32Array(1 + lettersMax + (lettersMax * (lettersMax - 1)) / 2)

const base = 0x01000193
const powers = new Int32Array(lettersMax + 1)
powers[0] = 1
for (let index = 1; index <= lettersMax; index++) powers[index] = Math.imul(powers[index - 1] ?? 0, base)

/** Takes up a word and answers its length, or 0 where it has too many letters. */
export function takeWord(word: string): number {
  if (word.length > lettersMax) return 0
  for (let index = 0; index < word.length; index++) letters[index] = word.charCodeAt(index)
  hashLetters(word.length)
  return word.length
}

/** Hashes the first `length` letters of the work space. */
export function hashLetters(length: number): void {
  let hash = 0
  for (let index = 0; index < length; index++) {
    hash = (Math.imul(hash, base) + (letters[index] ?? 0)) | 0
    heads[index + 1] = hash
  }
  hash = 0
  tails[length] = 0
  for (let index = length - 1; index >= 0; index--) {
    hash = (hash + Math.imul(letters[index] ?? 0, powers[length - 1 - index] ?? 0)) | 0
    tails[index] = hash
  }
}

/** The number of the first `length` letters. */
export function headOf(length: number): number {
  return ((heads[length] ?? 0) + mixOf(length)) | 0
}

/** The number of the letters from `start` to the end of a word of `length`. */
export function tailOf(start: number, length: number): number {
  return ((tails[start] ?? 0) + mixOf(length - start)) | 0
}

/** Writes the rests after exactly `deletions` deletions, 0 to 2, and answers how many they are. */
export function fillRests(length: number, deletions: number): number {
  if (deletions === 0) {
    rests[0] = headOf(length)
    return 1
  }
  return deletions === 1 ? fillOnce(length) : fillTwice(length)
}

function fillOnce(length: number): number {
  const mix = mixOf(length - 1)
  for (let one = 0; one < length; one++) {
    rests[one] = (Math.imul(heads[one] ?? 0, powers[length - 1 - one] ?? 0) + (tails[one + 1] ?? 0) + mix) | 0
  }
  return length
}

function fillTwice(length: number): number {
  const mix = mixOf(length - 2)
  let count = 0
  for (let one = 0; one < length; one++) {
    // The hash of the letters before `other` without the letter `one`.
    let kept = heads[one] ?? 0
    for (let other = one + 1; other < length; other++) {
      rests[count++] = (Math.imul(kept, powers[length - 1 - other] ?? 0) + (tails[other + 1] ?? 0) + mix) | 0
      kept = (Math.imul(kept, base) + (letters[other] ?? 0)) | 0
    }
  }
  return count
}

/** Equal letters of other lengths are other rests. */
function mixOf(length: number): number {
  return Math.imul(length, 0x2c1b3c6d)
}
