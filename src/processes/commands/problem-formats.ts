import { type LoadedRules, showLoaded } from '../../adapters/rules-folder/load-rules.ts'
import type { RuleProblem } from '../../rules/problem.ts'

export const problemFormats = ['text', 'json', 'github', 'sarif'] as const
export type ProblemFormat = (typeof problemFormats)[number]

/** Problems as a person, a script, GitHub's annotations or a SARIF reader wants them. */
export function formatProblems(
  problems: readonly RuleProblem[],
  { format, loaded }: { format: ProblemFormat; loaded: LoadedRules },
): string {
  switch (format) {
    case 'text':
      return problems.map(problem => `${showLoaded(problem, loaded)}\n\n`).join('')
    case 'json':
      return problems.map(problem => `${JSON.stringify(problem)}\n`).join('')
    case 'github':
      return problems.map(problem => `${githubLine(problem)}\n`).join('')
    case 'sarif':
      return `${JSON.stringify(sarifOf(problems), null, 2)}\n`
  }
}

/** A workflow command: `%`, line ends, and in properties `:` and `,`, are percent-encoded. */
function githubLine({ severity, file, line, column, width, code, message, hint }: RuleProblem): string {
  const encoded = (text: string) =>
    text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
  const property = (text: string) => encoded(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
  const place = `file=${property(file)},line=${line},col=${column},endColumn=${column + width}`
  return `::${severity} ${place},title=${code}::${encoded(hint === null ? message : `${message} (${hint})`)}`
}

/** SARIF 2.1.0, the parts that code scanning reads. */
function sarifOf(problems: readonly RuleProblem[]): object {
  const codes = [...new Set(problems.map(({ code }) => code))].sort()
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'wren rules check', rules: codes.map(id => ({ id })) } },
        results: problems.map(({ code, severity, message, file, line, column, width }) => ({
          ruleId: code,
          level: severity,
          message: { text: message },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: file.replaceAll('\\', '/') },
                region: { startLine: line, startColumn: column, endColumn: column + width },
              },
            },
          ],
        })),
      },
    ],
  }
}
