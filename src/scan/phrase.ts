import type { PhrasePattern, Place, PlaceWord } from './lexicon.ts'
import type { Words } from './words.ts'

/** A phrase found: its first and last token, and the edits of its words together. */
export interface PhraseMatch {
  readonly first: number
  readonly last: number
  readonly edits: number
}

/** The starts that were tried last for a phrase: an unbroken row of tokens, both included. */
export interface Tried {
  from: number
  to: number
}

export function noneTried(): Tried {
  return { from: 0, to: -1 }
}

/**
 * The phrase around one of its anchor words, from every start from which the word is within reach. For each start the
 * shortest reading. A start that another anchor word has tried is passed over: what is found from it does not depend
 * on the anchor, and so a note of nothing but anchors costs each start once.
 *
 * Place by place, the tokens at which a reading may end, with the fewest edits: a bounded table instead of trying
 * one alternative after another, so the cost is bounded by the phrase and `within`, whatever the note says.
 */
export function phraseMatchesAround(
  words: Words,
  pattern: PhrasePattern,
  at: { readonly anchor: number; readonly wordsBefore: number; readonly tried: Tried },
): readonly PhraseMatch[] {
  const { anchor, tried } = at
  const matches: PhraseMatch[] = []
  const lowest = Math.max(0, anchor - at.wordsBefore)
  const { from, to } = tried
  const isJoined = lowest <= to + 1 && from <= anchor + 1
  tried.from = isJoined ? Math.min(from, lowest) : lowest
  tried.to = isJoined ? Math.max(to, anchor) : anchor
  for (let first = anchor; first >= lowest; first--) {
    if (first >= from && first <= to) continue
    if (!mayStandFrom(words, pattern, first)) continue
    const match = shortestFrom(words, pattern, first)
    if (match !== null) matches.push(match)
  }
  return matches
}

/** Readings that hold a shorter one inside them are not kept. */
export function withoutLonger(matches: readonly PhraseMatch[]): readonly PhraseMatch[] {
  const kept: PhraseMatch[] = []
  let nearestEnd = Number.POSITIVE_INFINITY
  for (const match of matches.toSorted((a, b) => b.first - a.first || a.last - b.last)) {
    if (match.last >= nearestEnd) continue
    kept.push(match)
    nearestEnd = match.last
  }
  return kept
}

/**
 * The cheap test: whether words for all places follow each other, whatever ends a sentence between them. Mostly the
 * anchor is an ordinary word and the rest of its phrase is not there, which this says without making anything. Bit n
 * stands for a reading of n words so far.
 */
function mayStandFrom(words: Words, { places, within }: PhrasePattern, first: number): boolean {
  if (within > bitsMax) return true
  let ends = 1
  let endsOfPairs = 0
  for (const place of places) {
    const starts = place.isLoose ? -(ends & -ends) : ends
    ends = endsOfPairs
    endsOfPairs = 0
    for (let start = 0; start < within; start++) {
      if ((starts & (1 << start)) === 0) continue
      const filled = lengthsAt(words, place, first + start)
      ends |= filled << start
      if (fillsTwo(words, place, first + start)) endsOfPairs |= 2 << start
    }
    if (ends === 0 && endsOfPairs === 0) return false
  }
  return ends !== 0
}

/** Longer phrases are read without this test: their bits would not fit. */
const bitsMax = 24

/** A bit for each number of words with which the place may be filled at `start`. */
function lengthsAt(words: Words, { words: options, rows }: Place, start: number): number {
  let lengths = editsAt(words, options, start) === null ? 0 : 0b10
  const split = words.joinedWithNext(start)
  if (split !== null && options.has(split)) lengths |= 0b100
  for (const row of rows) {
    if (row.every((word, at) => editsOfWordAt(words, word, start + at) !== null)) lengths |= 1 << row.length
  }
  return lengths
}

/** By last token: the fewest edits of a reading that ends there. */
type Ends = ReadonlyMap<number, number>

function shortestFrom(words: Words, pattern: PhrasePattern, first: number): PhraseMatch | null {
  const { places } = pattern
  const limit = lastWithin(words, first, pattern.within)
  // reached[p]: where readings of the first p places end. A joined pair fills two places at once.
  const reached: Map<number, number>[] = Array.from({ length: places.length + 1 }, () => new Map())
  reached[0]?.set(first - 1, 0)
  places.forEach((place, index) => {
    for (const [start, edits] of startsOf(reached[index] ?? new Map(), place, limit)) {
      for (const [end, more] of fillingsAt(words, place, start))
        keep(reached[index + 1], end, edits + more, limit)
      if (fillsTwo(words, place, start)) keep(reached[index + 2], start, edits, limit)
    }
  })
  const ends = [...(reached[places.length] ?? [])].sort(([a], [b]) => a - b)
  const [shortest] = ends
  return shortest === undefined ? null : { first, last: shortest[0], edits: shortest[1] }
}

function keep(ends: Map<number, number> | undefined, end: number, edits: number, limit: number): void {
  if (ends === undefined || end > limit) return
  const before = ends.get(end)
  if (before === undefined || edits < before) ends.set(end, edits)
}

/** Where a place may start: behind each end, or anywhere behind the first one where other words may stand between. */
function startsOf(ends: Ends, { isLoose }: Place, limit: number): Ends {
  const starts = new Map<number, number>()
  for (const [end, edits] of ends) {
    const furthest = isLoose ? limit : Math.min(end + 1, limit)
    for (let start = end + 1; start <= furthest; start++) keep(starts, start, edits, limit)
  }
  return starts
}

/** The tokens at which the place, started at `start`, may end. */
function fillingsAt(words: Words, { words: options, rows }: Place, start: number): Ends {
  const ends = new Map<number, number>()
  const most = words.count - 1
  const edits = editsAt(words, options, start)
  if (edits !== null) ends.set(start, edits)
  const split = words.joinedWithNext(start)
  if (split !== null && options.has(split)) keep(ends, start + 1, 0, most)
  for (const row of rows) {
    const each = row.map((word, at) => editsOfWordAt(words, word, start + at))
    if (each.every(found => found !== null)) keep(ends, start + row.length - 1, sum(each), most)
  }
  return ends
}

function fillsTwo(words: Words, { joined }: Place, start: number): boolean {
  return joined.size > 0 && start < words.count && joined.has(words.wordAt(start))
}

function editsAt(words: Words, options: ReadonlyMap<string, number>, index: number): number | null {
  if (index >= words.count) return null
  let least: number | null = null
  for (const { form, edits } of words.hitsAt(index)) {
    const allowed = options.get(form.word)
    if (allowed !== undefined && edits <= allowed && (least === null || edits < least)) least = edits
  }
  return least
}

function editsOfWordAt(words: Words, { word, edits: allowed }: PlaceWord, index: number): number | null {
  if (index >= words.count) return null
  let least: number | null = null
  for (const { form, edits } of words.hitsAt(index)) {
    if (form.word === word && edits <= allowed && (least === null || edits < least)) least = edits
  }
  return least
}

/** The last token that a phrase from `first` may reach: within its words and before the sentence ends. */
function lastWithin(words: Words, first: number, within: number): number {
  let last = first
  while (last < first + within - 1 && last + 1 < words.count && !words.stopsAfter(last).sentenceEnd) last++
  return last
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}
