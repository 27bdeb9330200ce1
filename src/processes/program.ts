import { Command } from 'commander'
import { version } from './about.ts'
import { addRulesBacktestCommand } from './commands/rules-backtest.ts'
import { addRulesCheckCommand } from './commands/rules-check.ts'
import { addRulesTestCommand } from './commands/rules-test.ts'
import { addRulesTryCommand } from './commands/rules-try.ts'

/**
 * The `wren` command. Data goes to stdout, words to stderr. Exit codes: 0 all well, 1 findings or a failure,
 * 2 wrong usage, 130 interrupted.
 */
export function makeProgram(): Command {
  return new Command('wren')
    .description(
      'Reads attendance notes, finds the children a safeguarding nurse must see, and proves none was missed',
    )
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .configureHelp({ sortSubcommands: false })
    .showSuggestionAfterError()
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
    .addHelpText(
      'before',
      `Examples:
  wren demo                              see Wren at work with invented people
  wren scan attendances.ndjson --json    scan attendances from a file, one JSON line each
  wren rules check                       check every rule file
  wren rules try "kinfe found in bag"    see why a note is flagged, or why not
`,
    )
}

export function addRulesCommands(program: Command): void {
  const rules = program.command('rules').description('check, test and try the rules')
  addRulesCheckCommand(rules)
  addRulesTestCommand(rules)
  addRulesTryCommand(rules)
  addRulesBacktestCommand(rules)
}
