import { Note } from '../../src/attendance/note.ts'
import type { Cue, CueSheet } from '../../src/rules/cue.ts'
import type { MatchEntry, Rule, WordEntry } from '../../src/rules/rule.ts'
import { makeRuleset, type Ruleset } from '../../src/rules/ruleset.ts'
import type { Scannable } from '../../src/scan/scanner.ts'

export function makeRule(rule: Partial<Rule> = {}): Rule {
  return {
    id: 'weapon-blade',
    name: 'Knife or other blade',
    why: 'Blade injuries and carrying can mean violence.',
    status: 'live',
    theme: 'weapons',
    priority: 'high',
    ages: { from: 0, to: 17 },
    pathway: null,
    match: [word('knife', { forms: ['knives', 'knifed', 'knifepoint'] })],
    codes: { icd10: [], snomed: [] },
    ignore: [],
    when: {
      absent: 'set-aside',
      denied: 'lower',
      historical: 'lower',
      'other-person': 'lower',
      hypothetical: 'lower',
    },
    examples: { match: [], lowered: [], noMatch: [] },
    ...rule,
  }
}

export function word(text: string, rest: Partial<WordEntry> = {}): WordEntry {
  return { kind: 'word', word: text, forms: [], variants: [], misspellings: 'auto', ...rest }
}

export function phrase(
  items: readonly (string | readonly string[])[],
  within: number | null = null,
): MatchEntry {
  const places = items.map(each => (each === '*' ? ('*' as const) : typeof each === 'string' ? [each] : each))
  return { kind: 'phrase', items: places, within }
}

export function short(text: string, guards: { before?: string[]; after?: string[] } = {}): MatchEntry {
  return { kind: 'short', short: text, unlessBefore: guards.before ?? [], unlessAfter: guards.after ?? [] }
}

function cue(kind: Cue['kind'], say: string[], rest: Partial<Cue> = {}): Cue {
  return { kind, say, direction: 'forward', reach: 6, until: [], alone: false, ...rest }
}

/** A small sheet for tests of how scopes work; the cues in force are in rules/cues.yaml. */
export const cueSheet: CueSheet = {
  cues: [
    cue('absent', ['no evidence of', 'no signs of', 'no history of']),
    cue('absent', ['no', 'not', 'nil', 'without', 'w/o'], { reach: 3, until: [',', '/'] }),
    cue('absent', ['ruled out', 'not suspected'], { direction: 'backward', reach: 4 }),
    cue('absent', ['? no', '? n', ': no', ': n', ': nil'], { direction: 'backward', reach: 4, alone: true }),
    cue('denied', ['denies', 'denied', 'denying']),
    cue('historical', ['previous', 'h/o', 'hx of', 'history of', 'PMH']),
    cue('historical', ['years ago', 'in the past'], { direction: 'backward' }),
    cue('other-person', ['FH', 'FHx', 'family history']),
    cue('other-person', ['mum was', 'dad was', 'brother was'], { reach: 2 }),
    cue('hypothetical', ['if', 'in case of', 'safety-netted re']),
  ],
  said: ['states', 'says'],
  terminators: [
    'but',
    'however',
    'except',
    'admits',
    'states',
    'because',
    's/p',
    'dx',
    'plan',
    '+',
    '&',
    ':',
    ', taken',
  ],
  pseudo: ['no doubt', 'not only', 'not sure', 'history of presenting', 'not disclose'],
}

export function makeTestRuleset(rules: readonly Rule[], rest: Partial<Ruleset> = {}): Ruleset {
  return makeRuleset({ rules, cues: cueSheet, knownWords: [], ...rest })
}

/** A child's attendance with these notes. */
export function makeScannable(notes: readonly string[], rest: Partial<Scannable> = {}): Scannable {
  return {
    ageOnArrival: 15,
    notes: notes.map(words => new Note({ section: 'triage', words })),
    codes: [],
    alerts: [],
    leftBeforeSeen: false,
    ...rest,
  }
}
