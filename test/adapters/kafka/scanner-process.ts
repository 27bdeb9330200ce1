import { z } from 'zod'
import { noHooks, runScanner } from '../../world/run-scanner.ts'

/** A scanner in a process of its own, to be ended by a signal; with `killAt` it kills itself at that many notes. */
const settings = z
  .object({
    connection: z.object({ brokers: z.array(z.string()), clientId: z.string() }),
    group: z.string(),
    input: z.string(),
    topics: z.object({ flags: z.string(), receipts: z.string(), deadLetters: z.string() }),
    killAt: z.number().nullable(),
  })
  .parse(JSON.parse(process.argv[2] ?? ''))

let screened = 0
const scanner = await runScanner(settings, {
  hooks: {
    ...noHooks,
    screened() {
      screened += 1
      if (screened === settings.killAt) process.kill(process.pid, 'SIGKILL')
    },
  },
})
process.once('SIGTERM', () => void scanner.stop().then(() => process.exit(0)))
void scanner.failed.then(() => process.exit(1))
