import { cornersOf, pair, sharesMiddle, sharesPair, sharesTriple, triple } from './corners.ts'
import { fillRests, hashLetters, headOf, lettersMax, rests, tailOf, takeWord } from './deletions.ts'
import { codesOf, isWithinEdits } from './edits-within.ts'
import { makeNumberFilter, mayHold, type NumberFilter } from './number-filter.ts'

/** A form that may be found misspelt or run on with other words. */
export interface Filed<Entry> {
  readonly word: string
  readonly edits: 0 | 1 | 2
  readonly entry: Entry
}

/**
 * The cheap test of an unknown word: false means that no form is in it, and true almost always that one is, for all
 * but known words nearer to it. It reads the letters that stand in the work space of deletions.ts.
 */
export interface FormFilter {
  /** Neither misspelt nor as a run-on. Hashes the letters first. */
  isSuspect(length: number): boolean
  /** Of the word at hand, its letters hashed. */
  mayRunOn(length: number): boolean
}

/** Entries by what is left of them after deletions. */
export interface DeletionIndex<Entry> {
  /** Those within their edits of the word at hand, its letters hashed. */
  near(length: number): readonly Entry[]
}

/** A run-on holds a form of three letters at least. */
export const runOnPartMin = 3

/** Known words have fewer letters than this, so a longer token is no run-on of a form and a known word. */
export const runOnRestMax = 32

/** Whether the letters `from` to `to` (not included) of the word at hand may run on with a form. */
export type IsRest = (from: number, to: number) => boolean

export function makeFormFilter(filed: readonly Filed<unknown>[], isRest: IsRest): FormFilter {
  const whole = {
    ...makeNearFilter(
      filed.filter(({ word }) => word.length >= runOnPartMin),
      0,
    ),
    isRest,
  }
  const once = makeNearFilter(withEdits(filed, 1), 1)
  const twice = makeNearFilter(withEdits(filed, 2), 2)
  const wholeEnds = cornersOf(wordsOf(filed), { size: triple, shortest: 0 })
  const onceEnds = cornersOf(wordsOf(withEdits(filed, 1)), { size: pair, shortest: 5 })
  const twiceEnds = cornersOf(wordsOf(withEdits(filed, 2)), { size: pair, shortest: 9 })
  const longest = Math.min(
    lettersMax,
    Math.max(whole.longest + runOnRestMax, twice.longest + 2, once.longest + 1),
  )
  return {
    isSuspect: length => {
      if (length > longest) return false
      const mayBeRunOn = sharesTriple(wholeEnds, length)
      const mayBeOnce = sharesPair(onceEnds, length)
      const mayBeTwice =
        length >= twice.shortest - 2 && (sharesPair(twiceEnds, length) || sharesMiddle(twiceEnds))
      if (!mayBeOnce && !mayBeTwice && !mayBeRunOn) return false
      hashLetters(length)
      if (mayBeRunOn && mayRunOn(whole, length)) return true
      return (mayBeOnce && isNear(once, length)) || (mayBeTwice && isNear(twice, length))
    },
    mayRunOn: length => sharesTriple(wholeEnds, length) && mayRunOn(whole, length),
  }
}

export function makeDeletionIndex<Entry>(filed: readonly Filed<Entry>[]): DeletionIndex<Entry> {
  const filters = [makeNearFilter(withEdits(filed, 1), 1), makeNearFilter(withEdits(filed, 2), 2)]
  return { near: length => filters.flatMap(filter => entriesNear(filter, length)) }
}

/** What is left of forms after up to so many deletions. */
interface NearFilter<Entry> {
  /** In front of `byRest`, so that most rests are sent away by one look at a small memory. */
  readonly filter: NumberFilter
  readonly byRest: ReadonlyMap<number, readonly Cut<Entry>[]>
  readonly deletions: 0 | 1 | 2
  readonly shortest: number
  readonly longest: number
}

interface Cut<Entry> {
  readonly codes: Uint16Array
  readonly entry: Entry
}

function makeNearFilter<Entry>(filed: readonly Filed<Entry>[], deletions: 0 | 1 | 2): NearFilter<Entry> {
  const byRest = new Map<number, Cut<Entry>[]>()
  for (const { word, entry } of filed) {
    const cut = { codes: codesOf(word), entry }
    for (const rest of new Set(restsUpTo(word, deletions))) {
      const cuts = byRest.get(rest)
      if (cuts === undefined) byRest.set(rest, [cut])
      else cuts.push(cut)
    }
  }
  const shortest = filed.reduce((least, { word }) => Math.min(least, word.length), Number.POSITIVE_INFINITY)
  const longest = filed.reduce((most, { word }) => Math.max(most, word.length), 0)
  return { filter: makeNumberFilter(byRest.keys(), byRest.size), byRest, deletions, shortest, longest }
}

/** No form leaves a rest shorter than the shortest form less its deletions, so a short word is cut less often. */
function cutsOf({ deletions, shortest, longest }: NearFilter<unknown>, length: number): number {
  return length > longest + deletions ? -1 : Math.min(deletions, length - shortest + deletions)
}

function isNear(near: NearFilter<unknown>, length: number): boolean {
  const { filter, byRest, deletions } = near
  const most = cutsOf(near, length)
  for (let cut = 0; cut <= most; cut++) {
    const count = fillRests(length, cut)
    for (let index = 0; index < count; index++) {
      const rest = rests[index] ?? 0
      if (!mayHold(filter, rest)) continue
      for (const { codes } of byRest.get(rest) ?? []) if (isWithinEdits(codes, length, deletions)) return true
    }
  }
  return false
}

function entriesNear<Entry>(near: NearFilter<Entry>, length: number): readonly Entry[] {
  const { filter, byRest, deletions } = near
  const found: Entry[] = []
  const most = cutsOf(near, length)
  for (let cut = 0; cut <= most; cut++) {
    const count = fillRests(length, cut)
    for (let index = 0; index < count; index++) {
      const rest = rests[index] ?? 0
      if (!mayHold(filter, rest)) continue
      for (const { codes, entry } of byRest.get(rest) ?? []) {
        if (!found.includes(entry) && isWithinEdits(codes, length, deletions)) found.push(entry)
      }
    }
  }
  return found
}

/** A form stands at the start or the end, and beside it one letter at least. */
function mayRunOn(whole: NearFilter<unknown> & { readonly isRest: IsRest }, length: number): boolean {
  const { filter, shortest, longest, isRest } = whole
  const most = Math.min(longest, length - 1)
  for (let part = Math.max(shortest, length - runOnRestMax); part <= most; part++) {
    if (mayHold(filter, headOf(part)) && isRest(part, length)) return true
    if (mayHold(filter, tailOf(length - part, length)) && isRest(0, length - part)) return true
  }
  return false
}

function wordsOf(filed: readonly Filed<unknown>[]): readonly string[] {
  return filed.map(({ word }) => word)
}

function withEdits<Entry>(filed: readonly Filed<Entry>[], edits: 1 | 2): readonly Filed<Entry>[] {
  return filed.filter(each => each.edits === edits)
}

function restsUpTo(word: string, deletions: 0 | 1 | 2): Int32Array {
  const length = takeWord(word)
  const levels = ([0, 1, 2] as const).filter(made => made <= deletions && made < length)
  return Int32Array.from(levels.flatMap(made => [...rests.slice(0, fillRests(length, made))]))
}
