import './small-heap.ts'
import { addEvaluateCommand } from './commands/evaluate.ts'
import { addExplainCommand } from './commands/explain.ts'
import { addScanCommand } from './commands/scan.ts'
import { addRulesCommands, makeProgram } from './program.ts'

/**
 * The commands that only read rules and notes. They have an entry of their own because the server, the database
 * and the stream that the others need take 60 MB before the first note is read. bin/wren.js chooses.
 */
const program = makeProgram()

addScanCommand(program)
addRulesCommands(program)
addExplainCommand(program)
addEvaluateCommand(program)

await program.parseAsync()
