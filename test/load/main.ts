import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { Client } from 'pg'
import { pino } from 'pino'
import { connectKafka } from '../../src/adapters/kafka/connection.ts'
import { openStore } from '../../src/adapters/store/store.ts'
import { startKillableDatabase } from '../chaos/database.ts'
import { type PlannedNote, planNotes } from '../chaos/notes.ts'
import { sendNotes } from '../chaos/send-notes.ts'
import { type SupervisedWren, superviseWren } from '../chaos/wren-process.ts'
import { fetchKafka } from '../world/kafka-artefacts.ts'
import { startKafkaCluster } from '../world/kafka-broker.ts'
import { freePorts } from '../world/running-wren.ts'

/**
 * How fast a note comes from the topic to the queue, on one machine with a real Kafka and a real PostgreSQL: calm,
 * under load, and after a backlog. `npm run load -- [--backlog N] [--seconds S] [--rate R]`
 */
const { values } = parseArgs({
  options: {
    backlog: { type: 'string', default: '50000' },
    seconds: { type: 'string', default: '20' },
    rate: { type: 'string', default: '500' },
  },
})
const topic = 'attendances'
const partitions = 3

await using opened = new AsyncDisposableStack()
const found = await fetchKafka('4.1.1')
if ('missing' in found) throw new Error(found.missing)
const folder = opened.adopt(await mkdtemp(join(tmpdir(), 'wren-load-')), path =>
  rm(path, { recursive: true }),
)
const database = await startKillableDatabase(join(folder, 'database'))
opened.defer(() => database.stop())
const kafka = await startKafkaCluster(found.jars, 1)
opened.defer(() => kafka.stop())
await (await openStore({ connectionString: database.connectionString })).close()
const client = new Client({ connectionString: database.connectionString })
await client.connect()
opened.defer(() => client.end())
await makeTopic()

const backlog = Number(values.backlog)
await send(planNotes({ notes: backlog, seed: 1 }), Number.POSITIVE_INFINITY)
const wrens = await startWrens()
opened.defer(async () => void (await Promise.all(wrens.map(wren => wren.end()))))
const memory = watchMemory(wrens)
while ((await count('receipt')) === 0) await sleep(20)
const drained = await timed(() => untilReceived(backlog))
const calm = await probe({ from: 10_000_000, seconds: Number(values.seconds) })
const loaded = await underLoad()
const peaks = memory.stop()

const figures: readonly (readonly [string, string])[] = [
  ['machine', `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores`],
  ['notes in the backlog', String(backlog)],
  ['drained in', `${drained.toFixed(1)} s`],
  ['from topic to queue', `${Math.round(backlog / drained)} notes/s`],
  ['latency when calm, p50', inMs(calm, 0.5)],
  ['latency when calm, p99', inMs(calm, 0.99)],
  [`latency at ${values.rate} notes/s, p50`, inMs(loaded, 0.5)],
  [`latency at ${values.rate} notes/s, p99`, inMs(loaded, 0.99)],
  ...[...peaks].map(([name, megabytes]) => [`memory of the ${name}, at most`, `${megabytes} MB`] as const),
]
process.stdout.write(`${figures.map(([name, value]) => `${name.padEnd(40)}${value}`).join('\n')}\n`)

async function makeTopic(): Promise<void> {
  const connection = { brokers: kafka.brokers, clientId: 'load' }
  const admin = connectKafka({ connection, log: pino({ level: 'silent' }) }).admin()
  await admin.connect()
  await admin.createTopics({ waitForLeaders: false, topics: [{ topic, numPartitions: partitions }] })
  await admin.disconnect()
}

async function startWrens(): Promise<readonly SupervisedWren[]> {
  const ports = await freePorts(2)
  await mkdir(join(folder, 'logs'))
  return (['scanner', 'projector'] as const).map((role, index) =>
    superviseWren({
      name: role,
      role,
      logFolder: join(folder, 'logs'),
      env: {
        DATABASE_URL: database.connectionString,
        WREN_METRICS_PORT: String(ports[index]),
        WREN_DATA: join(folder, role),
        WREN_LOG_LEVEL: 'warn',
        WREN_INTAKE_TOKEN: 'intake-token-of-load'.repeat(2),
        WREN_SESSION_KEY: 'session-key-of-load'.repeat(2),
        WREN_IDENTIFIER_KEY: 'identifier-key-of-load'.repeat(2),
        KAFKA_BROKERS: kafka.brokers.join(','),
        KAFKA_ATTENDANCE_TOPICS: topic,
      },
    }),
  )
}

async function send(notes: Iterable<PlannedNote>, perSecond: number): Promise<void> {
  const startedAt = performance.now()
  await sendNotes({
    ...{ notes, topic, partitions, brokers: kafka.brokers, ledgerFile: join(folder, 'side-ledger.ndjson') },
    onSent: async sent => {
      const dueMs = (sent / perSecond) * 1_000 - (performance.now() - startedAt)
      if (dueMs > 0) await sleep(dueMs)
    },
  })
}

async function underLoad(): Promise<readonly number[]> {
  const seconds = Number(values.seconds)
  const rate = Number(values.rate)
  const [, latencies] = await Promise.all([
    send(planNotes({ notes: rate * seconds, seed: 2 }), rate),
    probe({ from: 20_000_000, seconds }),
  ])
  return latencies
}

/** Milliseconds from the moment the broker has taken a flagged note until its flag stands on the queue, one note after the other. */
async function probe({ from, seconds }: { from: number; seconds: number }): Promise<readonly number[]> {
  const latencies: number[] = []
  const until = performance.now() + seconds * 1_000
  for (let serial = from; performance.now() < until; serial += 1) {
    const note = flaggedNote(serial)
    let startedAt = 0
    await sendNotes({
      ...{
        notes: [note],
        topic,
        partitions,
        brokers: kafka.brokers,
        ledgerFile: join(folder, 'probes.ndjson'),
      },
      onSent: async () => {
        startedAt = performance.now()
      },
    })
    while (!(await isQueued(note.line.key))) await sleep(5)
    latencies.push(performance.now() - startedAt)
  }
  return latencies
}

function flaggedNote(seed: number): PlannedNote {
  for (const note of planNotes({ notes: 1_000, seed })) if (note.line.expected === 'flagged') return note
  throw new Error('a thousand notes, and none is flagged')
}

async function isQueued(attendanceId: string): Promise<boolean> {
  const rows = await client.query("select 1 from flag where trust = 'RWP' and attendance_id = $1", [
    attendanceId,
  ])
  return rows.rows.length > 0
}

async function count(table: 'receipt'): Promise<number> {
  return (await client.query(`select count(*)::int as n from ${table}`)).rows[0].n
}

async function untilReceived(wanted: number): Promise<void> {
  while ((await count('receipt')) < wanted) await sleep(200)
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return (performance.now() - startedAt) / 1_000
}

/** Resident megabytes at most, by process. */
function watchMemory(all: readonly SupervisedWren[]): { stop(): ReadonlyMap<string, number> } {
  const peaks = new Map<string, number>()
  const timer = setInterval(() => {
    for (const { name, pid } of all) peaks.set(name, Math.max(peaks.get(name) ?? 0, residentMegabytes(pid())))
  }, 500)
  return {
    stop() {
      clearInterval(timer)
      return peaks
    },
  }
}

/** VmRSS of proc_pid_status(5), in kilobytes; 0 where the process is gone or this is not Linux. */
function residentMegabytes(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return Math.round(Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1_024)
  } catch {
    return 0
  }
}

function inMs(latencies: readonly number[], share: number): string {
  const sorted = latencies.toSorted((one, other) => one - other)
  const at = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return `${Math.round(at)} ms (${sorted.length} notes)`
}
