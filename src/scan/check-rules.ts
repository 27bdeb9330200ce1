import { lintRules } from '../rules/lint-rules.ts'
import type { ParsedRuleset } from '../rules/parse-ruleset.ts'
import { positionOf } from '../rules/position.ts'
import type { RuleProblem } from '../rules/problem.ts'
import { makeKnownWords } from '../text/known-words.ts'
import { type ExampleFailure, runExamples } from './examples.ts'

/**
 * Everything that can be said about a folder of rules, the same on the command line and on the pages: faults of
 * the files, examples that do not hold, and what is probably not meant. Examples and doubts need a readable ruleset.
 */
export function checkRules(parsed: ParsedRuleset): readonly RuleProblem[] {
  const { ruleset, problems, rules } = parsed
  if (ruleset === null) return problems
  return [
    ...problems,
    ...runExamples(ruleset).flatMap(failure => problemOf(failure, parsed)),
    ...lintRules(rules, makeKnownWords(ruleset.knownWords)),
  ].toSorted((a, b) => a.file.localeCompare(b.file, 'en') || a.line - b.line || a.column - b.column)
}

/** An example that does not hold stops a rule, unless it is a draft. */
function problemOf(failure: ExampleFailure, { rules }: ParsedRuleset): readonly RuleProblem[] {
  const home = rules.find(({ rule }) => rule?.id === failure.rule)
  if (home === undefined || home.rule === null) return []
  const list = ({ W030: 'match', W031: 'no_match', W032: 'lowered' } as const)[failure.code]
  const { file, placeOf, rule } = home
  return [
    {
      code: failure.code,
      severity: rule.status === 'draft' ? 'warning' : 'error',
      file: file.path,
      ...positionOf(file.text, placeOf(['examples', list, failure.index])),
      ...wordsOf(failure),
    },
  ]
}

function wordsOf({ code, index, found }: ExampleFailure): Pick<RuleProblem, 'message' | 'hint' | 'help'> {
  const [first] = found.toSorted(
    (a, b) => Number(a.standing === 'set-aside') - Number(b.standing === 'set-aside'),
  )
  if (code === 'W031') {
    const text = first?.text ?? ''
    return {
      message: `\`no_match\` example ${index + 1} is found: "${text}"`,
      hint: first === undefined ? null : `${first.standing}: ${first.because}`,
      help: 'say in `ignore` what this means here, or move the example to `match`',
    }
  }
  if (code === 'W032') {
    return {
      message: `\`lowered\` example ${index + 1} is not lowered`,
      hint:
        first === undefined ? 'nothing is found' : `"${first.text}" is ${first.standing}: ${first.because}`,
      help: 'an `ignore` with `then: lower` lowers; a note that must count belongs to `match`',
    }
  }
  return {
    message: `\`match\` example ${index + 1} is not found`,
    hint: first === undefined ? null : `"${first.text}" is set aside: ${first.because}`,
    help: first === undefined ? 'wren rules try "…" says what was almost found' : 'add to its `unless_near`',
  }
}
