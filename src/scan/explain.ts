import type { Rule } from '../rules/rule.ts'
import type { Ruleset } from '../rules/ruleset.ts'
import { spanAsTyped } from '../text/normalise.ts'
import type { Span } from '../text/span.ts'
import { editsBetween } from './edit-distance.ts'
import type { Form, Use } from './lexicon.ts'
import { setPartsAside } from './longest-reading.ts'
import type { Mention } from './mention.ts'
import { makeNoteReader, type NoteReader } from './note-reader.ts'
import type { Words } from './words.ts'

/** What one rule makes of a text: what it finds, and what it almost finds and why not. */
export interface Explanation {
  readonly rule: Rule
  readonly mentions: readonly Mention[]
  readonly nearMisses: readonly NearMiss[]
}

export interface NearMiss extends Span {
  readonly text: string
  /** The form of the rule that it resembles. */
  readonly term: string
  readonly because: string
}

/**
 * Reads a text with every rule, drafts included (read as live), retired ones left out. Only rules that find or
 * almost find something are answered.
 */
export function explain(ruleset: Ruleset, text: string): readonly Explanation[] {
  const readings = ruleset.rules
    .filter(rule => rule.status !== 'retired')
    .map(rule => {
      const asLive: Rule = rule.status === 'draft' ? { ...rule, status: 'live' } : rule
      const reader = makeNoteReader({ ruleset, rules: [asLive] })
      const mentions = reader.read(text, 0)
      const nearMisses = nearMissesOf(reader, text).filter(
        miss => !mentions.some(each => overlap(each, miss)),
      )
      return { rule, mentions, nearMisses }
    })
  const live = readings.flatMap(({ rule, mentions }) => (rule.status === 'live' ? mentions : []))
  return readings
    .map(reading => ({ ...reading, mentions: setPartsAside(reading.mentions, live) }))
    .filter(({ mentions, nearMisses }) => mentions.length > 0 || nearMisses.length > 0)
}

/** Words shorter than this resemble too much: "got" is no almost-gun worth a line. */
const wordMin = 4

function nearMissesOf(reader: NoteReader, text: string): readonly NearMiss[] {
  const words = reader.cut(text)
  return Array.from({ length: words.count }, (_, index) => nearestMissAt({ reader, words, index })).flat()
}

function nearestMissAt(at: { reader: NoteReader; words: Words; index: number }): readonly NearMiss[] {
  const { reader, words, index } = at
  const word = words.wordAt(index)
  if (word.length < wordMin || reader.lexicon.has(word)) return []
  const misses = [...reader.lexicon.values()]
    .flatMap(form => {
      const use = widestUse(form)
      const edits = editsBetween(word, form.word, 2)
      return use === null || form.word.length < wordMin || edits > 2 ? [] : [{ form, use, edits }]
    })
    .sort((a, b) => a.edits - b.edits)
  const [nearest] = misses
  if (nearest === undefined) return []
  // A known word that is too far anyway, or only resembles one word of a phrase, is no miss that puzzles anybody.
  const isPlain = nearest.use.pattern.kind === 'word' && nearest.edits <= nearest.use.edits
  if (reader.known.has(word) && !isPlain) return []
  const start = words.tokens.starts[index] ?? 0
  const span = spanAsTyped(words.note, { start, end: start + word.length })
  const typed = words.note.typed.slice(span.start, span.end)
  const because = reasonOf({ reader, word, allowed: nearest.use.edits, edits: nearest.edits })
  return [{ ...span, text: typed, term: nearest.use.pattern.term, because }]
}

function reasonOf(at: { reader: NoteReader; word: string; allowed: number; edits: number }): string {
  const { reader, word, allowed, edits } = at
  if (reader.known.has(word)) return `"${word}" is a known word, so it is not read as a misspelling`
  if (edits > allowed) return `too far: ${edits} ${edits === 1 ? 'edit' : 'edits'}, ${allowed} allowed`
  if (edits === 2 && reader.known.hasNeighbour(word)) return 'a known word is nearer: one edit away'
  return 'the rest of its phrase is not there'
}

function widestUse(form: Form): Use | null {
  return form.uses.toSorted((a, b) => b.edits - a.edits)[0] ?? null
}

function overlap(one: Span, other: Span): boolean {
  return one.start < other.end && other.start < one.end
}
