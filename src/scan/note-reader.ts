import type { Rule } from '../rules/rule.ts'
import type { Ruleset } from '../rules/ruleset.ts'
import { type KnownWords, makeKnownWords } from '../text/known-words.ts'
import { asItIs, normalise } from '../text/normalise.ts'
import { tokenise } from '../text/tokenise.ts'
import { readMentions } from './apply-cues.ts'
import { type Candidates, makeCandidateFinder } from './candidates.ts'
import { makeCueReader } from './cue-sheet.ts'
import { makeIgnores } from './ignores.ts'
import { type Lexicon, makeLexicon } from './lexicon.ts'
import { makeLookup } from './lookup.ts'
import { findMatches, type Match } from './matches.ts'
import type { Mention } from './mention.ts'
import { makeWords, type Words } from './words.ts'

/** Rules and cues made ready to read one note at a time. */
export interface NoteReader {
  readonly known: KnownWords
  readonly lexicon: Lexicon
  /**
   * The terms that stand in a note, not yet read; null where the cheap test finds none. The words hold until the next note
   * is matched.
   */
  match(typed: string): Matched | null
  /** `section` is the note's index in its attendance. */
  read(typed: string, section: number): readonly Mention[]
  cut(typed: string): Words
}

export interface Matched {
  readonly words: Words
  readonly matches: readonly Match[]
}

/** Reads with exactly the rules given, whatever their status. */
export function makeNoteReader({ ruleset, rules }: { ruleset: Ruleset; rules: readonly Rule[] }): NoteReader {
  const known = makeKnownWords(ruleset.knownWords)
  const lexicon = makeLexicon(rules, known.rarityOf)
  const lookup = makeLookup({ lexicon, known })
  const finder = makeCandidateFinder({ lexicon, known, lookup })
  const reader = { cues: makeCueReader(ruleset.cues), ignores: makeIgnores(rules) }
  const cut = (typed: string) => {
    const note = normalise(typed)
    return makeWords({ note, tokens: tokenise(note.text), lookup, hits: [] })
  }
  const match = (typed: string): Matched | null => {
    const asTyped = finder.find(typed)
    if (asTyped === 'none') return null
    const note = asTyped === 'not-ascii' ? normalise(typed) : asItIs(typed)
    const found = asTyped === 'not-ascii' ? finder.find(note.text) : asTyped
    if (found === 'none') return null
    const { tokens, candidates, hits } = found === 'not-ascii' ? everyToken(note.text) : found
    const words = makeWords({ note, tokens, lookup, hits })
    return { words, matches: findMatches(words, lookup, candidates) }
  }
  return {
    known,
    lexicon,
    cut,
    match,
    read: (typed, section) => {
      const matched = match(typed)
      return matched === null ? [] : readMentions({ ...matched, reader, section })
    },
  }
}

/** What has letters beyond ASCII even in plain form is read in full. */
function everyToken(text: string): Exclude<Candidates, string> {
  const tokens = tokenise(text)
  return {
    tokens,
    candidates: Array.from({ length: tokens.count }, (_, index) => index),
    hits: [],
  }
}
