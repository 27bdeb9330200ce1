import type { KnownWords } from '../text/known-words.ts'
import { classOf, digit, isTimes, letterClasses, separator } from '../text/letters.ts'
import {
  absent,
  copyOf,
  entryOf,
  fillWordTable,
  listed,
  verdictOfOne,
  verdictOfThree,
  verdictOfTwo,
  type WordTable,
} from '../text/word-table.ts'
import { letters, lettersMax } from './deletions.ts'
import { type FormFilter, makeFormFilter } from './form-filter.ts'
import type { Form, Lexicon } from './lexicon.ts'
import { editsOf, type Lookup } from './lookup.ts'

/**
 * The cheap test that every word of every note passes: it names the words at which a term may stand, and it never
 * leaves one out. Most notes have none and are read no further.
 *
 * One walk over the bytes packs each word of letters into three integers, as the word table does, and asks the
 * table. A known word that no rule lists is harmless; a listed one is a candidate. A word the table does not hold
 * goes through the filter of misspellings and run-ons, and only what passes is looked up exactly. Words on both
 * sides of a hyphen or a line break are also tried as one.
 */
export interface CandidateFinder {
  /** Offsets at which candidate words start, in order; null where the text is not all ASCII. */
  find(text: string): readonly number[] | null
}

const space = 32
const hyphen = 45
const lineFeed = 10
const carriageReturn = 13

export function makeCandidateFinder(rules: {
  readonly lexicon: Lexicon
  readonly known: KnownWords
  readonly lookup: Lookup
}): CandidateFinder {
  const { lexicon, known, lookup } = rules
  const anchors = [...lexicon.values()].filter(isAnchor)
  const table = fillWordTable(
    copyOf(known.table),
    anchors.map(({ word }) => [
      word,
      { ...entryOf(known.table, word), verdict: known.has(word) ? (3 as const) : listed },
    ]),
  )
  const filter = makeFormFilter(anchors.map(form => ({ word: form.word, edits: editsOf(form), entry: form })))
  const splits = endLettersOf(anchors)
  const numbers = new Set(anchors.flatMap(({ word }) => (/^(\d|x$)/.test(word) ? [word] : [])))
  const shorts = shortVerdicts(table)
  const encoder = new TextEncoder()
  let bytes = new Uint8Array(1 << 16)
  return {
    find: text => {
      // One byte behind the text stays free for the mark that ends its last word.
      if (bytes.length <= text.length) bytes = new Uint8Array(text.length * 2)
      const { read, written } = encoder.encodeInto(text, bytes.subarray(0, text.length))
      if (read !== text.length || written !== text.length) return null
      bytes[text.length] = 0
      return findIn({ bytes, length: text.length, text, table, filter, lookup, splits, shorts, numbers })
    },
  }
}

interface Pass {
  readonly bytes: Uint8Array
  readonly length: number
  readonly text: string
  readonly table: WordTable
  readonly filter: FormFilter
  readonly lookup: Lookup
  readonly splits: Uint8Array
  readonly shorts: Uint8Array
  /** Terms that are a number, or the sign of "2 x": mostly none, and then numbers are passed over unread. */
  readonly numbers: ReadonlySet<string>
}

/** Follows the grammar of src/text/tokenise.ts; the two are held together by a test. */
function findIn(pass: Pass): readonly number[] {
  const { bytes, length, table, shorts, numbers } = pass
  const [few, more, most] = table.parts
  const found: number[] = []
  let lastStart = 0
  let lastEnd = -1
  let previous = separator
  for (let at = 0; at < length; ) {
    const first = letterClasses[bytes[at] ?? 0] ?? separator
    const start = at++
    if (first === separator) {
      previous = separator
      continue
    }
    let next = letterClasses[bytes[at] ?? 0] ?? separator
    if (previous === digit || first === digit) {
      if (first === digit || isTimes({ before: previous, first, next })) {
        if (first === digit) while (classAt(bytes, at) === digit) at++
        if (numbers.size > 0 && numbers.has(pass.text.slice(start, at).toLowerCase())) found.push(start)
        previous = first
        lastStart = start
        lastEnd = at
        continue
      }
    }
    let one = first
    let two = 0
    let three = 0
    while ((next - 1) >>> 0 < 26) {
      if (at < start + 6) one = (one << 5) | next
      else if (at < start + 12) two = (two << 5) | next
      else if (at < start + 18) three = (three << 5) | next
      next = letterClasses[bytes[++at] ?? 0] ?? separator
    }

    let verdict: number = absent
    if (one < shorts.length) verdict = shorts[one] ?? absent
    else if (at <= start + 6) verdict = verdictOfOne(few, one)
    else if (at <= start + 12) verdict = verdictOfTwo(more, one, two)
    else if (at <= start + 18) verdict = verdictOfThree(most, [one, two, three])
    else verdict = table.others.get(pass.text.slice(start, at).toLowerCase())?.verdict ?? absent
    if (
      lastEnd >= 0 &&
      (start > lastEnd + 1 || bytes[lastEnd] !== space) &&
      maySplit(bytes, lastEnd, start) &&
      isListedSplit({ pass, lastStart, lastEnd, start, end: at })
    ) {
      if (found.at(-1) !== lastStart) found.push(lastStart)
    }
    if ((verdict & listed) !== 0 || (verdict === absent && isUnknownCandidate(pass, start, at)))
      found.push(start)
    previous = first
    lastStart = start
    lastEnd = at
  }
  return found
}

function classAt(bytes: Uint8Array, at: number): number {
  return letterClasses[bytes[at] ?? 0] ?? separator
}

function isUnknownCandidate({ bytes, text, filter, lookup }: Pass, start: number, end: number): boolean {
  const length = end - start
  if (length > lettersMax) return false
  // 32 parts a capital letter from its small one.
  for (let index = 0; index < length; index++) letters[index] = (bytes[start + index] ?? 0) | 32
  if (!filter.isSuspect(length)) return false
  return lookup
    .hitsOf(text.slice(start, end).toLowerCase())
    .some(({ form, edits }) => isAnchorWithin(form, edits))
}

/** A hyphen or a line break stands between the words: the cheap half of the test. */
function maySplit(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const byte = bytes[at]
    if (byte === hyphen || byte === lineFeed || byte === carriageReturn) return true
  }
  return false
}

interface Split {
  readonly pass: Pass
  readonly lastStart: number
  readonly lastEnd: number
  readonly start: number
  readonly end: number
}

function isListedSplit({ pass, lastStart, lastEnd, start, end }: Split): boolean {
  const { bytes, text, splits, lookup } = pass
  if (splits[classAt(bytes, lastStart) * 32 + classAt(bytes, end - 1)] === 0) return false
  if (lastEnd - lastStart + end - start > lettersMax) return false
  const form = lookup.exactly((text.slice(lastStart, lastEnd) + text.slice(start, end)).toLowerCase())
  return form !== undefined && isAnchor(form)
}

/** By first and last letter: whether any form starts and ends so. */
function endLettersOf(forms: readonly Form[]): Uint8Array {
  const ends = new Uint8Array(32 * 32)
  for (const { word } of forms)
    ends[classOf(word.charCodeAt(0)) * 32 + classOf(word.charCodeAt(word.length - 1))] = 1
  return ends
}

function isAnchor(form: Form): boolean {
  return form.uses.some(use => use.isAnchor)
}

function isAnchorWithin(form: Form, edits: number): boolean {
  return form.uses.some(use => use.isAnchor && edits <= use.edits)
}

/** Half the words of a note have three letters or fewer: they have a table of their own, indexed by their letters. */
function shortVerdicts(table: WordTable): Uint8Array {
  return Uint8Array.from({ length: 1 << 15 }, (_, key) => {
    const letters = [key >> 10, (key >> 5) & 31, key & 31].filter(letter => letter > 0)
    return entryOf(table, letters.map(letter => String.fromCharCode(96 + letter)).join('')).verdict
  })
}
