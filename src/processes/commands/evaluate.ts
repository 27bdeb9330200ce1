import type { Command } from 'commander'
import { loadRules, requireRuleset } from '../../adapters/rules-folder/load-rules.ts'
import { makeScanner } from '../../scan/scan.ts'
import { type AgesOption, agesOption } from './ages-option.ts'
import { readLines } from './read-lines.ts'
import { showReading } from './reading-progress.ts'
import { reportFailure } from './report-failure.ts'
import { makeScores, type RuleScore } from './score-rules.ts'
import { readSimpleLine } from './simple-lines.ts'
import { formatTable } from './text-table.ts'

interface EvaluateOptions extends AgesOption {
  readonly rules: string
  readonly json?: true
  readonly quiet?: true
}

export function addEvaluateCommand(program: Command): void {
  program
    .command('evaluate')
    .summary('score the rules on labelled notes')
    .description(
      'Reads simple lines that say which rules should find them ("expect":["weapon-blade"], or [] for none) and gives precision, recall and the misses of each rule. Words of notes are never printed.',
    )
    .argument('<labelled>', 'labelled notes, one JSON object a line; "-" is standard input')
    .option('--rules <folder>', 'the rules folder', 'rules')
    .addOption(agesOption())
    .option('--json', 'one JSON object a rule')
    .option('--quiet', 'no progress')
    .addHelpText(
      'before',
      `Examples:
  wren evaluate labelled.ndjson           precision, recall and misses of each rule
  wren evaluate labelled.ndjson --json    one JSON object a rule
`,
    )
    .action((path: string, options: EvaluateOptions) => reportFailure(() => evaluate(path, options)))
}

async function evaluate(path: string, options: EvaluateOptions): Promise<void> {
  const ruleset = requireRuleset(await loadRules(options.rules))
  const ids = new Set(ruleset.rules.map(({ id }) => id))
  const scores = makeScores(makeScanner(ruleset, { cohort: options.ages }))
  const progress = showReading({ quiet: options.quiet === true })
  const problems: string[] = []
  let read = 0
  for await (const { text, number, share } of readLines(path)) {
    const answer = readSimpleLine(text)
    const line = answer.kind === 'line' ? answer.line : null
    const unknown = line?.expect?.find(id => !ids.has(id))
    if (answer.kind === 'unreadable') problems.push(`line ${number}: ${answer.problem}`)
    else if (unknown !== undefined)
      problems.push(`line ${number}: \`expect\` names ${unknown}, which is no rule`)
    else if (line?.expect == null)
      problems.push(`line ${number}: \`expect\` is missing: the line is not labelled`)
    else {
      scores.add({ ...line, expect: line.expect })
      read++
    }
    progress.step(share)
  }
  progress.stop()
  const rows = scores.scores()
  process.stdout.write(
    options.json === true ? rows.map(row => `${JSON.stringify(row)}\n`).join('') : inWords(rows),
  )
  for (const problem of problems.slice(0, 20)) process.stderr.write(`${problem}\n`)
  const unread = problems.length === 0 ? '' : `, ${problems.length} lines not used`
  process.stderr.write(
    `${read} labelled notes read${unread}. Next: wren rules try "words of a missed note"\n`,
  )
  if (problems.length > 0) process.exitCode = 1
}

function inWords(rows: readonly RuleScore[]): string {
  if (rows.length === 0) return 'No rule was expected, and none found anything.\n'
  const head = ['rule', 'expected', 'found', 'right', 'precision', 'recall']
  const table = formatTable([
    head,
    ...rows.map(({ rule, expected, found, right, precision, recall }) => [
      ...[rule, `${expected}`, `${found}`, `${right}`, percent(precision), percent(recall)],
    ]),
  ])
  const misses = rows.flatMap(({ rule, missed }) =>
    missed.map(
      ({ id, setAside }) => `  ${rule}  ${id}${setAside === null ? '' : `  set aside: ${setAside}`}\n`,
    ),
  )
  return misses.length === 0 ? table : `${table}\nMISSED (${misses.length})\n${misses.join('')}`
}

/** "–" where there is no such share. */
function percent(share: number | null): string {
  return share === null ? '–' : `${(share * 100).toFixed(1)}%`
}
