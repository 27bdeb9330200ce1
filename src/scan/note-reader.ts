import type { Rule } from '../rules/rule.ts'
import type { Ruleset } from '../rules/ruleset.ts'
import { type KnownWords, makeKnownWords } from '../text/known-words.ts'
import { normalise } from '../text/normalise.ts'
import { tokenise } from '../text/tokenise.ts'
import { readMentions } from './apply-cues.ts'
import { makeCueReader } from './cue-sheet.ts'
import { makeIgnores } from './ignores.ts'
import { type Lexicon, makeLexicon } from './lexicon.ts'
import { type Lookup, makeLookup } from './lookup.ts'
import { findMatches } from './matches.ts'
import type { Mention } from './mention.ts'
import { makeWords, type Words } from './words.ts'

/** Rules and cues made ready to read one note at a time. */
export interface NoteReader {
  readonly known: KnownWords
  readonly lexicon: Lexicon
  readonly lookup: Lookup
  /** `section` is the note's index in its attendance. */
  read(typed: string, section: number): readonly Mention[]
  cut(typed: string): Words
}

/** Reads with exactly the rules given, whatever their status. */
export function makeNoteReader({ ruleset, rules }: { ruleset: Ruleset; rules: readonly Rule[] }): NoteReader {
  const known = makeKnownWords(ruleset.knownWords)
  const lexicon = makeLexicon(rules, known.rarityOf)
  const lookup = makeLookup({ lexicon, known })
  const reader = { cues: makeCueReader(ruleset.cues), ignores: makeIgnores(rules) }
  const cut = (typed: string) => {
    const note = normalise(typed)
    return makeWords({ note, tokens: tokenise(note.text), lookup })
  }
  return {
    known,
    lexicon,
    lookup,
    cut,
    read: (typed, section) => {
      const words = cut(typed)
      const everyWord = Array.from({ length: words.count }, (_, index) => index)
      return readMentions({ words, matches: findMatches(words, lookup, everyWord), reader, section })
    },
  }
}
