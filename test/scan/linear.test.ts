import { expect, test } from 'vitest'
import type { Ignore, Rule } from '../../src/rules/rule.ts'
import { makeRuleset } from '../../src/rules/ruleset.ts'
import { readMentions } from '../../src/scan/apply-cues.ts'
import { makeCueReader } from '../../src/scan/cue-sheet.ts'
import { makeIgnores } from '../../src/scan/ignores.ts'
import { makeLexicon } from '../../src/scan/lexicon.ts'
import { makeLookup } from '../../src/scan/lookup.ts'
import { findMatches } from '../../src/scan/matches.ts'
import { makeWords, type Words } from '../../src/scan/words.ts'
import { makeKnownWords } from '../../src/text/known-words.ts'
import { normalise } from '../../src/text/normalise.ts'
import { tokenise } from '../../src/text/tokenise.ts'
import { cueSheet, makeRule, phrase, word } from './made-rules.ts'

const known = makeKnownWords([])
const ignore = (wishes: Partial<Ignore>): Ignore => ({
  ...{
    before: [],
    after: [],
    near: [],
    ifNear: [],
    unlessNear: [],
    treatment: 'set-aside',
    because: 'Other',
  },
  ...wishes,
})
const rows = (count: number, text: string) => Array.from({ length: count }, (_, index) => `${text} w${index}`)

/** How often the words of the note are asked for anything while it is read with a rule. */
function stepsOf(rule: Rule, unit: string, units: number): number {
  const { cues } = makeRuleset({ rules: [rule], cues: cueSheet, knownWords: [] })
  const lookup = makeLookup({ lexicon: makeLexicon([rule], known.rarityOf), known })
  const note = normalise(unit.repeat(units))
  let steps = 0
  const words: Words = new Proxy(makeWords({ note, tokens: tokenise(note.text), lookup, hits: [] }), {
    get: (target, name) => {
      const value = Reflect.get(target, name, target)
      if (typeof value !== 'function') return value
      return (...given: unknown[]) => {
        steps++
        return value.apply(target, given)
      }
    },
  })
  const every = Array.from({ length: words.count }, (_, index) => index)
  const matches = findMatches(words, lookup, every)
  readMentions({
    words,
    matches,
    reader: { cues: makeCueReader(cues), ignores: makeIgnores([rule]) },
    section: 0,
  })
  return steps
}

/** Every phrase and ignore here is written to be slow on the note beside it. */
test.each([
  [
    'many gaps over one word',
    makeRule({ match: [phrase(['aab', '*', 'aab', '*', 'aab', '*', 'aab'], 20)] }),
    'aab ',
  ],
  [
    'gaps that never end',
    makeRule({ match: [phrase(['aab', '*', 'aab', '*', 'aab', '*', 'zzb'], 20)] }),
    'aab ',
  ],
  ['a word repeated side by side', makeRule({ match: [phrase(['aab', 'aab', 'aab', 'aab'])] }), 'aab '],
  [
    'phrases that overlap',
    makeRule({ match: rows(8, 'aab').map((_, at) => phrase(['aab', '*', at % 2 ? 'aab' : 'bbc'], 20)) }),
    'aab bbc ',
  ],
  [
    'an ignore with long alternatives',
    makeRule({
      ignore: [ignore({ near: rows(60, 'knife knife knife'), unlessNear: rows(60, 'knife knife') })],
    }),
    'knife ',
  ],
  ['cues around every mention', makeRule(), 'no knife denies knife previous '],
  ['terms on every word', makeRule({ match: [word('knife', { variants: ['knife knife'] })] }), 'knife '],
])('%s: a note four times as long takes four times the steps', (_reason, rule, unit) => {
  const few = stepsOf(rule, unit, 400)
  const many = stepsOf(rule, unit, 1_600)
  expect(few).toBeGreaterThan(400)
  expect(many / few).toBeLessThan(4.4)
})
