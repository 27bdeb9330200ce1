import type { Command } from 'commander'
import type { Store } from '../../adapters/store/store.ts'
import { reasonProblem } from '../../review/sign-off.ts'
import type { DeadLetterRow } from '../../services/ledger-port.ts'
import { openDeadLetter, type Retried } from '../../services/retry-dead-letter.ts'
import { settleUnreadable } from '../../services/settle-unreadable.ts'
import { readSettings, type Settings } from '../config.ts'
import { MappingError } from '../load-mapping.ts'
import { openStoreBeside } from '../open-store-beside.ts'
import { retryLetter } from '../retry-mapped.ts'
import { clock, openWorld, type World } from '../world.ts'
import { InputError } from './read-lines.ts'
import { reportFailure } from './report-failure.ts'
import { formatTable } from './text-table.ts'
import { whoever } from './whoever.ts'

const pageSize = 500

export function addDeadLettersCommands(program: Command): void {
  const deadLetters = program
    .command('deadletters')
    .description('look at messages that could not be read, and read them again')
  deadLetters
    .command('list')
    .description('Lists unreadable messages, newest first: never their text.')
    .option('--json', 'one JSON object a line')
    .action((options: { json?: true }, command: Command) =>
      withStore(command, store => list(store, options.json === true)),
    )
  deadLetters
    .command('show')
    .description('Shows why a message could not be read. With --text also the message, which is audited.')
    .argument('<id>', 'from the list')
    .option('--text', 'print the message as it came; mind who looks on')
    .action((id: string, options: { text?: true }, command: Command) =>
      withStore(command, store => show(store, { id, withText: options.text === true })),
    )
  deadLetters
    .command('retry')
    .description(
      'Reads messages again with the decoders and rules of today. What can be read now leaves the list, and the ledger counts it by its outcome. Exit code 1 when one is still unreadable.',
    )
    .argument('[ids...]', 'from the list')
    .option('--all', 'every message of the list')
    .option('--mapping <file>', 'reads the rows of its source; else the mappings of WREN_MAPPINGS do')
    .action((ids: readonly string[], options: RetryOptions, command: Command) => {
      if (ids.length > 0 === (options.all === true))
        return command.error('error: name messages of the list, or --all', { exitCode: 2 })
      return withStore(command, (store, settings) =>
        retry({ store, settings: withMapping(settings, options.mapping), ids }),
      )
    })
  deadLetters
    .command('discard')
    .description(
      'Records that somebody dealt with messages another way. They are kept, and the account goes on counting them as unreadable; they leave the list and no longer hold up the sign-off of their day. Audited.',
    )
    .argument('<ids...>', 'from the list')
    .requiredOption('--why <words>', 'what was done; without names and NHS numbers')
    .action((ids: readonly string[], options: { why: string }, command: Command) => {
      const problem = reasonProblem(options.why, '--why says what was done')
      if (problem !== null) return command.error(`error: ${problem}`, { exitCode: 2 })
      return withStore(command, store => discard(store, { ids, why: options.why.trim() }))
    })
}

interface RetryOptions {
  readonly all?: true
  readonly mapping?: string
}

/** A mapping that is named here goes before those of the settings: it may be the corrected one. */
function withMapping(settings: Settings, mapping: string | undefined): Settings {
  return mapping === undefined ? settings : { ...settings, mappings: [mapping], folder: null }
}

async function withStore(
  command: Command,
  work: (store: Store, settings: Settings) => Promise<void>,
): Promise<void> {
  const read = readSettings(process.env)
  if ('problems' in read) return command.error(read.problems.join('\n'), { exitCode: 2 })
  await reportFailure(
    async () => {
      await using database = await openStoreBeside(read.settings)
      await work(database.store, read.settings)
    },
    { alsoTold: [MappingError] },
  )
}

async function list(store: Store, isJson: boolean): Promise<void> {
  const rows = await Array.fromAsync(allDeadLetters(store))
  if (isJson) {
    for (const row of rows) process.stdout.write(`${JSON.stringify(row)}\n`)
  } else if (rows.length === 0) process.stdout.write('There is no unreadable message.\n')
  else {
    const lines = rows.map(row => [row.eventId, row.receivedAt, row.source, row.reason, String(row.size)])
    process.stdout.write(formatTable([['id', 'received', 'source', 'reason', 'bytes'], ...lines]))
  }
}

async function* allDeadLetters({ ledger }: Store): AsyncGenerator<DeadLetterRow> {
  for (let offset = 0; ; offset += pageSize) {
    const rows = await ledger.deadLetters({ limit: pageSize, offset })
    yield* rows
    if (rows.length < pageSize) return
  }
}

async function show(store: Store, { id, withText }: { id: string; withText: boolean }): Promise<void> {
  const letter = withText
    ? await openDeadLetter({ ...store, clock }, { actor: whoever(), eventId: id })
    : await store.ledger.deadLetter(id)
  if (letter === null) throw new InputError(`there is no unreadable message ${id}: see wren deadletters list`)
  const { delivery, reason, problem, bytes, format } = letter
  const lines = [
    ['received', delivery.receivedAt],
    ['from', `${delivery.channel} ${delivery.stream}, partition ${delivery.partition}, ${delivery.offset}`],
    ['format', format ?? 'not known'],
    ['reason', reason],
    ['problem', problem],
    ['bytes', String(bytes.length)],
  ]
  process.stdout.write(formatTable(lines))
  if (withText) process.stdout.write(`\n${Buffer.from(bytes).toString('utf8')}\n`)
}

async function discard(
  { proofs }: Store,
  { ids, why }: { ids: readonly string[]; why: string },
): Promise<void> {
  for (const eventId of ids) {
    const settled = await settleUnreadable({ proofs, clock }, { actor: whoever(), eventId, why })
    process.stdout.write(settled === 'saved' ? `${eventId} dealt with\n` : `${eventId} is not in the list\n`)
    if (settled === 'gone') process.exitCode = 1
  }
}

async function retry(so: { store: Store; settings: Settings; ids: readonly string[] }): Promise<void> {
  const { store, settings, ids } = so
  // A process that scans needs no database of its own: only the rules and decoders are wanted here.
  await using world = await openWorld({ settings, roles: new Set(['scanner']), destination: process.stderr })
  const all = ids.length > 0 ? ids : await Array.fromAsync(allDeadLetters(store), row => row.eventId)
  for (const id of all) await retryOne({ store, world, id })
}

async function retryOne(so: { store: Store; world: World; id: string }): Promise<void> {
  const { store, world, id } = so
  const letter = await store.ledger.deadLetter(id)
  const retried: Retried =
    letter === null ? { kind: 'gone' } : await retryLetter(world, { store, actor: whoever(), letter })
  switch (retried.kind) {
    case 'counted':
      process.stdout.write(`${id} ${retried.outcome}\n`)
      break
    case 'still-unreadable':
      process.stdout.write(`${id} unreadable: ${retried.problem}\n`)
      process.exitCode = 1
      break
    case 'gone':
      process.stdout.write(`${id} is not in the list\n`)
      process.exitCode = 1
      break
    default:
      throw new Error(`no words for ${retried satisfies never}`)
  }
}
