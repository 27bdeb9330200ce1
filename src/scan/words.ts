import type { Normalised } from '../text/normalise.ts'
import { type Stops, stopsAfter } from '../text/sentences.ts'
import { gapAfter, type Tokens, typedWordAt, wordAt } from '../text/tokenise.ts'
import type { Hit, Lookup } from './lookup.ts'
import { type Piece, type PieceSource, pieceGroupAt } from './pieces.ts'

/** The words of one note, each looked up at most once. */
export interface Words extends PieceSource {
  readonly note: Normalised
  readonly count: number
  /** With its capitals. */
  typedWordAt(index: number): string
  hitsAt(index: number): readonly Hit[]
  stopsAfter(index: number): Stops
  /** The whole note is in capitals, so that capitals say nothing. */
  isAllCapitals(): boolean
  /** The word and the next one as one, where only a hyphen or a line break parts them. */
  joinedWithNext(index: number): string | null
  /** Whether these words stand in a row anywhere in the note, within one sentence: "with dad. Cut thumb" holds no "dad cut". */
  holds(row: readonly string[]): boolean
}

interface Note {
  readonly note: Normalised
  readonly tokens: Tokens
  readonly lookup: Lookup
  /** By token, those looked up before. */
  readonly hits: (readonly Hit[])[]
}

export function makeWords(note: Note): Words {
  return new WordsOfNote(note)
}

/** Every note in which a term may stand makes one: its memories are made when they are first needed. */
class WordsOfNote implements Words {
  readonly note: Normalised
  readonly tokens: Tokens
  readonly count: number
  readonly #lookup: Lookup
  readonly #hits: (readonly Hit[])[]
  readonly #cut: string[] = []
  readonly #stops: Stops[] = []
  readonly #pieces: (readonly Piece[])[] = []
  #places: ReadonlyMap<string, readonly number[]> | null = null
  // Asked by every match: a note full of matches must not be searched for each of them.
  #held: Map<readonly string[], boolean> | null = null
  #isAllCapitals: boolean | null = null

  constructor({ note, tokens, lookup, hits }: Note) {
    this.note = note
    this.tokens = tokens
    this.count = tokens.count
    this.#lookup = lookup
    this.#hits = hits
  }

  wordAt(index: number): string {
    return remember(this.#cut, index, () => wordAt(this.tokens, index))
  }

  typedWordAt(index: number): string {
    return typedWordAt(this.tokens, index)
  }

  piecesAt(index: number): readonly Piece[] {
    return remember(this.#pieces, index, () => pieceGroupAt(this, index))
  }

  hitsAt(index: number): readonly Hit[] {
    return remember(this.#hits, index, () => this.#lookup.hitsOf(this.wordAt(index)))
  }

  stopsAfter(index: number): Stops {
    return remember(this.#stops, index, () => stopsAfter(this.tokens, index))
  }

  isAllCapitals(): boolean {
    const { text } = this.tokens
    this.#isAllCapitals ??= text === text.toUpperCase()
    return this.#isAllCapitals
  }

  joinedWithNext(index: number): string | null {
    if (index < 0 || index + 1 >= this.count || !isSplit(this.tokens, index)) return null
    return this.wordAt(index) + this.wordAt(index + 1)
  }

  holds(row: readonly string[]): boolean {
    this.#held ??= new Map()
    const before = this.#held.get(row)
    if (before !== undefined) return before
    this.#places ??= placesOf(this.tokens)
    const starts = this.#places.get(row[0] ?? '') ?? []
    const isHeld = starts.some(
      start =>
        start + row.length <= this.count &&
        row.every((word, at) => this.wordAt(start + at) === word) &&
        row.every((_, at) => at === 0 || !this.stopsAfter(start + at - 1).sentenceEnd),
    )
    this.#held.set(row, isHeld)
    return isHeld
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
  const { text } = tokens
  const { from, to } = gapAfter(tokens, index)
  // "2xannies" was cut after its x, which may belong to the word.
  if (from === to) return wordAt(tokens, index) === 'x'
  if (to - from === 1 && text.charAt(from) === ' ') return false
  return to - from <= splitGapMax && split.test(text.slice(from, to))
}

function remember<Value>(memory: Value[], index: number, find: () => Value): Value {
  const before = memory[index]
  if (before !== undefined) return before
  const value = find()
  memory[index] = value
  return value
}
