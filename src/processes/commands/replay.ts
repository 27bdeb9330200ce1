import { randomUUID } from 'node:crypto'
import type { Command } from 'commander'
import { type History, type HistoryNeeds, openHistory, type PastPlace } from '../../adapters/kafka/history.ts'
import { type IncomingRecord, receivedAtMs } from '../../adapters/kafka/records.ts'
import { auditEntryOf } from '../../services/actor.ts'
import { rememberRules } from '../../services/remember-rules.ts'
import { HistoryChanged, makeReplay, type PastMessage, type Replay } from '../../services/replay.ts'
import type { ReplayRun, ReplayStore } from '../../services/replay-port.ts'
import { readSettings, type Settings } from '../config.ts'
import { openStoreBeside } from '../open-store-beside.ts'
import { connectionOf, screenByTopic } from '../parts/stream-parts.ts'
import { listenForStop } from '../stopping.ts'
import { clock, openWorld } from '../world.ts'
import { periodOf } from './period.ts'
import { InputError } from './read-lines.ts'
import { showReplay } from './replay-progress.ts'
import { asJson, inWords, type Unreachable } from './replay-text.ts'
import { reportFailure } from './report-failure.ts'
import { whoever } from './whoever.ts'

interface ReplayOptions {
  readonly from: string
  readonly to?: string
  readonly rules?: string
  readonly dryRun?: true
  readonly json?: true
  readonly quiet?: true
}

type KafkaSettings = NonNullable<Settings['kafka']>
type Period = Pick<ReplayRun, 'from' | 'to'>

export function addReplayCommand(program: Command): void {
  program
    .command('replay')
    .summary('read history again with the rules of today')
    .description(
      'Reads the messages of a time again from Kafka, with the rules of today or of another folder, beside the live stream and without disturbing it. What the rules newly find goes into the queue, marked as found late. Nothing is counted twice, nothing that was reviewed comes back without a new mention, and doing it again changes nothing. Start with --dry-run.',
    )
    .requiredOption('--from <time>', 'such as 2026-03-01 or 2026-03-01T09:30, of Europe/London')
    .option('--to <time>', 'a day stands for its end; without it everything up to now is read')
    .option('--rules <folder>', 'other rules than those in force')
    .option('--dry-run', 'say what would be added, rule by rule and day by day, and change nothing')
    .option('--json', 'one JSON object instead of words')
    .option('--quiet', 'no progress')
    .addHelpText(
      'before',
      `Examples:
  wren replay --from 2026-03-01 --dry-run            what would the rules of today add?
  wren replay --from 2026-03-01 --to 2026-03-07      read a week again
`,
    )
    .action(async (options: ReplayOptions, command: Command) => {
      const refuse = (problem: string): never => command.error(`error: ${problem}`, { exitCode: 2 })
      const period = periodOf(options, clock.now())
      if ('problem' in period) return refuse(period.problem)
      const read = readSettings(process.env)
      if ('problems' in read) return command.error(read.problems.join('\n'), { exitCode: 2 })
      const { settings } = read
      if (settings.kafka === null) return refuse(withoutKafka)
      const job = { settings, kafka: settings.kafka, period, options }
      await reportFailure(() => replay(job), { alsoTold: [HistoryChanged] })
    })
}

const withoutKafka =
  'wren replay reads history again from Kafka, and KAFKA_BROKERS is not set. Without Kafka no text of a clear ' +
  'attendance is kept, so there is nothing to read again: send the messages again from where they came, or import ' +
  'the extract again with wren import. Nothing is counted twice, and what the rules newly find goes into the queue.'

interface Job {
  readonly settings: Settings
  readonly kafka: KafkaSettings
  readonly period: Period
  readonly options: ReplayOptions
}

async function replay({ settings, kafka, period, options }: Job): Promise<void> {
  const isDry = options.dryRun === true
  using stopping = listenForStop()
  await using world = await openWorld({
    // Only rules and decoders are wanted of it: a process that scans needs no database of its own.
    settings: { ...settings, rulesFolder: options.rules ?? settings.rulesFolder, logLevel: 'warn' },
    roles: new Set(['scanner']),
    destination: process.stderr,
  })
  await using database = await openStoreBeside(settings)
  const { replays } = database.store
  const run = runOf(period, world.ruleset.version)
  await using history = await openPast({
    connection: connectionOf(kafka, 'wren-replay'),
    topics: kafka.topics,
    period: { fromMs: msOf(period.from), toMs: period.to === null ? null : msOf(period.to) },
    liveGroupId: `${kafka.prefix}.scanner`,
    groupId: `${kafka.prefix}.replay.${run.id}`,
    log: world.log,
  })
  if (!isDry) {
    await rememberRules({ replays, clock }, world.ruleset)
    const audit = { actor: whoever(), did: 'read history again', what: `replay ${run.id}` }
    await replays.begin(run, auditEntryOf(clock, audit))
  }
  const { places, unreachable } = await planOf({ replays, history, period })
  const ages = await replays.ruleAges()
  const screen = screenByTopic(world, kafka)
  const replaying = makeReplay({ replays, screen, clock, run, ages, isDry })
  const how = await readAgain({ history, places, kafka, replaying, options, signal: stopping.signal })
  const tally = replaying.tally()
  const isInterrupted = how === 'interrupted'
  const found = tally.raised + tally.reopened + tally.added
  if (!isDry && !isInterrupted)
    await replays.end({ id: run.id, at: clock.now().toString(), read: tally.read, found })
  const { rulesetVersion } = run
  const report = { isDry, isInterrupted, rulesetVersion, ...period, tally, unreachable }
  process.stdout.write(options.json === true ? `${JSON.stringify(asJson(report))}\n` : inWords(report))
  if (isInterrupted) process.stderr.write('Run it again to go on: nothing is done twice.\n')
  else if (found > 0 && !isDry) process.stderr.write('They stand on the queue, marked as found late.\n')
  const isPartial = unreachable.gone.length > 0 || tally.noLongerReadable > 0
  if (isInterrupted || isPartial) process.exitCode = isInterrupted ? 130 : 1
}

/** A Kafka that does not answer is told in words: whoever typed the command can look after it. */
async function openPast(needs: HistoryNeeds): Promise<History> {
  try {
    return await openHistory(needs)
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause
    const problem = cause.name.startsWith('KafkaJS')
      ? `Kafka does not answer (${cause.name}): is KAFKA_BROKERS right, and is a broker up?`
      : cause.message
    throw new InputError(problem, { cause })
  }
}

function runOf({ from, to }: Period, rulesetVersion: string): ReplayRun {
  const startedAt = clock.now().toString()
  return { id: randomUUID(), startedAt, startedBy: whoever().name, from, to, rulesetVersion }
}

/**
 * What is read, and what of the period cannot be. The ledger knows the offsets of a period too: where senders' clocks
 * stand wrong, it is the ledger that says where the period begins.
 */
async function planOf({
  replays,
  history: { channel, places },
  period,
}: {
  readonly replays: ReplayStore
  readonly history: History
  readonly period: Period
}): Promise<{ readonly places: readonly PastPlace[]; readonly unreachable: Unreachable }> {
  const received = await replays.received(period)
  const counted = ({ topic, partition }: PastPlace) =>
    received.find(each => each.channel === channel && each.stream === topic && each.partition === partition)
  const gone = await Promise.all(
    places.map(async place => {
      const { topic, partition, lowest } = place
      const below = await replays.receivedBelow(
        { channel, stream: topic, partition },
        { below: lowest, ...period },
      )
      return { topic, partition, messages: below.messages, lastReceivedAt: below.lastAt }
    }),
  )
  const elsewhere = received.filter(
    each => each.channel !== channel || !places.some(({ topic }) => topic === each.stream),
  )
  return {
    places: places.map(place => ({ ...place, from: startOf(place, counted(place)?.first ?? null) })),
    unreachable: {
      gone: gone.filter(({ messages }) => messages > 0),
      elsewhere: elsewhere.map(({ stream, messages }) => ({ stream, messages })),
      ahead: places.reduce((sum, { ahead }) => sum + ahead, 0),
    },
  }
}

function startOf({ from, lowest }: PastPlace, first: string | null): string {
  if (first === null || BigInt(first) >= BigInt(from)) return from
  return BigInt(first) < BigInt(lowest) ? lowest : first
}

async function readAgain(reading: {
  readonly history: History
  readonly places: readonly PastPlace[]
  readonly kafka: KafkaSettings
  readonly replaying: Replay
  readonly options: ReplayOptions
  readonly signal: AbortSignal
}): Promise<'read' | 'interrupted'> {
  const { history, places, kafka, replaying, options, signal } = reading
  const total = places.reduce(
    (sum, { from, end }) => sum + Math.max(0, Number(BigInt(end) - BigInt(from))),
    0,
  )
  const progress = showReplay({ total, quiet: options.quiet === true })
  try {
    return await history.read({
      ...{ places, signal },
      onProgress: passed => progress.at(passed, replaying.tally().read),
      handle: records =>
        replaying.take(records.map(record => messageOf(record, { channel: history.channel, kafka }))),
    })
  } finally {
    progress.stop()
  }
}

function messageOf(
  record: IncomingRecord,
  { channel, kafka }: { readonly channel: string; readonly kafka: KafkaSettings },
): PastMessage {
  const { topic, partition, offset, value } = record
  const receivedAt = Temporal.Instant.fromEpochMilliseconds(
    receivedAtMs(record, clock.now().epochMilliseconds),
  ).toString()
  return {
    delivery: { channel, stream: topic, partition, offset, receivedAt },
    bytes: value ?? new Uint8Array(0),
    format: kafka.topicFormats.get(topic) ?? null,
  }
}

function msOf(instant: string): number {
  return Temporal.Instant.from(instant).epochMilliseconds
}
