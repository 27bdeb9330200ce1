/**
 * Which entries may lie within one or two edits of a word, without comparing it to all of them.
 *
 * Two words within k edits become the same when at most k letters are deleted from each: a letter left out or put
 * in is one deletion on one side, a changed letter or a swap of neighbours one on both. So entries are filed under
 * everything they become by deletion, their rests, and a word asks under everything it becomes. Nothing is missed;
 * what comes too often is sent away by the exact distance.
 *
 * Rests are not cut as strings. Each is a number, its polynomial hash: hash(word) = Σ letter × base^(letters behind
 * it), so that the hash of a word without its letter i comes from the hashes of its head and its tail. Rests of
 * different words may share a number, which only lets a few more words through to the exact distance.
 */
export interface Hashes {
  /** heads[i] is the hash of the first i letters. */
  readonly heads: Int32Array
  /** tails[i] is the hash of the letters from i on. */
  readonly tails: Int32Array
}

/** Longer words than this are filed and found by nothing: no word of English has half as many letters. */
export const lettersMax = 96

const base = 0x01000193
const powers = new Int32Array(lettersMax + 1)
powers[0] = 1
for (let index = 1; index <= lettersMax; index++) powers[index] = Math.imul(powers[index - 1] ?? 0, base)

export function makeHashes(): Hashes {
  return { heads: new Int32Array(lettersMax + 1), tails: new Int32Array(lettersMax + 1) }
}

/** Letters are character codes of small letters. At most `lettersMax` of them. */
export function fillHashes({ heads, tails }: Hashes, letters: Uint16Array, length: number): void {
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

/** A rest and its length make one number: equal letters of other lengths are other rests. */
export function restOf(hash: number, length: number): number {
  return (hash + Math.imul(length, 0x2c1b3c6d)) | 0
}

/** Room for the rests of a word after two deletions. */
export const restsMax = 1 + lettersMax + (lettersMax * (lettersMax - 1)) / 2

/** Writes the word's rests after up to `deletions` deletions, itself included, and answers how many they are. */
export function fillRests(at: {
  readonly hashes: Hashes
  readonly letters: Uint16Array
  readonly length: number
  readonly deletions: 0 | 1 | 2
  readonly rests: Int32Array
}): number {
  const { hashes, letters, length, deletions, rests } = at
  const { heads, tails } = hashes
  let count = 0
  rests[count++] = restOf(heads[length] ?? 0, length)
  if (deletions === 0) return count
  for (let one = 0; one < length; one++) {
    const head = heads[one] ?? 0
    rests[count++] = restOf(
      Math.imul(head, powers[length - 1 - one] ?? 0) + (tails[one + 1] ?? 0),
      length - 1,
    )
    if (deletions === 1) continue
    // `kept` is the hash of the letters before `other` without the letter `one`.
    let kept = head
    for (let other = one + 1; other < length; other++) {
      const hash = Math.imul(kept, powers[length - 1 - other] ?? 0) + (tails[other + 1] ?? 0)
      rests[count++] = restOf(hash, length - 2)
      kept = (Math.imul(kept, base) + (letters[other] ?? 0)) | 0
    }
  }
  return count
}

/** Writes the letters of a word in small letters and answers their number, or 0 where they are too many. */
export function fillLetters(letters: Uint16Array, word: string): number {
  if (word.length > lettersMax) return 0
  for (let index = 0; index < word.length; index++) letters[index] = word.charCodeAt(index)
  return word.length
}
