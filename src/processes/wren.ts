import { addAccountCommand } from './commands/account.ts'
import { addDeadLettersCommands } from './commands/deadletters.ts'
import { addDecodeCommand } from './commands/decode.ts'
import { addDemoCommand } from './commands/demo.ts'
import { addEvaluateCommand } from './commands/evaluate.ts'
import { addExplainCommand } from './commands/explain.ts'
import { addImportCommand } from './commands/import.ts'
import { addPartnershipCommands } from './commands/partnership-check.ts'
import { addPortalSimulatorCommand } from './commands/portal-simulator.ts'
import { addReplayCommand } from './commands/replay.ts'
import { addScanCommand } from './commands/scan.ts'
import { addStartCommand } from './commands/start.ts'
import { addRulesCommands, makeProgram } from './program.ts'

/** All commands. Those that need no server start faster, and in half the memory, from wren-reading.ts. */
const program = makeProgram()
addDemoCommand(program)
addStartCommand(program)
addScanCommand(program)
addDecodeCommand(program)
addAccountCommand(program)
addDeadLettersCommands(program)
addReplayCommand(program)
addImportCommand(program)
addRulesCommands(program)
addExplainCommand(program)
addEvaluateCommand(program)
addPortalSimulatorCommand(program)
addPartnershipCommands(program)

await program.parseAsync()
