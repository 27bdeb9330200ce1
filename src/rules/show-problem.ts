import { charactersOf } from './position.ts'
import type { RuleProblem } from './problem.ts'

/**
 * A problem in words, with its line and a caret below it, as compilers show them:
 *
 *     error[W012]: unknown setting `missspellings`
 *       --> rules/weapon-blade.yaml:17:5
 *        |
 *     17 |     missspellings: 1
 *        |     ^^^^^^^^^^^^^ did you mean `misspellings`?
 *        = help: allowed here: word, forms, variants, misspellings
 *
 * `text` is the file's; null leaves the line out.
 */
export function showProblem(problem: RuleProblem, text: string | null): string {
  const number = String(problem.line)
  const margin = ' '.repeat(number.length)
  const line = text === null || text.length > 1_000_000 ? null : (text.split('\n')[problem.line - 1] ?? null)
  return [
    `${problem.severity}[${problem.code}]: ${problem.message}`,
    `${margin}--> ${problem.file}:${problem.line}:${problem.column}`,
    ...(line === null ? [] : shownLine(problem, { line: line.trimEnd(), number, margin })),
    ...(problem.help === null ? [] : [`${margin} = help: ${problem.help}`]),
  ].join('\n')
}

/** Such as "2 problems in 1 file". */
export function countProblems(problems: readonly RuleProblem[]): string {
  const files = new Set(problems.map(problem => problem.file)).size
  return `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} in ${files} ${files === 1 ? 'file' : 'files'}`
}

function shownLine(
  problem: RuleProblem,
  { line, number, margin }: Record<'line' | 'number' | 'margin', string>,
) {
  const characters = charactersOf(line).map(character => (character === '\t' ? ' ' : character))
  const from = problem.column - 1
  const marked = characters.slice(from, from + problem.width)
  const caret = ' '.repeat(widthOf(characters.slice(0, from))) + '^'.repeat(Math.max(widthOf(marked), 1))
  const hint = problem.hint === null ? '' : ` ${problem.hint}`
  return [`${margin} |`, `${number} | ${characters.join('')}`, `${margin} | ${caret}${hint}`]
}

/** Columns on a terminal: East Asian wide characters and emoji take two, lone marks and controls none. */
function widthOf(characters: readonly string[]): number {
  return characters.reduce((width, character) => {
    if (/^[\p{Mn}\p{Me}\p{Cc}\p{Cf}]/u.test(character)) return width
    return (
      width +
      (/^[\p{Emoji_Presentation}\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\ufe0f/u.test(
        character,
      )
        ? 2
        : 1)
    )
  }, 0)
}
