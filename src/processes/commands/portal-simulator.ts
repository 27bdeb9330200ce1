import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Command } from 'commander'
import { readWebhookSecrets } from '../../adapters/portal/webhook-signature.ts'
import type { CallBackTo } from '../portal-simulator/calling-back.ts'
import { startPortalSimulator } from '../portal-simulator/start-portal-simulator.ts'
import { listenForStop } from '../stopping.ts'
import { reportFailure } from './report-failure.ts'

interface SimulatorOptions {
  readonly host: string
  readonly port: string
  readonly data?: string
  readonly callBack?: string
  readonly callBackSecret?: string
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
    .option('--call-back <url>', 'tell Wren there what was decided, such as http://127.0.0.1:8084/call-backs')
    .option('--call-back-secret <file>', 'what it signs with: the file of PORTAL_CALLBACK_SECRET_FILE')
    .action(async (options: SimulatorOptions, command: Command) => {
      const { host, port, data } = options
      if ((options.callBack === undefined) !== (options.callBackSecret === undefined)) {
        return command.error('error: --call-back and --call-back-secret belong together', { exitCode: 2 })
      }
      if (!/^\d{1,5}$/.test(port))
        return command.error('error: --port takes a number, such as 8083', { exitCode: 2 })
      await reportFailure(async () => {
        using stopping = listenForStop()
        const callBackTo = await callBackOf(options)
        const simulator = await startPortalSimulator({
          host,
          port: Number(port),
          ...(data === undefined ? {} : { dataFile: join(data, 'portal.json') }),
          ...(callBackTo === null ? {} : { callBackTo }),
        })
        process.stderr.write(
          `The portal simulator is at ${simulator.url}\nPORTAL_URL=${simulator.referralsUrl}\nPORTAL_TOKEN=${simulator.token}\nFor FHIR messages: PORTAL_KIND=fhir, PORTAL_URL=${simulator.fhirUrl} and any FHIR_TO\n`,
        )
        await stopping.asked
        await simulator.stop()
      })
    })
}

async function callBackOf({ callBack, callBackSecret }: SimulatorOptions): Promise<CallBackTo | null> {
  if (callBack === undefined || callBackSecret === undefined) return null
  const [secret] = readWebhookSecrets(await readFile(callBackSecret, 'utf8')) ?? []
  if (secret === undefined) throw new Error('--call-back-secret holds no secret: expected whsec_ and base64')
  return { url: callBack, secret }
}
