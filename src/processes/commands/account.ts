import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import type { Store } from '../../adapters/store/store.ts'
import { isDay } from '../../attendance/instant.ts'
import { parseCensus } from '../../review/census.ts'
import { offsetsIn } from '../../review/contiguity.ts'
import { ledgerOutcomes, unaccounted } from '../../review/ledger.ts'
import { type CensusCheck, checkCensus, takeCensus } from '../../services/check-census.ts'
import { type DayProof, offsetsMissing, type ProvenGap, proveDay } from '../../services/prove-day.ts'
import { readSettings, type Settings } from '../config.ts'
import { openStoreBeside } from '../open-store-beside.ts'
import { clock } from '../world.ts'
import { InputError } from './read-lines.ts'
import { reportFailure } from './report-failure.ts'
import { formatTable } from './text-table.ts'
import { whoever } from './whoever.ts'

interface AccountOptions {
  readonly day: string
  readonly census?: string
  readonly keep?: true
  readonly json?: true
}

export function addAccountCommand(program: Command): void {
  program
    .command('account')
    .summary('account for every message of a day')
    .description(
      'Prints what was received on a day of Europe/London and what came of it, proves that no offset was skipped, and compares with a list of the hospital. Exit code 1 when something is missing.',
    )
    .requiredOption('--day <day>', 'such as 2026-03-01')
    .option('--census <file>', "a CSV file: the hospital's own list of attendance numbers of the day")
    .option('--keep', 'keep that list with the day, for the accounting page and the sign-off')
    .option('--json', 'one JSON object instead of words')
    .action(async (options: AccountOptions, command: Command) => {
      if (!isDay(options.day))
        return command.error('error: --day takes a day, such as 2026-03-01', { exitCode: 2 })
      const read = readSettings(process.env)
      if ('problems' in read) return command.error(read.problems.join('\n'), { exitCode: 2 })
      await reportFailure(() => accountForDay(read.settings, options))
    })
}

async function accountForDay(settings: Settings, options: AccountOptions): Promise<void> {
  const text = options.census === undefined ? null : await readList(options.census)
  await using database = await openStoreBeside(settings)
  const { store } = database
  const given = text === null ? null : await compareList(store, { options, text })
  const kept = await proveDay(store, options.day, clock.now().toString())
  const proof = given === null ? kept : { ...kept, census: given }
  process.stdout.write(options.json === true ? `${JSON.stringify(asJson(proof))}\n` : inWords(proof))
  if (!isComplete(proof)) process.exitCode = 1
}

async function compareList(
  store: Store,
  { options, text }: { options: AccountOptions; text: string },
): Promise<CensusCheck> {
  const { day, census: path, keep } = options
  const actor = whoever()
  const census =
    keep === true ? await takeCensus({ ...store, clock }, { actor, day, text }) : parseCensus(text)
  if (census.kind === 'unreadable')
    throw new InputError(census.problems.map(problem => `${path}: ${problem}`).join('\n'))
  return checkCensus(store.ledger, { day, ids: census.attendanceIds })
}

async function readList(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch {
    throw new InputError(`${path} cannot be read: is the name right?`)
  }
}

interface Proof extends Omit<DayProof, 'census'> {
  readonly census: CensusCheck | null
}

/** Unreadable messages and silences have a cause that is known or asked for: they are told, and no failure. */
function isComplete({ account, gaps, census }: Proof): boolean {
  const isWhole = census === null || census.neverReceived.length + census.unreadable.length === 0
  return account.unaccounted === 0 && offsetsMissing({ gaps }) === 0 && isWhole
}

function asJson(proof: Proof) {
  const { account, ranges, gaps, census, silences, unreadableOpen } = proof
  return {
    day: account.day,
    balances: isComplete(proof),
    unaccounted: account.unaccounted,
    counts: account.counts,
    unreadableOpen,
    ...{ ranges, gaps, silences, census },
  }
}

function inWords({ account, ranges, gaps, silences, census, unreadableOpen }: Proof): string {
  const { counts, day } = account
  const rows = counts.map(count => [
    ...[
      count.source,
      count.site ?? 'no site',
      count.formats.join(', ') || 'not known',
      String(count.received),
    ],
    ...ledgerOutcomes.map(outcome => String(count.counts[outcome])),
    String(unaccounted(count)),
  ])
  const head = ['source', 'site', 'read as', 'received', ...ledgerOutcomes, 'difference']
  return [
    `The account of ${day} (Europe/London)\n`,
    counts.length === 0 ? 'No message was received on this day.\n' : formatTable([head, ...rows]),
    account.unaccounted === 0
      ? 'Every message received has its outcome.\n'
      : `${account.unaccounted} messages received have no outcome.\n`,
    unreadableOpen === 0
      ? ''
      : `${unreadableOpen} unreadable messages that nobody has dealt with: see wren deadletters list.\n`,
    ...ranges.map(
      range =>
        `${placeOf(range)}: offsets ${range.from} to ${range.to}, each with a receipt (${offsetsIn(range)}).\n`,
    ),
    ...gaps.map(gapInWords),
    ...silences.map(
      ({ source, from, to, expected }) =>
        `SILENT ${source}: nothing from ${from} to ${to}, where about ${Math.round(expected)} messages usually come.\n`,
    ),
    ...(census === null ? [] : censusInWords(census)),
  ].join('')
}

function gapInWords(gap: ProvenGap): string {
  const where = `${placeOf(gap)}: offsets ${gap.from} to ${gap.to}`
  return gap.explanation === null
    ? `GAP ${where} have no receipt (${offsetsIn(gap)}). Where the sender writes in transactions, or the topic is ` +
        'compacted, there was no message; else one was lost.\n'
    : `${where} have no receipt (${offsetsIn(gap)}): ${gap.explanation.why}\n`
}

function censusInWords({ listed, received, neverReceived, unreadable }: CensusCheck): readonly string[] {
  return [
    `The list has ${listed} attendances; ${received} of them were received.\n`,
    ...neverReceived.map(id => `NEVER RECEIVED ${id}\n`),
    ...unreadable.map(id => `RECEIVED BUT UNREADABLE ${id}\n`),
  ]
}

function placeOf({ stream, partition }: { stream: string; partition: number }): string {
  return `${stream} partition ${partition}`
}
