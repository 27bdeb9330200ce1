import { codesOf } from './edits-within.ts'
import { type Groups, makeGroups } from './groups.ts'
import { entriesNear, type Filed, isAnyNear, makeNearForms, standsAt } from './near-forms.ts'
import { lettersMax, takeWord, tripleAt, triples } from './word-at-hand.ts'

/**
 * The cheap test of an unknown word: false means that no form is in it, and true almost always that one is, for all
 * but known words nearer to it. It reads the letters that stand in the work space of word-at-hand.ts.
 */
export interface FormFilter {
  /** Misspelt or as a run-on. */
  isSuspect(length: number): boolean
  mayRunOn(length: number): boolean
}

/** Forms by the word at hand. */
export interface NearIndex<Entry> {
  /** Those within their edits. */
  near(length: number): readonly Entry[]
}

/** A run-on holds a form of three letters at least. */
export const runOnPartMin = 3

/** Known words have fewer letters than this, so a longer token is no run-on of a form and a known word. */
export const runOnRestMax = 32

/** Whether the letters `from` to `to` (not included) of the word at hand may run on with a form. */
export type IsRest = (from: number, to: number) => boolean

export function makeFormFilter(filed: readonly Filed<unknown>[], isRest: IsRest): FormFilter {
  const near = makeNearForms(filed)
  const whole = makeWholeForms(filed)
  const longest = filed.reduce((most, { word }) => Math.max(most, word.length), 0) + runOnRestMax
  const mayRunOn = (length: number) => isRunOn({ whole, isRest }, length)
  return {
    mayRunOn,
    isSuspect: length => length <= longest && (isAnyNear(near, length) || mayRunOn(length)),
  }
}

export function makeNearIndex<Entry>(filed: readonly Filed<Entry>[]): NearIndex<Entry> {
  const near = makeNearForms(filed)
  return { near: length => entriesNear(near, length) }
}

/** Forms by their first and by their last three letters. */
interface WholeForms {
  readonly codes: readonly Uint16Array[]
  readonly byStart: Groups
  readonly byEnd: Groups
}

function makeWholeForms(filed: readonly Filed<unknown>[]): WholeForms {
  const words = filed
    .map(({ word }) => word)
    .filter(word => runOnPartMin <= word.length && word.length <= lettersMax)
  const group = (keyOf: (length: number) => number) =>
    makeGroups({
      size: triples,
      count: words.length,
      keysOf: member => [keyOf(takeWord(words[member] ?? ''))],
    })
  return {
    codes: words.map(codesOf),
    byStart: group(() => tripleAt(0)),
    byEnd: group(length => tripleAt(length - 3)),
  }
}

/** A form stands at the start or the end, and beside it one letter at least. */
function isRunOn({ whole, isRest }: { whole: WholeForms; isRest: IsRest }, length: number): boolean {
  if (length <= runOnPartMin) return false
  const { codes, byStart, byEnd } = whole
  const first = tripleAt(0)
  for (let at = byStart.offsets[first] ?? 0; at < (byStart.offsets[first + 1] ?? 0); at++) {
    const form = codes[byStart.members[at] ?? 0]
    if (form === undefined || form.length >= length || length - form.length > runOnRestMax) continue
    if (standsAt(form, 0) && isRest(form.length, length)) return true
  }
  const last = tripleAt(length - 3)
  for (let at = byEnd.offsets[last] ?? 0; at < (byEnd.offsets[last + 1] ?? 0); at++) {
    const form = codes[byEnd.members[at] ?? 0]
    if (form === undefined || form.length >= length || length - form.length > runOnRestMax) continue
    if (standsAt(form, length - form.length) && isRest(0, length - form.length)) return true
  }
  return false
}
