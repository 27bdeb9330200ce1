import { type Command, Option } from 'commander'
import { loadRules } from '../../adapters/rules-folder/load-rules.ts'
import { countProblems } from '../../rules/show-problem.ts'
import { checkRules } from '../../scan/check-rules.ts'
import { formatProblems, type ProblemFormat, problemFormats } from './problem-formats.ts'
import { reportFailure } from './report-failure.ts'

interface CheckOptions {
  readonly rules: string
  readonly format: ProblemFormat
  readonly json?: true
  readonly strict?: true
}

export function addRulesCheckCommand(rules: Command): void {
  rules
    .command('check')
    .summary('check every rule file, and say everything that is wrong')
    .description(
      'Checks the rule files, their examples, and what was probably not meant: terms that stand twice, forgotten endings, everyday words. Exits 1 when there is an error.',
    )
    .option('--rules <folder>', 'the rules folder', 'rules')
    .addOption(
      new Option('--format <format>', 'how problems are printed').choices(problemFormats).default('text'),
    )
    .option('--json', 'one JSON object a problem; the same as --format json')
    .option('--strict', 'exit 1 on warnings too')
    .addHelpText(
      'before',
      `Examples:
  wren rules check                        every problem, with its line
  wren rules check --format github        as annotations of a pull request
`,
    )
    .action((options: CheckOptions) => reportFailure(() => check(options)))
}

async function check(options: CheckOptions): Promise<void> {
  const loaded = await loadRules(options.rules)
  const problems = checkRules(loaded)
  const format = options.json === true ? 'json' : options.format
  process.stdout.write(formatProblems(problems, { format, loaded }))
  const errors = problems.filter(({ severity }) => severity === 'error')
  process.stderr.write(
    problems.length === 0
      ? `${loaded.rules.length} rules: no problem found. Next: wren rules test\n`
      : `${countProblems(problems)} (${errors.length} ${errors.length === 1 ? 'error' : 'errors'}). docs/rule-problems.md explains each code.\n`,
  )
  if (errors.length > 0 || (options.strict === true && problems.length > 0)) process.exitCode = 1
}
