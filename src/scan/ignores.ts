import type { Ignore, Rule } from '../rules/rule.ts'
import { normalise } from '../text/normalise.ts'
import { wordsOf } from '../text/tokenise.ts'
import type { ShortPattern } from './lexicon.ts'
import type { Match } from './matches.ts'
import type { Words } from './words.ts'

/** Why a match means something else, or means little. */
export interface Shield {
  readonly because: string
  readonly standing: 'lowered' | 'set-aside'
  /** Where the ignore stands in its rule; null for the guards of an abbreviation. */
  readonly ignore: number | null
}

/** Words at most, in the same sentence, between a match and a `near` word. */
const nearMax = 8
/** `unless_before` and `unless_after` look at three words. */
const guardMax = 3

type Rows = readonly (readonly string[])[]

interface ReadyIgnore {
  readonly ignore: Ignore
  readonly before: Rows
  readonly after: Rows
  readonly near: Rows
  readonly ifNear: Rows
  readonly unlessNear: Rows
}

/** The ignores of all rules with their words cut. */
export type ReadyIgnores = ReadonlyMap<Rule, readonly ReadyIgnore[]>

export function makeIgnores(rules: readonly Rule[]): ReadyIgnores {
  const rows = (texts: readonly string[]) => texts.map(text => wordsOf(normalise(text).text))
  return new Map(
    rules.map(rule => [
      rule,
      rule.ignore.map(ignore => ({
        ignore,
        before: rows(ignore.before),
        after: rows(ignore.after),
        near: rows(ignore.near),
        ifNear: rows(ignore.ifNear),
        unlessNear: rows(ignore.unlessNear),
      })),
    ]),
  )
}

export function shieldOf(words: Words, match: Match, ignores: ReadyIgnores): Shield | null {
  if (match.pattern.kind === 'short') {
    const guard = guardOf(words, match, match.pattern)
    if (guard !== null) {
      return { because: `other meaning: "${guard}" stands near it`, standing: 'set-aside', ignore: null }
    }
  }
  const ready = ignores.get(match.rule) ?? []
  return shieldBy(ready, 'set-aside') ?? shieldBy(ready, 'lower')

  function shieldBy(entries: readonly ReadyIgnore[], treatment: Ignore['treatment']): Shield | null {
    const index = entries.findIndex(
      each => each.ignore.treatment === treatment && shields(words, match, each),
    )
    const because = entries[index]?.ignore.because
    if (because === undefined) return null
    return treatment === 'lower'
      ? { because: `harmless story: ${because}`, standing: 'lowered', ignore: index }
      : { because: `ignored: ${because}`, standing: 'set-aside', ignore: index }
  }
}

/** All of `before`, `after`, `near` and `if_near` that the ignore names must hold, and nothing may cancel it. */
function shields(words: Words, { first, last }: Match, ignore: ReadyIgnore): boolean {
  const { before, after, near, ifNear, unlessNear } = ignore
  return (
    (before.length === 0 || before.some(row => touchesBefore(words, row, first))) &&
    (after.length === 0 ||
      after.some(row => standsAt(words, row, last + 1) && touchesAfter(words, row, last))) &&
    (near.length === 0 || near.some(row => words.holds(row) && standsNear(words, row, { first, last }))) &&
    (ifNear.length === 0 || ifNear.some(row => words.holds(row))) &&
    !unlessNear.some(row => words.holds(row))
  )
}

function touchesBefore(words: Words, row: readonly string[], first: number): boolean {
  const start = first - row.length
  return standsAt(words, row, start) && !anyStop(words, start, first)
}

function touchesAfter(words: Words, row: readonly string[], last: number): boolean {
  return !anyStop(words, last, last + row.length)
}

function standsNear(words: Words, row: readonly string[], at: { first: number; last: number }): boolean {
  let start = at.first
  while (start > 0 && at.first - start < nearMax && !words.stopsAfter(start - 1).sentenceEnd) start--
  let end = at.last
  while (end + 1 < words.count && end - at.last < nearMax && !words.stopsAfter(end).sentenceEnd) end++
  for (let index = start; index + row.length - 1 <= end; index++) if (standsAt(words, row, index)) return true
  return false
}

/** The guard word that stands up to three words before or after an abbreviation, with no stop between. */
function guardOf(words: Words, { first, last }: Match, short: ShortPattern): string | null {
  for (let back = 1; back <= guardMax && !anyStop(words, first - back, first - back + 1); back++) {
    const found = short.unlessBefore.find(row => standsAt(words, row, first - back - row.length + 1))
    if (found !== undefined) return found.join(' ')
  }
  for (let on = 1; on <= guardMax && !anyStop(words, last + on - 1, last + on); on++) {
    const found = short.unlessAfter.find(row => standsAt(words, row, last + on))
    if (found !== undefined) return found.join(' ')
  }
  return null
}

function standsAt(words: Words, row: readonly string[], start: number): boolean {
  if (row.length === 0 || start < 0 || start + row.length > words.count) return false
  return row.every((word, offset) => words.wordAt(start + offset) === word)
}

/** Whether a stop stands anywhere between token `from` and token `to`. */
function anyStop(words: Words, from: number, to: number): boolean {
  for (let index = from; index < to; index++) {
    if (index < 0 || index + 1 >= words.count || words.stopsAfter(index).stop) return true
  }
  return false
}
