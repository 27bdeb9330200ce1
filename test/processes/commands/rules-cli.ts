import { Command } from 'commander'
import { addEvaluateCommand } from '../../../src/processes/commands/evaluate.ts'
import { addExplainCommand } from '../../../src/processes/commands/explain.ts'
import { addRulesBacktestCommand } from '../../../src/processes/commands/rules-backtest.ts'
import { addRulesCheckCommand } from '../../../src/processes/commands/rules-check.ts'
import { addRulesTestCommand } from '../../../src/processes/commands/rules-test.ts'
import { addRulesTryCommand } from '../../../src/processes/commands/rules-try.ts'

/** The commands for rules alone, as the `wren` command wires them: a process of its own, so that exit codes count. */
const program = new Command('wren').exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
const rules = program.command('rules')
addRulesCheckCommand(rules)
addRulesTestCommand(rules)
addRulesTryCommand(rules)
addRulesBacktestCommand(rules)
addEvaluateCommand(program)
addExplainCommand(program)
await program.parseAsync()
