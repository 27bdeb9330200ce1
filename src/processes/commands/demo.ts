import type { Command } from 'commander'
import { DemoError, runDemo } from '../demo/run-demo.ts'
import { reportFailure } from './report-failure.ts'

interface DemoOptions {
  readonly data: string
  readonly port: string
  readonly fresh?: true
}

const portMax = 65_535 - 3

export function addDemoCommand(program: Command): void {
  program
    .command('demo')
    .summary('see Wren at work, with invented people')
    .description(
      'Starts everything on this machine with invented people: the review queue, the intake, metrics and a simulated portal, on four ports in a row. Ctrl-C stops it; the next start goes on from there.',
    )
    .option('--data <folder>', 'where the database and its secrets are kept', 'wren-data')
    .option('--port <number>', 'the first of the four ports', '8080')
    .option('--fresh', 'empty the data folder of an earlier demo first')
    .action(async ({ data, port, fresh }: DemoOptions, command: Command) => {
      if (!/^\d+$/.test(port) || Number(port) < 1 || Number(port) > portMax) {
        return command.error(`error: --port takes a number from 1 to ${portMax}, such as 8080`, {
          exitCode: 2,
        })
      }
      await reportFailure(
        () => runDemo({ dataFolder: data, firstPort: Number(port), isFresh: fresh === true }),
        { alsoTold: [DemoError] },
      )
    })
}
