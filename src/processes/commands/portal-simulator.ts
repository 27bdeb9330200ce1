import { join } from 'node:path'
import type { Command } from 'commander'
import { startPortalSimulator } from '../portal-simulator/start-portal-simulator.ts'
import { listenForStop } from '../stopping.ts'
import { reportFailure } from './report-failure.ts'

interface SimulatorOptions {
  readonly host: string
  readonly port: string
  readonly data?: string
}

export function addPortalSimulatorCommand(program: Command): void {
  program
    .command('portal-simulator')
    .summary('start a portal that keeps what it is sent, for trials and tests')
    .description(
      'Starts a portal that keeps what it is sent, shows it on a page, and can be told to fail. For invented people only.',
    )
    .option('--host <address>', 'the address to listen on', '127.0.0.1')
    .option('--port <number>', 'the port to listen on', '8083')
    .option('--data <folder>', 'keep what it receives in this folder')
    .action(async ({ host, port, data }: SimulatorOptions, command: Command) => {
      if (!/^\d{1,5}$/.test(port))
        return command.error('error: --port takes a number, such as 8083', { exitCode: 2 })
      await reportFailure(async () => {
        using stopping = listenForStop()
        const simulator = await startPortalSimulator({
          host,
          port: Number(port),
          ...(data === undefined ? {} : { dataFile: join(data, 'portal.json') }),
        })
        process.stderr.write(
          `The portal simulator is at ${simulator.url}\nPORTAL_URL=${simulator.referralsUrl}\nPORTAL_TOKEN=${simulator.token}\n`,
        )
        await stopping.asked
        await simulator.stop()
      })
    })
}
