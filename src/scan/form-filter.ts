import { cornersOf, pair, sharesMiddle, sharesPair, sharesTriple, triple } from './corners.ts'
import { fillRests, hashLetters, headOf, lettersMax, rests, tailOf, takeWord } from './deletions.ts'
import { makeNumberFilter, mayHold, type NumberFilter } from './number-filter.ts'

/** A form that may be found misspelt or run on with other words. */
export interface Filed<Entry> {
  readonly word: string
  readonly edits: 0 | 1 | 2
  readonly entry: Entry
}

/**
 * The cheap test of an unknown word: false means that no form is in it. It reads the letters that stand in the work
 * space of deletions.ts.
 */
export interface FormFilter {
  /** Neither misspelt nor as a run-on. Hashes the letters first. */
  isSuspect(length: number): boolean
  /** Of the word at hand, its letters hashed. */
  mayRunOn(length: number): boolean
}

/** Entries by what is left of them after deletions. */
export interface DeletionIndex<Entry> {
  /** Of the word at hand, its letters hashed. */
  near(length: number): readonly Entry[]
}

/** A run-on holds a form of three letters at least. */
export const runOnPartMin = 3

/** Known words have fewer letters than this, so a longer token is no run-on of a form and a known word. */
export const runOnRestMax = 32

export function makeFormFilter(filed: readonly Filed<unknown>[]): FormFilter {
  const whole = makeNearFilter(
    filed.filter(({ word }) => word.length >= runOnPartMin),
    0,
  )
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
      return (mayBeOnce && mayBeNear(once, length)) || (mayBeTwice && mayBeNear(twice, length))
    },
    mayRunOn: length => sharesTriple(wholeEnds, length) && mayRunOn(whole, length),
  }
}

export function makeDeletionIndex<Entry>(filed: readonly Filed<Entry>[]): DeletionIndex<Entry> {
  const byRest = new Map<number, Entry[]>()
  for (const { word, edits, entry } of filed) {
    if (edits === 0) continue
    for (const rest of new Set(restsUpTo(word, edits))) {
      const entries = byRest.get(rest)
      if (entries === undefined) byRest.set(rest, [entry])
      else entries.push(entry)
    }
  }
  const filters = [makeNearFilter(withEdits(filed, 1), 1), makeNearFilter(withEdits(filed, 2), 2)]
  return {
    near: length => {
      const found: Entry[] = []
      for (const near of filters) {
        for (const rest of sharedRests(near, length)) {
          for (const entry of byRest.get(rest) ?? []) if (!found.includes(entry)) found.push(entry)
        }
      }
      return found
    },
  }
}

/** What is left of forms after up to so many deletions. */
interface NearFilter {
  readonly filter: NumberFilter
  readonly deletions: 0 | 1 | 2
  readonly shortest: number
  readonly longest: number
}

function makeNearFilter(filed: readonly Filed<unknown>[], deletions: 0 | 1 | 2): NearFilter {
  const rows = filed.map(({ word }) => restsUpTo(word, deletions))
  const count = rows.reduce((sum, row) => sum + row.length, 0)
  const shortest = filed.reduce((least, { word }) => Math.min(least, word.length), Number.POSITIVE_INFINITY)
  const longest = filed.reduce((most, { word }) => Math.max(most, word.length), 0)
  return { filter: makeNumberFilter(rows, count), deletions, shortest, longest }
}

/** No form leaves a rest shorter than the shortest form less its deletions, so a short word is cut less often. */
function cutsOf({ deletions, shortest, longest }: NearFilter, length: number): number {
  return length > longest + deletions ? -1 : Math.min(deletions, length - shortest + deletions)
}

function mayBeNear(near: NearFilter, length: number): boolean {
  const { filter } = near
  const most = cutsOf(near, length)
  for (let cut = 0; cut <= most; cut++) {
    const count = fillRests(length, cut)
    for (let index = 0; index < count; index++) if (mayHold(filter, rests[index] ?? 0)) return true
  }
  return false
}

/** The rests of the word at hand that the filter may hold. */
function sharedRests(near: NearFilter, length: number): readonly number[] {
  const { filter } = near
  const shared: number[] = []
  const most = cutsOf(near, length)
  for (let cut = 0; cut <= most; cut++) {
    const count = fillRests(length, cut)
    for (let index = 0; index < count; index++) {
      const rest = rests[index] ?? 0
      if (mayHold(filter, rest)) shared.push(rest)
    }
  }
  return shared
}

/** A form stands at the start or the end, and beside it one letter at least. */
function mayRunOn({ filter, shortest, longest }: NearFilter, length: number): boolean {
  const most = Math.min(longest, length - 1)
  for (let part = Math.max(shortest, length - runOnRestMax); part <= most; part++) {
    if (mayHold(filter, headOf(part)) || mayHold(filter, tailOf(length - part, length))) return true
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
