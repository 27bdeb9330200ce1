import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Command } from 'commander'
import { reportFailure } from './report-failure.ts'

const pages = join(import.meta.dirname, '../../../docs/rule-problems.md')

export function addExplainCommand(program: Command): void {
  program
    .command('explain')
    .summary('explain a message of rules check')
    .description('Prints cause and cure of a message such as W012.')
    .argument('<code>', 'the code between the brackets, such as W012')
    .addHelpText('before', 'Example:\n  wren explain W012\n')
    .action((code: string) => reportFailure(() => explainCode(code.toUpperCase())))
}

async function explainCode(code: string): Promise<void> {
  const sections = (await readFile(pages, 'utf8')).split(/^##+ /m)
  const section = sections.find(each => each.startsWith(`${code}:`))
  if (section !== undefined) {
    process.stdout.write(`${section.trim()}\n`)
    return
  }
  const codes = sections.flatMap(each => /^W\d{3}/.exec(each)?.[0] ?? [])
  process.stderr.write(`${code} is no code of rules check. There are: ${codes.join(', ')}\n`)
  process.exitCode = 1
}
