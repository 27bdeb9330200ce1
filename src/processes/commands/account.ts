import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { isDay } from '../../attendance/instant.ts'
import { gapsBetween, type OffsetGap, type OffsetRange, offsetsIn } from '../../review/contiguity.ts'
import { ledgerOutcomes, unaccounted } from '../../review/ledger.ts'
import { type CensusCheck, checkCensus } from '../../services/check-census.ts'
import { countDay, type DayAccount } from '../../services/count-day.ts'
import { readSettings, type Settings } from '../config.ts'
import { openStoreBeside } from '../open-store-beside.ts'
import { InputError } from './read-lines.ts'
import { reportFailure } from './report-failure.ts'
import { formatTable } from './text-table.ts'

interface AccountOptions {
  readonly day: string
  readonly census?: string
  readonly json?: true
}

/** All that is known of a day. */
interface Account {
  readonly account: DayAccount
  readonly ranges: readonly OffsetRange[]
  readonly gaps: readonly OffsetGap[]
  readonly census: CensusCheck | null
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
  const text = options.census === undefined ? null : await readCensus(options.census)
  await using database = await openStoreBeside(settings)
  const { ledger } = database.store
  const [account, ranges] = await Promise.all([
    countDay(ledger, options.day),
    ledger.offsetRanges(options.day),
  ])
  const census = text === null ? null : await checkCensus(ledger, { day: options.day, text })
  if (census?.kind === 'unreadable') throw new InputError(`${options.census}: ${census.problem}`)
  const whole = { account, ranges, gaps: gapsBetween(ranges), census }
  process.stdout.write(options.json === true ? `${JSON.stringify(asJson(whole))}\n` : inWords(whole))
  if (!isComplete(whole)) process.exitCode = 1
}

async function readCensus(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch {
    throw new InputError(`${path} cannot be read: is the name right?`)
  }
}

function isComplete({ account, gaps, census }: Account): boolean {
  const isWhole = census === null || census.neverReceived.length + census.unreadable.length === 0
  return account.unaccounted === 0 && gaps.length === 0 && isWhole
}

function asJson(whole: Account) {
  const { account, ranges, gaps, census } = whole
  return {
    day: account.day,
    balances: isComplete(whole),
    unaccounted: account.unaccounted,
    counts: account.counts,
    ranges,
    gaps,
    census,
  }
}

function inWords({ account, ranges, gaps, census }: Account): string {
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
    ...ranges.map(
      range =>
        `${placeOf(range)}: offsets ${range.from} to ${range.to}, each with a receipt (${offsetsIn(range)}).\n`,
    ),
    ...gaps.map(
      gap =>
        `GAP ${placeOf(gap)}: offsets ${gap.from} to ${gap.to} have no receipt (${offsetsIn(gap)}). Where the sender ` +
        'writes in transactions, or the topic is compacted, there was no message; else one was lost.\n',
    ),
    ...(census === null ? [] : censusInWords(census)),
  ].join('')
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
