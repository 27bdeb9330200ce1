import type { Rule } from '../rules/rule.ts'
import { spanAsTyped } from '../text/normalise.ts'
import type { Span } from '../text/span.ts'
import type { Form, Pattern, PhrasePattern, ShortPattern, WordPattern } from './lexicon.ts'
import type { Lookup } from './lookup.ts'
import { noneTried, type PhraseMatch, phraseMatchesAround, type Tried, withoutLonger } from './phrase.ts'
import type { Words } from './words.ts'

/** A term of a rule at a place of a note. */
export interface Match {
  readonly rule: Rule
  readonly term: string
  readonly pattern: Pattern
  /** Tokens, both included. */
  readonly first: number
  readonly last: number
  /** In the note as typed. */
  readonly span: Span
  readonly edits: number
}

/** All matches at the given tokens, which must hold every token that may be an anchor. */
export function findMatches(words: Words, lookup: Lookup, candidates: Iterable<number>): readonly Match[] {
  const matches: Match[] = []
  const phrases: FoundPhrases = new Map()
  for (const index of candidates) {
    for (const { form, edits, from, to } of words.hitsAt(index)) {
      for (const { pattern, edits: allowed, isAnchor, wordsBefore } of form.uses) {
        if (!isAnchor || edits > allowed) continue
        if (pattern.kind === 'phrase') {
          addPhrases({ words, phrases, pattern, anchor: index, wordsBefore })
        } else if (pattern.kind === 'word') {
          matches.push(wordMatch({ words, pattern, index, edits, from, to }))
        } else if (edits === 0 && to - from === words.wordAt(index).length) {
          matches.push(...shortMatch(words, pattern, index))
        }
      }
    }
    const split = splitFormAt(words, lookup, index)
    if (split !== undefined) matches.push(...splitMatches({ words, form: split, index, phrases }))
  }
  for (const [pattern, { found }] of phrases) {
    for (const match of withoutLonger(found)) {
      matches.push(matchOf({ words, pattern, first: match.first, last: match.last, edits: match.edits }))
    }
  }
  return matches
}

/** The form that a word split by a hyphen or a line break is when joined. */
export function splitFormAt(words: Words, lookup: Lookup, index: number): Form | undefined {
  const joined = words.joinedWithNext(index)
  return joined === null ? undefined : lookup.exactly(joined)
}

type FoundPhrases = Map<PhrasePattern, { readonly tried: Tried; readonly found: PhraseMatch[] }>

function splitMatches(at: {
  words: Words
  form: Form
  index: number
  phrases: FoundPhrases
}): readonly Match[] {
  const { words, form, index, phrases } = at
  return form.uses.flatMap(({ pattern, isAnchor, wordsBefore }) => {
    if (!isAnchor || pattern.kind === 'short') return []
    if (pattern.kind === 'word') return [matchOf({ words, pattern, first: index, last: index + 1, edits: 0 })]
    addPhrases({ words, phrases, pattern, anchor: index, wordsBefore })
    return []
  })
}

function addPhrases(at: {
  words: Words
  phrases: FoundPhrases
  pattern: PhrasePattern
  anchor: number
  wordsBefore: number
}): void {
  const { words, phrases, pattern, anchor, wordsBefore } = at
  const { tried, found } = phrases.get(pattern) ?? { tried: noneTried(), found: [] }
  phrases.set(pattern, { tried, found })
  found.push(...phraseMatchesAround(words, pattern, { anchor, wordsBefore, tried }))
}

function wordMatch(at: {
  words: Words
  pattern: WordPattern
  index: number
  edits: number
  from: number
  to: number
}): Match {
  const { words, pattern, index, edits, from, to } = at
  const start = words.tokens.starts[index] ?? 0
  const span = spanAsTyped(words.note, { start: start + from, end: start + to })
  return { rule: pattern.rule, term: pattern.term, pattern, first: index, last: index, span, edits }
}

function matchOf(at: { words: Words; pattern: Pattern; first: number; last: number; edits: number }): Match {
  const { words, pattern, first, last, edits } = at
  const start = words.tokens.starts[first] ?? 0
  const end = words.tokens.ends[last] ?? start
  return {
    rule: pattern.rule,
    term: pattern.term,
    pattern,
    first,
    last,
    span: spanAsTyped(words.note, { start, end }),
    edits,
  }
}

/** An abbreviation matches as written; in capitals throughout it also matches one written with small letters. */
function shortMatch(words: Words, pattern: ShortPattern, index: number): readonly Match[] {
  const { text, starts } = words.tokens
  const start = starts[index] ?? 0
  const typed = text.slice(start, start + pattern.short.length)
  const isAsWritten = typed === pattern.short
  if (!isAsWritten && !(typed === pattern.short.toUpperCase() && words.isAllCapitals())) return []
  const last = tokenEndingAt(words, index, start + typed.length)
  return last === null ? [] : [matchOf({ words, pattern, first: index, last, edits: 0 })]
}

function tokenEndingAt(words: Words, first: number, end: number): number | null {
  let last = first
  while (last < words.count && (words.tokens.ends[last] ?? end) < end) last++
  const lastEnd = words.tokens.ends[last]
  // "o.d." ends with a mark behind its last word.
  if (lastEnd === end) return last
  const isBehindWord = last > first && (words.tokens.starts[last] ?? end) >= end
  return isBehindWord ? last - 1 : null
}
