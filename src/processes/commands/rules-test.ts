import { type Command, Option } from 'commander'
import { loadRules, requireRuleset } from '../../adapters/rules-folder/load-rules.ts'
import type { Ruleset } from '../../rules/ruleset.ts'
import { type ExampleFailure, runExamples } from '../../scan/examples.ts'
import { type ExampleFormat, type ExampleRun, exampleFormats, formatExamples } from './example-formats.ts'
import { reportFailure } from './report-failure.ts'

interface TestOptions {
  readonly rules: string
  readonly format: ExampleFormat
  readonly json?: true
}

export function addRulesTestCommand(rules: Command): void {
  rules
    .command('test')
    .summary('run every example of every rule')
    .description(
      'Reads every example and says whether it holds. Exits 1 when one of a rule that is no draft fails.',
    )
    .option('--rules <folder>', 'the rules folder', 'rules')
    .addOption(
      new Option('--format <format>', 'how results are printed').choices(exampleFormats).default('text'),
    )
    .option('--json', 'one JSON object an example; the same as --format json')
    .addHelpText(
      'before',
      `Examples:
  wren rules test                         every example, rule by rule
  wren rules test --format junit > x.xml  for a build server
`,
    )
    .action((options: TestOptions) => reportFailure(() => runTests(options)))
}

async function runTests(options: TestOptions): Promise<void> {
  const ruleset = requireRuleset(await loadRules(options.rules))
  const failures = runExamples(ruleset)
  const runs = runsOf(ruleset, failures)
  process.stdout.write(formatExamples(runs, options.json === true ? 'json' : options.format))
  const drafts = new Set(ruleset.rules.filter(({ status }) => status === 'draft').map(({ id }) => id))
  const failed = runs.filter(({ failure, rule }) => failure !== null && !drafts.has(rule)).length
  process.stderr.write(
    failed === 0
      ? `${runs.length} examples hold. Next: wren rules try "words of a note"\n`
      : `${failed} of ${runs.length} examples fail. Next: wren rules try "words of the example"\n`,
  )
  if (failed > 0) process.exitCode = 1
}

function runsOf(ruleset: Ruleset, failures: readonly ExampleFailure[]): readonly ExampleRun[] {
  const lists = [
    ['match', 'W030', 'match'],
    ['lowered', 'W032', 'lowered'],
    ['no_match', 'W031', 'noMatch'],
  ] as const
  return ruleset.rules.flatMap(({ id, examples }) =>
    lists.flatMap(([list, code, key]) =>
      examples[key].map((text, index) => {
        const failure = failures.find(each => each.rule === id && each.code === code && each.index === index)
        return {
          rule: id,
          list,
          number: index + 1,
          text,
          failure: failure === undefined ? null : why(failure),
        }
      }),
    ),
  )
}

function why({ code, found }: ExampleFailure): string {
  const readings = found.map(({ text, standing, because }) => `"${text}" ${standing}: ${because}`).join('; ')
  if (code !== 'W031') return readings === '' ? 'nothing is found' : readings
  return `found all the same: ${readings}`
}
