import type { KnownWords } from '../text/known-words.ts'
import { digit, isTimes, letterClasses, separator } from '../text/letters.ts'
import type { Tokens } from '../text/tokenise.ts'
import {
  absent,
  copyOf,
  entryOf,
  fillWordTable,
  known,
  listed,
  verdictOfOne,
  verdictOfThree,
  verdictOfTwo,
  type WordTable,
} from '../text/word-table.ts'
import { endLettersOf, mayHaveEnds } from './end-letters.ts'
import { type FormFilter, makeFormFilter } from './form-filter.ts'
import type { Form, Lexicon } from './lexicon.ts'
import { editsOf, type Hit, type Lookup } from './lookup.ts'
import { makeIsRest } from './run-ons.ts'
import { lettersMax, takeBytes } from './word-at-hand.ts'

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
  find(text: string): Candidates
}

/** `not-ascii` is answered of texts with other letters, which must be read in full. */
export type Candidates =
  | 'none'
  | 'not-ascii'
  | {
      /** Work space of the finder: it holds until the next text is searched. */
      readonly tokens: Tokens
      readonly candidates: readonly number[]
      /** By token, what was found of unknown words already. */
      readonly hits: (readonly Hit[])[]
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
  const filter = makeFormFilter(
    anchors.map(form => ({ word: form.word, edits: editsOf(form), entry: form })),
    makeIsRest(known),
  )
  const splits = endLettersOf(anchors.map(({ word }) => word))
  const numbers = new Set(anchors.flatMap(({ word }) => (/^(\d|x$)/.test(word) ? [word] : [])))
  const shorts = shortVerdicts(table)
  const encoder = new TextEncoder()
  let room = makeRoom(1 << 16)
  return {
    find: text => {
      // One byte behind the text stays free for the mark that ends its last word.
      if (room.bytes.length <= text.length) room = makeRoom(text.length * 2)
      const { bytes, starts, ends } = room
      const { read, written } = encoder.encodeInto(text, bytes.subarray(0, text.length))
      if (read !== text.length || written !== text.length) return 'not-ascii'
      bytes[text.length] = 0
      const candidates: number[] = []
      const hits: (readonly Hit[])[] = []
      const count = findIn({
        ...room,
        length: text.length,
        text,
        table,
        filter,
        lookup,
        splits,
        shorts,
        numbers,
        candidates,
        hits,
      })
      return candidates.length === 0 ? 'none' : { candidates, hits, tokens: { text, count, starts, ends } }
    },
  }
}

/** Work space for one text, used again for the next one. */
interface Room {
  readonly bytes: Uint8Array
  readonly starts: Int32Array
  readonly ends: Int32Array
}

function makeRoom(length: number): Room {
  return { bytes: new Uint8Array(length), starts: new Int32Array(length), ends: new Int32Array(length) }
}

interface Pass extends Room {
  readonly length: number
  readonly text: string
  readonly table: WordTable
  readonly filter: FormFilter
  readonly lookup: Lookup
  readonly splits: Int32Array
  readonly shorts: Uint8Array
  /** Terms that are a number, or the sign of "2 x": mostly none, and then numbers are passed over unread. */
  readonly numbers: ReadonlySet<string>
  /** Filled with the tokens at which a term may stand, in order. */
  readonly candidates: number[]
  readonly hits: (readonly Hit[])[]
}

/** Cuts the text as src/text/tokenise.ts does, fills the candidates and answers the number of tokens. */
function findIn(pass: Pass): number {
  const { bytes, length, table, shorts, numbers, starts, ends, candidates } = pass
  const [few, more, most] = table.parts
  let count = 0
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
    let verdict: number = known
    if (first === digit || (previous === digit && isTimes({ before: previous, first, next }))) {
      if (first === digit) while (classAt(bytes, at) === digit) at++
      if (numbers.size > 0 && numbers.has(pass.text.slice(start, at).toLowerCase())) verdict = listed
    } else {
      let one = first
      let two = 0
      let three = 0
      while ((next - 1) >>> 0 < 26) {
        if (at < start + 6) one = (one << 5) | next
        else if (at < start + 12) two = (two << 5) | next
        else if (at < start + 18) three = (three << 5) | next
        next = letterClasses[bytes[++at] ?? 0] ?? separator
      }
      if (one < shorts.length) verdict = shorts[one] ?? absent
      else if (at <= start + 6) verdict = verdictOfOne(few, one)
      else if (at <= start + 12) verdict = verdictOfTwo(more, one, two)
      else if (at <= start + 18) verdict = verdictOfThree(most, [one, two, three])
      else verdict = table.others.get(pass.text.slice(start, at).toLowerCase())?.verdict ?? absent
    }
    starts[count] = start
    ends[count] = at
    if (
      lastEnd >= 0 &&
      (start > lastEnd + 1 || bytes[lastEnd] !== space) &&
      maySplit(bytes, lastEnd, start)
    ) {
      if (isListedSplit(pass, count) && candidates.at(-1) !== count - 1) candidates.push(count - 1)
    }
    if (verdict !== known && ((verdict & listed) !== 0 || isUnknownCandidate(pass, count)))
      candidates.push(count)
    count++
    previous = first
    lastEnd = at
  }
  return count
}

function classAt(bytes: Uint8Array, at: number): number {
  return letterClasses[bytes[at] ?? 0] ?? separator
}

function isUnknownCandidate(pass: Pass, index: number): boolean {
  const { bytes, text, filter, lookup, starts, ends, hits } = pass
  const [start = 0, end = 0] = [starts[index], ends[index]]
  const length = end - start
  if (length > lettersMax) return false
  takeBytes(bytes, start, length)
  if (!filter.isSuspect(length)) return false
  const found = lookup.hitsOfUnknown(text.slice(start, end).toLowerCase())
  if (!found.some(({ form, edits }) => isAnchorWithin(form, edits))) return false
  hits[index] = found
  return true
}

/** A hyphen, a line break or nothing stands between the words: the cheap half of the test. */
function maySplit(bytes: Uint8Array, from: number, to: number): boolean {
  if (from === to) return true
  for (let at = from; at < to; at++) {
    const byte = bytes[at]
    if (byte === hyphen || byte === lineFeed || byte === carriageReturn) return true
  }
  return false
}

/** Whether token `index` and the one before it are a listed form when joined. */
function isListedSplit({ bytes, text, starts, ends, splits, lookup }: Pass, index: number): boolean {
  const [lastStart = 0, lastEnd = 0] = [starts[index - 1], ends[index - 1]]
  const [start = 0, end = 0] = [starts[index], ends[index]]
  const length = lastEnd - lastStart + end - start
  const [first, last] = [classAt(bytes, lastStart), classAt(bytes, end - 1)]
  if (!mayHaveEnds(splits, { first, last, length })) return false
  const form = lookup.exactly((text.slice(lastStart, lastEnd) + text.slice(start, end)).toLowerCase())
  return form !== undefined && isAnchor(form)
}

function isAnchor(form: Form): boolean {
  return form.uses.some(use => use.isAnchor)
}

function isAnchorWithin(form: Form, edits: number): boolean {
  return form.uses.some(use => use.isAnchor && edits <= use.edits)
}

/** Half the words of a note have three letters or fewer: they have a table of their own, indexed by their letters. */
function shortVerdicts({ parts: [few] }: WordTable): Uint8Array {
  const shorts = new Uint8Array(1 << 15)
  for (const first of few.slots) {
    const letters = first & 0x3fffffff
    if (letters < shorts.length) shorts[letters] = first >>> 30
  }
  return shorts
}
