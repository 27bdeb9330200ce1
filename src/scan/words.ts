import type { Normalised } from '../text/normalise.ts'
import { type Stops, stopsAfter } from '../text/sentences.ts'
import { gapAfter, type Tokens, typedWordAt, wordAt } from '../text/tokenise.ts'
import type { Hit, Lookup } from './lookup.ts'

/** The words of one note, each looked up at most once. */
export interface Words {
  readonly note: Normalised
  readonly tokens: Tokens
  readonly count: number
  wordAt(index: number): string
  /** With its capitals. */
  typedWordAt(index: number): string
  hitsAt(index: number): readonly Hit[]
  stopsAfter(index: number): Stops
  /** The whole note is in capitals, so that capitals say nothing. */
  isAllCapitals(): boolean
  /** The word and the next one as one, where only a hyphen or a line break parts them. */
  joinedWithNext(index: number): string | null
  /** Whether these words stand in a row anywhere in the note. */
  holds(row: readonly string[]): boolean
}

export function makeWords(at: { note: Normalised; tokens: Tokens; lookup: Lookup }): Words {
  const { note, tokens, lookup } = at
  const cut: string[] = []
  // Asked by every match: a note full of matches must not be searched for each of them.
  const held = new Map<readonly string[], boolean>()
  const hits = new Map<number, readonly Hit[]>()
  const stops = new Map<number, Stops>()
  let places: ReadonlyMap<string, readonly number[]> | null = null
  let allCapitals: boolean | null = null
  return {
    note,
    tokens,
    count: tokens.count,
    wordAt: index => {
      const before = cut[index]
      if (before !== undefined) return before
      const word = wordAt(tokens, index)
      cut[index] = word
      return word
    },
    typedWordAt: index => typedWordAt(tokens, index),
    hitsAt: index => remember(hits, index, () => lookup.hitsOf(wordAt(tokens, index))),
    stopsAfter: index => remember(stops, index, () => stopsAfter(tokens, index)),
    isAllCapitals: () => {
      allCapitals ??= tokens.text === tokens.text.toUpperCase()
      return allCapitals
    },
    joinedWithNext: index => {
      if (index < 0 || index + 1 >= tokens.count || !isSplit(tokens, index)) return null
      return wordAt(tokens, index) + wordAt(tokens, index + 1)
    },
    holds: row => {
      const before = held.get(row)
      if (before !== undefined) return before
      places ??= placesOf(tokens)
      const starts = places.get(row[0] ?? '') ?? []
      const isHeld = starts.some(start => row.every((word, at) => wordAt(tokens, start + at) === word))
      held.set(row, isHeld)
      return isHeld
    },
  }
}

/** Where each word stands: made once for a note with a match that an ignore may shield. */
function placesOf(tokens: Tokens): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>()
  for (let index = 0; index < tokens.count; index++) {
    const word = wordAt(tokens, index)
    const before = places.get(word)
    if (before === undefined) places.set(word, [index])
    else before.push(index)
  }
  return places
}

/** Blanks about a line break beyond this are a layout, not a word split over two lines. */
const splitGapMax = 40

/** A hyphen, a line break, or a hyphen at a line's end. */
const split = /^(?:-|-?[ \t]*\r?\n[ \t]*)$/

export function isSplit(tokens: Tokens, index: number): boolean {
  const { from, to } = gapAfter(tokens, index)
  // "2xannies" was cut after its x, which may belong to the word.
  if (from === to) return wordAt(tokens, index) === 'x'
  return to - from <= splitGapMax && split.test(tokens.text.slice(from, to))
}

function remember<Value>(memory: Map<number, Value>, key: number, find: () => Value): Value {
  const before = memory.get(key)
  if (before !== undefined) return before
  const value = find()
  memory.set(key, value)
  return value
}
