import type { Command } from 'commander'
import { loadRules, requireRuleset } from '../../adapters/rules-folder/load-rules.ts'
import { makeScanner } from '../../scan/scan.ts'
import { type AgesOption, agesOption } from './ages-option.ts'
import { formatEvaluation } from './evaluation-text.ts'
import { readLines } from './read-lines.ts'
import { showReading } from './reading-progress.ts'
import { reportFailure } from './report-failure.ts'
import { makeReadingScores } from './score-readings.ts'
import { makeScores } from './score-rules.ts'
import { readSimpleLine, type SimpleLine } from './simple-lines.ts'

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
      'Reads simple lines that say which rules should find them ("expect":["weapon-blade"], or [] for none), how the note should stand ("standing":["counted"]) or how its words are meant ("meant"), and gives precision, recall and the misses of each rule and of each assertion. Words of notes are never printed.',
    )
    .argument('<labelled>', 'labelled notes, one JSON object a line; "-" is standard input')
    .option('--rules <folder>', 'the rules folder', 'rules')
    .addOption(agesOption())
    .option('--json', 'one JSON object a rule and an assertion, and one for the notes')
    .option('--quiet', 'no progress')
    .addHelpText(
      'before',
      `Examples:
  wren evaluate labelled.ndjson           precision, recall and misses of each rule
  wren evaluate labelled.ndjson --json    one JSON object a rule and an assertion
`,
    )
    .action((path: string, options: EvaluateOptions) => reportFailure(() => evaluate(path, options)))
}

async function evaluate(path: string, options: EvaluateOptions): Promise<void> {
  const ruleset = requireRuleset(await loadRules(options.rules))
  const ids = new Set(ruleset.rules.map(({ id }) => id))
  const scanner = makeScanner(ruleset, { cohort: options.ages })
  const scores = makeScores(scanner)
  const readings = makeReadingScores(scanner)
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
    else if (line === null || !isLabelled(line))
      problems.push(`line ${number}: \`expect\` is missing: the line is not labelled`)
    else {
      if (line.expect !== null) scores.add({ ...line, expect: line.expect })
      readings.add(line)
      read++
    }
    progress.step(share)
  }
  progress.stop()
  const [rules, reading] = [scores.scores(), readings.scores()]
  const { assertions, ...notes } = reading
  const rows = [...rules, ...assertions, ...(notes.notes === 0 ? [] : [notes])]
  process.stdout.write(
    options.json === true
      ? rows.map(row => `${JSON.stringify(row)}\n`).join('')
      : formatEvaluation(rules, reading),
  )
  for (const problem of problems.slice(0, 20)) process.stderr.write(`${problem}\n`)
  const unread = problems.length === 0 ? '' : `, ${problems.length} lines not used`
  process.stderr.write(
    `${read} labelled notes read${unread}. Next: wren rules try "words of a missed note"\n`,
  )
  if (problems.length > 0) process.exitCode = 1
}

/** A line that says nothing of what is right is no label. */
function isLabelled({ expect, standing, meant }: SimpleLine): boolean {
  return expect !== null || standing !== null || meant.length > 0
}
