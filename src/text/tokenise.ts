import { classOf, digit, isTimes, separator } from './letters.ts'

/**
 * The words and numbers of a text, in order.
 *
 *   token     := letters | digits          (digits part from letters: "50mg" is two tokens)
 *   letters   := one or more letters of either case
 *   separator := every other character, so "W/KNIFE" is two tokens, and so is "pt's"
 *
 * Offsets are kept in two arrays and words are cut when they are asked for: a note has hundreds of words and the
 * reader of matches looks at a few of them.
 */
export interface Tokens {
  readonly text: string
  readonly count: number
  readonly starts: Int32Array
  readonly ends: Int32Array
}

export function tokenise(text: string): Tokens {
  const starts = new Int32Array(text.length)
  const ends = new Int32Array(text.length)
  let count = 0
  let previous = separator
  for (let index = 0; index < text.length; ) {
    const first = classOf(text.charCodeAt(index))
    if (first === separator) {
      previous = separator
      index++
      continue
    }
    const end = endOfToken({ text, start: index, first, previous })
    starts[count] = index
    ends[count++] = end
    previous = first
    index = end
  }
  return { text, count, starts, ends }
}

/** As typed, case and all. */
export function typedWordAt(tokens: Tokens, index: number): string {
  return tokens.text.slice(tokens.starts[index], tokens.ends[index])
}

export function wordAt(tokens: Tokens, index: number): string {
  return typedWordAt(tokens, index).toLowerCase()
}

/** The words of a short text, such as a term of a rule, in small letters. */
export function wordsOf(text: string): readonly string[] {
  const tokens = tokenise(text)
  return Array.from({ length: tokens.count }, (_, index) => wordAt(tokens, index))
}

/** Where the text between token `index` and the next one starts and ends. */
export function gapAfter(tokens: Tokens, index: number): { readonly from: number; readonly to: number } {
  const from = index < 0 ? 0 : (tokens.ends[index] ?? tokens.text.length)
  const to = index + 1 < tokens.count ? (tokens.starts[index + 1] ?? tokens.text.length) : tokens.text.length
  return { from, to }
}

function endOfToken(at: { text: string; start: number; first: number; previous: number }): number {
  const { text, start, first, previous } = at
  const next = start + 1 < text.length ? classOf(text.charCodeAt(start + 1)) : separator
  if (isTimes({ before: previous, first, next })) return start + 1
  let end = start + 1
  for (; end < text.length; end++) {
    const kind = classOf(text.charCodeAt(end))
    if (kind === separator || (kind === digit) !== (first === digit)) break
  }
  return end
}
