import levenshtein from 'fast-levenshtein'

/**
 * Edits that turn one word into another: a letter left out, put in or changed, or two neighbours swapped (restricted
 * Damerau-Levenshtein: no part is edited twice). Answers `limit + 1` for everything beyond the limit.
 *
 * fast-levenshtein counts a swap as two edits, so its distance is never less than ours and at most twice as much:
 * where it says 0 or 1, or more than twice the limit, it has the last word.
 */
export function editsBetween(one: string, other: string, limit: number): number {
  if (Math.abs(one.length - other.length) > limit) return limit + 1
  if (limit === 1 && !mayBeOneEdit(one, other)) return 2
  const plain = levenshtein.get(one, other)
  if (plain <= 1) return Math.min(plain, limit + 1)
  if (plain > 2 * limit) return limit + 1
  // Two edits less one are a single swap, which is seen at a glance; beyond that the table decides.
  if (plain === 2) return isSwapOf(one, other) ? 1 : Math.min(2, limit + 1)
  return Math.min(editsWithSwaps(one, other), limit + 1)
}

/**
 * Whether all but a letter or two in the middle is the same from both ends. Most words that come this far are sent
 * away here, before anything is measured.
 */
function mayBeOneEdit(one: string, other: string): boolean {
  const shorter = Math.min(one.length, other.length)
  let head = 0
  while (head < shorter && one.charCodeAt(head) === other.charCodeAt(head)) head++
  let tail = 0
  while (
    tail < shorter &&
    one.charCodeAt(one.length - 1 - tail) === other.charCodeAt(other.length - 1 - tail)
  )
    tail++
  return head + tail >= shorter - (one.length === other.length ? 2 : 0)
}

/** Whether the words differ by one swap of neighbours and nothing else. */
function isSwapOf(one: string, other: string): boolean {
  if (one.length !== other.length) return false
  let at = 0
  while (one[at] === other[at]) at++
  return one[at] === other[at + 1] && one[at + 1] === other[at] && one.slice(at + 2) === other.slice(at + 2)
}

/** Work space: three rows of the table of prefixes. */
const width = 128
const rows: readonly [Uint8Array, Uint8Array, Uint8Array] = [
  new Uint8Array(width),
  new Uint8Array(width),
  new Uint8Array(width),
]

/** Row by row over the table of prefixes: cell (i, j) holds the edits from the first i letters to the first j. */
function editsWithSwaps(one: string, other: string): number {
  if (other.length >= width) return Number.POSITIVE_INFINITY
  let [beforeLast, last, current] = rows
  for (let column = 0; column <= other.length; column++) last[column] = column
  for (let row = 1; row <= one.length; row++) {
    const letter = one.charCodeAt(row - 1)
    const letterBefore = one.charCodeAt(row - 2)
    current[0] = row
    for (let column = 1; column <= other.length; column++) {
      const otherLetter = other.charCodeAt(column - 1)
      let cost = (last[column - 1] ?? 0) + (letter === otherLetter ? 0 : 1)
      cost = Math.min(cost, (last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1)
      if (row > 1 && column > 1 && letterBefore === otherLetter && letter === other.charCodeAt(column - 2)) {
        cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1)
      }
      current[column] = cost
    }
    ;[beforeLast, last, current] = [last, current, beforeLast]
  }
  return last[other.length] ?? 0
}

/** Under `auto`: 36 in 100 one-edit slips of "gun" are other words, so short terms list their variants instead. */
export function editsAllowed(word: string, setting: 'auto' | 0 | 1 | 2): 0 | 1 | 2 {
  if (setting !== 'auto') return setting
  if (word.length <= 4) return 0
  return word.length <= 8 ? 1 : 2
}
