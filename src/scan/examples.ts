import type { Rule } from '../rules/rule.ts'
import type { Ruleset } from '../rules/ruleset.ts'
import type { Mention } from './mention.ts'
import { makeNoteReader } from './note-reader.ts'

/** An example of a rule that does not hold. */
export interface ExampleFailure {
  readonly rule: string
  /** W030: a `match` example is not found. W031: a `no_match` example is. W032: a `lowered` one is not lowered. */
  readonly code: 'W030' | 'W031' | 'W032'
  /** Position in its list, from 0. */
  readonly index: number
  /** What was found of the rule, standing and reason included; for W030 all of it is set aside, if any. */
  readonly found: readonly Mention[]
}

/**
 * Reads every example as the one note of a child, with only its own rule, as if that rule were live. A `match`
 * example must give a mention that counts or is lowered, a `lowered` one a mention that is lowered and none that
 * counts, a `no_match` example neither.
 */
export function runExamples(ruleset: Ruleset): readonly ExampleFailure[] {
  return ruleset.rules.flatMap(rule => failuresOf(rule, ruleset))
}

function failuresOf(rule: Rule, ruleset: Ruleset): readonly ExampleFailure[] {
  const reader = makeNoteReader({ ruleset, rules: [{ ...rule, status: 'live' }] })
  const check = (code: ExampleFailure['code'], texts: readonly string[]) =>
    texts.flatMap((text, index) => {
      const found = reader.read(text, 0)
      return holds(code, found) ? [] : [{ rule: rule.id, code, index, found }]
    })
  const { match, lowered, noMatch } = rule.examples
  return [...check('W030', match), ...check('W032', lowered), ...check('W031', noMatch)]
}

function holds(code: ExampleFailure['code'], found: readonly Mention[]): boolean {
  const standings = new Set(found.map(({ standing }) => standing))
  switch (code) {
    case 'W030':
      return standings.has('counted') || standings.has('lowered')
    case 'W031':
      return !standings.has('counted') && !standings.has('lowered')
    case 'W032':
      return standings.has('lowered') && !standings.has('counted')
  }
}
