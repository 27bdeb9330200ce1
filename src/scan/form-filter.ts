import { fillHashes, fillLetters, fillRests, lettersMax, makeHashes, restOf, restsMax } from './deletions.ts'
import { makeNumberFilter, mayHold, type NumberFilter } from './number-filter.ts'

/** A form that may be found misspelt or run on with other words. */
export interface Filed<Entry> {
  readonly word: string
  readonly edits: 0 | 1 | 2
  readonly entry: Entry
}

/** The cheap test of an unknown word: false means that no form is in it, neither misspelt nor as a run-on. */
export interface FormFilter {
  /** Whether the hashes of these letters may be a misspelling or a run-on of a form. */
  isSuspect(letters: Uint16Array, length: number): boolean
  mayRunOn(word: string): boolean
}

/** Entries by what is left of them after deletions. */
export interface DeletionIndex<Entry> {
  near(word: string): readonly Entry[]
}

/** Work space, shared by all filters: a question is answered before the next one is asked. */
const letters = new Uint16Array(lettersMax)
const hashes = makeHashes()
const rests = new Int32Array(restsMax)

/** A run-on holds a form of three letters at least. */
export const runOnPartMin = 3

/** Known words have fewer letters than this, so a longer token is no run-on of a form and a known word. */
export const runOnRestMax = 32

interface Bounds {
  readonly shortest: number
  readonly longest: number
}

export function makeFormFilter(filed: readonly Filed<unknown>[]): FormFilter {
  const wholes = filed.filter(({ word }) => word.length >= runOnPartMin)
  const whole = filterOf(wholes.map(({ word }) => restsOf(word, 0)))
  const wholeBounds = boundsOf(wholes)
  const once = nearFilterOf(filed, 1)
  const twice = nearFilterOf(filed, 2)
  const longest = Math.min(
    lettersMax,
    Math.max(wholeBounds.longest + runOnRestMax, twice.longest + 2, once.longest + 1),
  )
  return {
    mayRunOn: word => {
      const length = fillLetters(letters, word)
      fillHashes(hashes, letters, length)
      return mayRunOn({ filter: whole, bounds: wholeBounds, length })
    },
    isSuspect: (word, length) => {
      if (length > longest) return false
      fillHashes(hashes, word, length)
      return (
        mayRunOn({ filter: whole, bounds: wholeBounds, length }) ||
        mayBeNear({ near: once, deletions: 1, word, length }) ||
        mayBeNear({ near: twice, deletions: 2, word, length })
      )
    },
  }
}

export function makeDeletionIndex<Entry>(filed: readonly Filed<Entry>[]): DeletionIndex<Entry> {
  const byRest = new Map<number, Entry[]>()
  for (const { word, edits, entry } of filed) {
    if (edits === 0) continue
    for (const rest of new Set(restsOf(word, edits))) {
      const entries = byRest.get(rest)
      if (entries === undefined) byRest.set(rest, [entry])
      else entries.push(entry)
    }
  }
  const once = nearFilterOf(filed, 1)
  const twice = nearFilterOf(filed, 2)
  return {
    near: word => {
      const found = new Set<Entry>()
      for (const near of [once, twice]) {
        for (const rest of restsWithin(word, near)) {
          if (mayHold(near.filter, rest)) for (const entry of byRest.get(rest) ?? []) found.add(entry)
        }
      }
      return [...found]
    },
  }
}

interface NearFilter extends Bounds {
  readonly filter: NumberFilter
  readonly deletions: 1 | 2
}

/** What is left of the forms that allow exactly this many edits. */
function nearFilterOf(filed: readonly Filed<unknown>[], deletions: 1 | 2): NearFilter {
  const fuzzy = filed.filter(({ edits }) => edits === deletions)
  return {
    filter: filterOf(fuzzy.map(({ word }) => restsOf(word, deletions))),
    deletions,
    ...boundsOf(fuzzy),
  }
}

function restsWithin(word: string, { deletions, shortest, longest }: NearFilter): Int32Array {
  const length = fillLetters(letters, word)
  if (length < shortest - deletions || length > longest + deletions) return new Int32Array(0)
  fillHashes(hashes, letters, length)
  return rests.subarray(
    0,
    fillRests({ hashes, letters, length, deletions: deletionsOf(length, shortest, deletions), rests }),
  )
}

/** Expects the hashes of the word in `hashes`. */
function mayBeNear(at: { near: NearFilter; deletions: 1 | 2; word: Uint16Array; length: number }): boolean {
  const { near, deletions, word, length } = at
  if (length < near.shortest - deletions || length > near.longest + deletions) return false
  const most = deletionsOf(length, near.shortest, deletions)
  const count = fillRests({ hashes, letters: word, length, deletions: most, rests })
  for (let index = 0; index < count; index++) if (mayHold(near.filter, rests[index] ?? 0)) return true
  return false
}

/** No form leaves a rest shorter than the shortest form less its deletions: a short word need not be cut so often. */
function deletionsOf(length: number, shortest: number, deletions: 1 | 2): 0 | 1 | 2 {
  const room = length - (shortest - deletions)
  return room >= deletions ? deletions : room === 1 ? 1 : 0
}

/** Expects the hashes of the word in `hashes`. The rest beside a form has one letter at least. */
function mayRunOn({
  filter,
  bounds,
  length,
}: {
  filter: NumberFilter
  bounds: Bounds
  length: number
}): boolean {
  const { heads, tails } = hashes
  const longest = Math.min(bounds.longest, length - 1)
  for (let part = Math.max(bounds.shortest, length - runOnRestMax); part <= longest; part++) {
    if (mayHold(filter, restOf(heads[part] ?? 0, part))) return true
    if (mayHold(filter, restOf(tails[length - part] ?? 0, part))) return true
  }
  return false
}

function filterOf(rows: readonly Int32Array[]): NumberFilter {
  const count = rows.reduce((sum, row) => sum + row.length, 0)
  return makeNumberFilter(rows, count)
}

function boundsOf(filed: readonly Filed<unknown>[]): Bounds {
  const shortest = filed.reduce((least, { word }) => Math.min(least, word.length), Number.POSITIVE_INFINITY)
  const longest = filed.reduce((most, { word }) => Math.max(most, word.length), 0)
  return { shortest, longest }
}

/** A copy: the work space is used again at once. */
function restsOf(word: string, deletions: 0 | 1 | 2): Int32Array {
  const length = fillLetters(letters, word)
  fillHashes(hashes, letters, length)
  return rests.slice(0, fillRests({ hashes, letters, length, deletions, rests }))
}
