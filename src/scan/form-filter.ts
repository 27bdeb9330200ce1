import { entriesNear, type Filed, isAnyNear, makeNearForms } from './near-forms.ts'
import { type IsRest, isRunOn, markRunOnForms, runOnRestMax } from './run-on-forms.ts'

/**
 * The cheap test of an unknown word: false means that no form is in it, and true almost always that one is, for all
 * but known words nearer to it. It reads the word that stands in the work space of word-at-hand.ts.
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

export function makeFormFilter(filed: readonly Filed<unknown>[], isRest: IsRest): FormFilter {
  const near = makeNearForms(filed)
  const whole = markRunOnForms(filed.map(({ word }) => word))
  const longest = filed.reduce((most, { word }) => Math.max(most, word.length), 0) + runOnRestMax
  const mayRunOn = (length: number) => isRunOn(whole, isRest, length)
  return {
    mayRunOn,
    isSuspect: length => length <= longest && (isAnyNear(near, length) || mayRunOn(length)),
  }
}

export function makeNearIndex<Entry>(filed: readonly Filed<Entry>[]): NearIndex<Entry> {
  const near = makeNearForms(filed)
  return { near: length => entriesNear(near, length) }
}
