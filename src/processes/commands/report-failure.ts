import { RulesFolderError } from '../../adapters/rules-folder/load-rules.ts'
import { InputError } from './read-lines.ts'

type ErrorKind = abstract new (...given: never[]) => Error

/**
 * Runs a command's work. A failure that a person can mend is told in words, without a stack, with exit code 1.
 * `alsoTold` names the command's own failures of that kind.
 */
export async function reportFailure(
  work: () => Promise<void>,
  { alsoTold = [] }: { alsoTold?: readonly ErrorKind[] } = {},
): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const isForPeople = [RulesFolderError, InputError, ...alsoTold].some(kind => error instanceof kind)
    process.stderr.write(`${isForPeople ? error.message : (error.stack ?? error.message)}\n`)
    process.exitCode = 1
  }
}
