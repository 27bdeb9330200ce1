import { RulesFolderError } from '../../adapters/rules-folder/load-rules.ts'
import { DemoError } from '../demo/run-demo.ts'
import { InputError } from './read-lines.ts'

/** Runs a command's work. A failure that a person can mend is told in words, without a stack, with exit code 1. */
export async function reportFailure(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Error)) throw error
    process.stderr.write(`${isForPeople(error) ? error.message : (error.stack ?? error.message)}\n`)
    process.exitCode = 1
  }
}

function isForPeople(error: Error): boolean {
  return [RulesFolderError, InputError, DemoError].some(kind => error instanceof kind)
}
