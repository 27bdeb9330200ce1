import { knownBaseOf } from '../text/inflections.ts'
import type { KnownWords } from '../text/known-words.ts'
import { classOf, digit } from '../text/letters.ts'
import { editsBetween } from './edit-distance.ts'
import { makeFormFilter, makeNearIndex } from './form-filter.ts'
import type { Edits, Form, Lexicon } from './lexicon.ts'
import { makeIsRest, runOns } from './run-ons.ts'
import { takeWord } from './word-at-hand.ts'

/** A form found in a word of a note, and which part of the word it is. */
export interface Hit {
  readonly form: Form
  readonly edits: number
  /** Offsets in the word: all of it, or the part of a run-on. */
  readonly from: number
  readonly to: number
}

/**
 * Which forms a word of a note is: the form itself; else, where the word is not known, forms that it runs on with
 * ("KNIFEDX") and forms within their edits of it.
 */
export interface Lookup {
  hitsOf(word: string): readonly Hit[]
  /** The same for letters that are neither a known word nor a form. */
  hitsOfUnknown(word: string): readonly Hit[]
  /** Only as the form itself: for the parts of a split word, joined. */
  exactly(word: string): Form | undefined
}

export function makeLookup({ lexicon, known }: { lexicon: Lexicon; known: KnownWords }): Lookup {
  const filed = [...lexicon.values()].map(form => ({ word: form.word, edits: editsOf(form), entry: form }))
  const index = makeNearIndex(filed)
  const filter = makeFormFilter(filed, makeIsRest(known))
  const exactHits = new Map(
    [...lexicon].map(([word, form]) => [word, [{ form, edits: 0, from: 0, to: word.length }]]),
  )
  const hitsOfUnknown = (word: string): readonly Hit[] => {
    const length = takeWord(word)
    const ranOn = filter.mayRunOn(length) ? runOns({ word, lexicon, known }) : []
    const near = misspelt({ word, near: index.near(length), known })
    return ranOn.length === 0 ? near : [...ranOn, ...near]
  }
  return {
    exactly: word => lexicon.get(word),
    hitsOfUnknown,
    hitsOf: word => {
      const exact = exactHits.get(word) ?? none
      if (known.has(word) || classOf(word.charCodeAt(0)) === digit) return exact
      const others = hitsOfUnknown(word)
      return exact.length === 0 ? others : [...exact, ...others]
    },
  }
}

const none: readonly Hit[] = []

/** The most edits that any use of the form allows. */
export function editsOf(form: Form): Edits {
  let most: Edits = 0
  for (const { edits } of form.uses) if (edits > most) most = edits
  return most
}

function misspelt(at: { word: string; near: readonly Form[]; known: KnownWords }): readonly Hit[] {
  const { word, near, known } = at
  const hits: Hit[] = []
  for (const form of near) {
    const limit = editsOf(form)
    const edits = editsBetween(word, form.word, limit)
    if (edits > 0 && edits <= limit) hits.push({ form, edits, from: 0, to: word.length })
  }
  // A known word one edit away is nearer than a form two edits away: "foream" is a forearm, no firearm. So is the word
  // that this one is an inflection of. At one edit a tie goes to the rule: a veto by stems would cost 2 to 4 slips in 100
  // of terms such as gangs and raped.
  if (hits.some(hit => hit.edits === 2) && (known.hasNeighbour(word) || knownBaseOf(word, known) !== null)) {
    return hits.filter(hit => hit.edits === 1)
  }
  return hits
}
