import type { Command } from 'commander'
import { loadRules, requireRuleset } from '../../adapters/rules-folder/load-rules.ts'
import { makeScanner } from '../../scan/scan.ts'
import { type AgesOption, agesOption } from './ages-option.ts'
import { makeComparison } from './compare-rulesets.ts'
import { formatComparison, summaryOf } from './comparison-text.ts'
import { readLines } from './read-lines.ts'
import { showReading } from './reading-progress.ts'
import { reportFailure } from './report-failure.ts'
import { readSimpleLine } from './simple-lines.ts'

interface BacktestOptions extends AgesOption {
  readonly against: string
  readonly base?: string
  readonly rules: string
  readonly json?: true
  readonly quiet?: true
  readonly failOnLost?: true
}

export function addRulesBacktestCommand(rules: Command): void {
  rules
    .command('backtest')
    .summary('say what changed rules would add and lose on real notes')
    .description(
      'Reads notes with the rules and, with --base, with the rules as they were: what would be lost comes first, then what would be added, with counts a rule and a day. Words of notes are never printed.',
    )
    .requiredOption(
      '--against <file>',
      'notes as simple lines, one JSON object a line; "-" is standard input',
    )
    .option('--base <folder>', 'the rules as they were; without it only counts are given')
    .option('--rules <folder>', 'the changed rules', 'rules')
    .addOption(agesOption())
    .option('--json', 'the comparison as one JSON object')
    .option('--quiet', 'no progress')
    .option('--fail-on-lost', 'exit 1 when a flag would be lost')
    .addHelpText(
      'before',
      `Examples:
  wren rules backtest --against notes.ndjson --base rules-before
  wren rules backtest --against notes.ndjson --base rules-before --fail-on-lost --quiet
`,
    )
    .action((options: BacktestOptions) => reportFailure(() => backtest(options)))
}

async function backtest(options: BacktestOptions): Promise<void> {
  const scannerOf = async (folder: string) =>
    makeScanner(requireRuleset(await loadRules(folder)), { cohort: options.ages })
  const after = await scannerOf(options.rules)
  const before = options.base === undefined ? null : await scannerOf(options.base)
  const comparison = makeComparison({ before, after })
  const progress = showReading({ quiet: options.quiet === true })
  const unreadable: { line: number; problem: string }[] = []
  for await (const { text, number, share } of readLines(options.against)) {
    const read = readSimpleLine(text)
    if (read.kind === 'line') comparison.add(read.line)
    else unreadable.push({ line: number, problem: read.problem })
    progress.step(share)
  }
  progress.stop()
  const result = comparison.result()
  process.stdout.write(formatComparison(result, { json: options.json === true, hasBase: before !== null }))
  for (const { line, problem } of unreadable.slice(0, 20)) process.stderr.write(`line ${line}: ${problem}\n`)
  process.stderr.write(`${summaryOf(result, { hasBase: before !== null, unreadable: unreadable.length })}\n`)
  const hasLost = result.differences.some(({ kind }) => kind === 'lost')
  if (unreadable.length > 0 || (options.failOnLost === true && hasLost)) process.exitCode = 1
}
