import type { KnownWords } from '../text/known-words.ts'
import { lintForms } from './lint-forms.ts'
import type { ParsedRule } from './parse-rule.ts'
import { positionOf } from './position.ts'
import type { RuleProblem } from './problem.ts'
import type { Rule } from './rule.ts'
import { termsOf, type WrittenTerm } from './term-place.ts'

/** Something that is allowed and probably not meant, at a place in a rule's file. */
export interface Doubt {
  readonly rule: Rule
  readonly path: readonly (string | number)[]
  readonly code: string
  readonly message: string
  readonly help: string
}

/** What is written as it may be, and is probably not what was meant. All of it is a warning. */
export function lintRules(parsed: readonly ParsedRule[], known: KnownWords): readonly RuleProblem[] {
  const rules = parsed.flatMap(({ rule }) => (rule === null || rule.status === 'retired' ? [] : [rule]))
  const doubts = [
    ...duplicates(rules),
    ...rules.flatMap(shadowed),
    ...rules.flatMap(rule => commonWords(rule, known)),
    ...rules.flatMap(rule => lintForms(rule, known)),
    ...rules.flatMap(swallowing),
  ]
  return doubts.flatMap(doubt => {
    const home = parsed.find(({ rule }) => rule === doubt.rule)
    return home === undefined ? [] : [warningOf(doubt, home)]
  })
}

function warningOf({ path, code, message, help }: Doubt, { file, placeOf }: ParsedRule): RuleProblem {
  const position = positionOf(file.text, placeOf(path))
  return { code, severity: 'warning', file: file.path, ...position, message, hint: null, help }
}

/** The same text in two places: the second adds nothing, and the two drift apart. */
function duplicates(rules: readonly Rule[]): readonly Doubt[] {
  const seen = new Map<string, WrittenTerm>()
  return rules.flatMap(termsOf).flatMap(term => {
    const first = seen.get(term.text)
    if (first === undefined) seen.set(term.text, term)
    if (first === undefined) return []
    const where = first.rule === term.rule ? 'this rule' : `the rule ${first.rule.id}`
    return [
      {
        rule: term.rule,
        path: term.path,
        code: 'W041',
        message: `\`${term.text}\` stands twice: ${where} finds it already`,
        help: 'keep it where it belongs; a mention would be counted under both',
      },
    ]
  })
}

/** A phrase of which one item is found by itself already. */
function shadowed(rule: Rule): readonly Doubt[] {
  const own = new Set(termsOf(rule).map(({ text }) => text))
  return rule.match.flatMap((entry, index) => {
    if (entry.kind !== 'phrase') return []
    const item = entry.items.find(each => each !== '*' && each.every(word => own.has(word.toLowerCase())))
    if (item === undefined || item === '*') return []
    return [
      {
        rule,
        path: ['match', index, 'phrase'],
        code: 'W042',
        message: `this phrase adds nothing: \`${item[0] ?? ''}\` alone is found by this rule`,
        help: 'take the phrase away, or the single word',
      },
    ]
  })
}

/** SCOWL's level 10 holds the four thousand commonest words of English, level 20 the next eight thousand. */
const commonest = 10
const everyday = 20

/** Words that stand in many notes for other reasons, where nothing in the rule says how to tell. */
function commonWords(rule: Rule, known: KnownWords): readonly Doubt[] {
  return termsOf(rule).flatMap(({ text, kind, path }) => {
    if (/[^a-z]/.test(text) || !known.has(text)) return []
    const limit = kind === 'variant' ? everyday : commonest
    if (known.rarityOf(text) > limit || (kind !== 'variant' && rule.ignore.length > 0)) return []
    const message =
      kind === 'variant'
        ? `\`${text}\` is an everyday word: it is found wherever it stands, whatever it means`
        : `\`${text}\` is one of the commonest words, and the rule ignores no other meaning of it`
    const help = 'try it on real notes (rules backtest), use a phrase, or add an `ignore` with its reason'
    return [{ rule, path, code: 'W043', message, help }]
  })
}

const everywhere = new Set(
  'a an and at by for he her him his in is of on or she the to was with pt'.split(' '),
)

/** An ignore whose `near` holds wherever the term stands. */
function swallowing(rule: Rule): readonly Doubt[] {
  const own = new Set(termsOf(rule).map(({ text }) => text))
  return rule.ignore.flatMap(({ before, after, near }, index) => {
    if (before.length + after.length > 0) return []
    return near.flatMap((text, place) => {
      const word = text.toLowerCase()
      if (!own.has(word) && !everywhere.has(word)) return []
      const why = own.has(word) ? 'is the rule’s own term' : 'stands in nearly every sentence'
      return [
        {
          rule,
          path: ['ignore', index, 'near', place],
          code: 'W045',
          message: `this ignore swallows everything: \`${word}\` ${why}`,
          help: 'name words that tell the other meaning apart',
        },
      ]
    })
  })
}
