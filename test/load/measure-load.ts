import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { pino } from 'pino'
import { connectKafka } from '../../src/adapters/kafka/connection.ts'
import { openStore } from '../../src/adapters/store/store.ts'
import { startKillableDatabase } from '../chaos/database.ts'
import { type SupervisedWren, superviseWren } from '../chaos/wren-process.ts'
import { startKafkaCluster } from '../world/kafka-broker.ts'
import { freePorts } from '../world/running-wren.ts'
import { sendBacklog } from './send-backlog.ts'
import { type WardNote, writeWardNotes } from './ward-notes.ts'
import { watchProcesses } from './watch-processes.ts'

export interface LoadWishes {
  /** Folder with Kafka's jars. */
  readonly jars: string
  readonly backlog: number
  /** How long the calm is measured, and then the load. */
  readonly seconds: number
  /** Notes a second under load. */
  readonly rate: number
}

export interface Measured {
  readonly wishes: LoadWishes
  readonly drain: {
    readonly notes: number
    readonly seconds: number
    readonly cpuSeconds: ReadonlyMap<string, number>
    readonly outcomes: readonly { readonly outcome: string; readonly count: number }[]
  }
  /** Milliseconds from the moment the broker took a note until its flag stood on the queue. */
  readonly calm: readonly number[]
  readonly loaded: readonly number[]
  /** Of Wren's own processes while the backlog was drained. */
  readonly memory: ReadonlyMap<string, readonly number[]>
}

const topic = 'attendances'
const partitions = 3
const ownTopics = ['wren.screened.v1', 'wren.flags.v1', 'wren.dead-letters.v1']

/** Writes the backlog while Wren is away, starts one scanner and one projector, and watches them. */
export async function measureLoad(wishes: LoadWishes): Promise<Measured> {
  await using opened = new AsyncDisposableStack()
  const folder = opened.adopt(await mkdtemp(join(tmpdir(), 'wren-load-')), path =>
    rm(path, { recursive: true, force: true }),
  )
  const database = await startKillableDatabase(join(folder, 'database'))
  opened.defer(() => database.stop())
  const kafka = await startKafkaCluster(wishes.jars, 1)
  opened.defer(() => kafka.stop())
  const { connectionString } = database
  await (await openStore({ connectionString })).close()
  const client = new Client({ connectionString })
  await client.connect()
  opened.defer(() => client.end())
  const connection = { brokers: kafka.brokers, clientId: 'load' }
  const admin = connectKafka({ connection, log: pino({ level: 'silent' }) }).admin()
  await admin.connect()
  opened.defer(() => admin.disconnect())
  await admin.createTopics({ waitForLeaders: false, topics: [{ topic, numPartitions: partitions }] })

  const producer = connectKafka({ connection, log: pino({ level: 'silent' }) }).producer()
  await producer.connect()
  opened.defer(() => producer.disconnect())
  const send = (notes: Iterable<WardNote>, perSecond?: number) =>
    sendBacklog({ notes, topic, partitions, producer, ...(perSecond && { perSecond }) })
  await send(writeWardNotes({ notes: wishes.backlog, seed: 1 }))
  const wrens = await startWrens({ folder, connectionString, brokers: kafka.brokers })
  opened.defer(async () => void (await Promise.all(wrens.map(wren => wren.stop()))))
  while ((await projected(ownTopics.slice(0, 1))) === 0) await sleep(20)
  const postmaster = await database.pid()
  const watch = watchProcesses([
    ...wrens.map(({ name, pid }) => ({ name, pid })),
    { name: 'PostgreSQL', pid: () => postmaster },
    { name: 'Kafka', pid: () => kafka.pid(0) },
  ])
  const before = await projected(ownTopics.slice(0, 1))
  const startedAt = performance.now()
  while (!(await isDrained())) await sleep(200)
  const seconds = (performance.now() - startedAt) / 1_000
  const drain = {
    notes: wishes.backlog - before,
    seconds,
    cpuSeconds: watch.cpuSeconds(),
    outcomes: (
      await client.query(
        'select outcome, count(*)::int as count from receipt group by outcome order by 2 desc',
      )
    ).rows,
  }
  const memory = new Map([...watch.memory()].filter(([name]) => wrens.some(wren => wren.name === name)))
  watch.stop()
  const calm = await probe({ from: 10_000_000, seconds: wishes.seconds })
  const [, loaded] = await Promise.all([
    send(writeWardNotes({ notes: wishes.rate * wishes.seconds, seed: 2 }), wishes.rate),
    probe({ from: 20_000_000, seconds: wishes.seconds }),
  ])
  return { wishes, drain, calm, loaded, memory }

  async function isDrained(): Promise<boolean> {
    if ((await projected(ownTopics.slice(0, 1))) < wishes.backlog) return false
    const ends = await Promise.all(ownTopics.map(each => admin.fetchTopicOffsets(each)))
    return (await projected(ownTopics)) === ends.flat().reduce((sum, { high }) => sum + Number(high), 0)
  }

  async function projected(topics: readonly string[]): Promise<number> {
    const text = 'select coalesce(sum(next_offset), 0)::int as n from consumer_offset where topic = any($1)'
    return (await client.query(text, [topics])).rows[0].n
  }

  /** One flagged note after the other. */
  async function probe(so: { from: number; seconds: number }): Promise<readonly number[]> {
    const latencies: number[] = []
    const until = performance.now() + so.seconds * 1_000
    for (let serial = so.from; performance.now() < until; serial += 1) {
      const note = stabWound(serial)
      await send([note])
      const takenAt = performance.now()
      while (!(await isQueued(note))) await sleep(5)
      latencies.push(performance.now() - takenAt)
    }
    return latencies
  }

  async function isQueued({ attendanceId }: WardNote): Promise<boolean> {
    const text = "select 1 from flag where trust = 'RWP' and attendance_id = $1"
    return (await client.query(text, [attendanceId])).rows.length > 0
  }
}

function stabWound(serial: number): WardNote {
  const attendanceId = `probe-${serial}`
  const body = JSON.stringify({
    wren: 1,
    source: 'ed-worcester',
    attendanceId,
    trust: 'RWP',
    arrivedAt: '2026-11-20T09:00:00Z',
    patient: { birthDate: '2011-03-04', sex: 'male' },
    notes: [{ section: 'triage', text: '15M stab wound L thigh, kitchen knife. BIB friends.' }],
  })
  return { attendanceId, body }
}

async function startWrens(so: {
  folder: string
  connectionString: string
  brokers: readonly string[]
}): Promise<readonly SupervisedWren[]> {
  const ports = await freePorts(2)
  const logFolder = join(so.folder, 'logs')
  await mkdir(logFolder)
  return (['scanner', 'projector'] as const).map((role, index) =>
    superviseWren({
      name: role,
      role,
      logFolder,
      env: {
        DATABASE_URL: so.connectionString,
        WREN_METRICS_PORT: String(ports[index]),
        WREN_DATA: join(so.folder, role),
        WREN_LOG_LEVEL: 'warn',
        WREN_INTAKE_TOKEN: 'intake-token-of-load'.repeat(2),
        WREN_SESSION_KEY: 'session-key-of-load'.repeat(2),
        WREN_IDENTIFIER_KEY: 'identifier-key-of-load'.repeat(2),
        KAFKA_BROKERS: so.brokers.join(','),
        KAFKA_ATTENDANCE_TOPICS: topic,
      },
    }),
  )
}
