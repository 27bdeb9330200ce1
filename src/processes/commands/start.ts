import type { Command } from 'commander'
import { type ProcessRole, readSettings, roles, type Settings } from '../config.ts'
import { keepHeapSmall } from '../keep-heap-small.ts'
import { MappingError } from '../load-mapping.ts'
import { startWren } from '../start-wren.ts'
import { listenForStop } from '../stopping.ts'
import { openWorld } from '../world.ts'
import { reportFailure } from './report-failure.ts'

const closingMsMax = 10_000
const streamRoles: readonly ProcessRole[] = ['scanner', 'projector']

export function addStartCommand(program: Command): void {
  program
    .command('start')
    .summary('start Wren with the settings of the environment')
    .description(
      'Starts Wren. Settings come from the environment; docs/operations.md lists them. With KAFKA_BROKERS set it reads notes from Kafka; without, it takes them over HTTP.',
    )
    .option('--roles <roles>', `what this process does, with commas: ${roles.join(', ')} (default: all)`)
    .action(async (options: { roles?: string }, command: Command) => {
      const read = readSettings(process.env)
      if ('problems' in read) return command.error(read.problems.join('\n'), { exitCode: 2 })
      const chosen = chooseRoles(options.roles, read.settings)
      if ('problem' in chosen) return command.error(`error: ${chosen.problem}`, { exitCode: 2 })
      await reportFailure(() => run(read.settings, chosen.roles), { alsoTold: [MappingError] })
      // Whatever a part still holds open, such as a connection that hangs, must not keep a process that does nothing.
      process.exit()
    })
}

function chooseRoles(
  text: string | undefined,
  { kafka }: Settings,
): { roles: ReadonlySet<ProcessRole> } | { problem: string } {
  if (text === undefined)
    return { roles: new Set(roles.filter(role => kafka !== null || !streamRoles.includes(role))) }
  const names = text.split(',').map(name => name.trim())
  const unknown = names.find(name => !isRole(name))
  if (unknown !== undefined)
    return { problem: `there is no role "${unknown}": choose from ${roles.join(', ')}` }
  const chosen = names.filter(isRole)
  const needsKafka = chosen.find(role => streamRoles.includes(role))
  if (kafka === null && needsKafka !== undefined) {
    return { problem: `the role ${needsKafka} needs Kafka: set KAFKA_BROKERS, such as kafka:9092` }
  }
  return { roles: new Set(chosen) }
}

async function run(settings: Settings, chosen: ReadonlySet<ProcessRole>): Promise<void> {
  keepHeapSmall()
  using stopping = listenForStop()
  await using world = await openWorld({ settings, roles: chosen })
  await using wren = await startWren(world, {
    roles: chosen,
    web: { isDemo: false, demoSignIns: [], demoPortalUrl: null },
  })
  world.log.info({ roles: [...chosen], ...wren.urls, rules: world.ruleset.version }, 'Wren runs')
  await Promise.race([stopping.asked, wren.failed.catch(endSoon)])
  world.log.info('Wren stops')
}

/** A part that failed may hang while it is closed: a supervisor must still see the process end, and start it again. */
function endSoon(failure: unknown): never {
  setTimeout(() => process.exit(1), closingMsMax).unref()
  throw failure
}

function isRole(name: string): name is ProcessRole {
  return roles.some(role => role === name)
}
