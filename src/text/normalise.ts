import type { Span } from './span.ts'

/**
 * A copy of a text in plain letters, and the way back. Spans of mentions always index the text as typed, so the
 * copy keeps, for each of its UTF-16 units, where that unit came from.
 */
export interface Normalised {
  readonly text: string
  /** Index in the text as typed of each unit of `text`; null where both are the same text. */
  readonly origins: Int32Array | null
  readonly typed: string
}

/** Text in ASCII alone is its own normal form, and most notes are. */
const beyondAscii = /[^\0-\x7f]/

/** Letters that Unicode does not take apart. */
const plainLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ı: 'i',
}

/** Marks that stand for a plain one on a keyboard. */
const plainMarks: readonly (readonly [RegExp, string])[] = [
  [/[\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4]/, "'"],
  [/[\u201c-\u201f\u2033\u00ab\u00bb]/, '"'],
  [/[\u2010-\u2015\u2212\u2043\ufe58\ufe63]/, '-'],
  [/[\u2028\u2029\u0085]/, '\n'],
  [/[\u2022\u25cf\u25aa\u25e6]/, '-'],
]

/** Unicode has about 1.1 million code points; a feed uses a few hundred. At the limit the memory starts afresh. */
const remembered = new Map<string, string>()
const rememberedMax = 4096

export function normalise(typed: string): Normalised {
  if (!beyondAscii.test(typed)) return asItIs(typed)
  const origins = new Int32Array(typed.length * longestReplacement)
  let length = 0
  let text = ''
  for (let index = 0; index < typed.length; ) {
    const code = typed.codePointAt(index) ?? 0
    const width = code > 0xffff ? 2 : 1
    const plain = code < 0x80 ? typed.charAt(index) : plainFormOf(typed.slice(index, index + width))
    for (let unit = 0; unit < plain.length; unit++) origins[length++] = index
    text += plain
    index += width
  }
  return { text, origins: origins.subarray(0, length), typed }
}

/** Of a text that is known to be ASCII. */
export function asItIs(typed: string): Normalised {
  return { text: typed, origins: null, typed }
}

/** The span in the text as typed of a span in its normal form. The span must not be empty. */
export function spanAsTyped({ origins, typed }: Normalised, { start, end }: Span): Span {
  if (origins === null) return { start, end }
  const last = origins[end - 1] ?? 0
  const width = (typed.codePointAt(last) ?? 0) > 0xffff ? 2 : 1
  return { start: origins[start] ?? 0, end: last + width }
}

/** Compatibility forms such as an ellipsis or a ligature come apart into a few letters; the rest is cut off. */
const longestReplacement = 4

function plainFormOf(character: string): string {
  const known = remembered.get(character)
  if (known !== undefined) return known
  if (remembered.size === rememberedMax) remembered.clear()
  const plain = makePlain(character).slice(0, longestReplacement)
  remembered.set(character, plain)
  return plain
}

function makePlain(character: string): string {
  const letter = plainLetters[character]
  if (letter !== undefined) return letter
  const mark = plainMarks.find(([pattern]) => pattern.test(character))
  if (mark !== undefined) return mark[1]
  // Accents (Mn) and format characters (Cf: zero-width, soft hyphen, direction) are nothing that is read.
  const parts = character.normalize('NFKD').replace(/[\p{Mn}\p{Me}\p{Cf}]/gu, '')
  return /^\s+$/.test(parts) ? ' ' : parts
}
