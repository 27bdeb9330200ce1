import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Admin } from 'kafkajs'
import { Client } from 'pg'
import { pino } from 'pino'
import { connectKafka } from '../../src/adapters/kafka/connection.ts'
import { inputBytesMax } from '../../src/adapters/kafka/topics.ts'
import { openStore } from '../../src/adapters/store/store.ts'
import { makeChance, randomOf } from '../../src/processes/demo/chance.ts'
import { moodNames } from '../../src/processes/portal-simulator/moods.ts'
import {
  type PortalSimulator,
  startPortalSimulator,
} from '../../src/processes/portal-simulator/start-portal-simulator.ts'
import { startKafkaCluster } from '../world/kafka-broker.ts'
import { freePorts } from '../world/running-wren.ts'
import { collectFacts } from './collect-facts.ts'
import { startKillableDatabase } from './database.ts'
import { carryOut, type DoneKill, planKills, type Scene } from './kills.ts'
import { planNotes } from './notes.ts'
import { startNurse } from './nurse.ts'
import type { Facts } from './oracle.ts'
import { sendNotes } from './send-notes.ts'
import { type SupervisedWren, superviseWren } from './wren-process.ts'

export interface ChaosWishes {
  readonly notes: number
  readonly kills: number
  readonly brokers: number
  readonly seed: number
  /** Folder with Kafka's jars. */
  readonly jars: string
  readonly tell: (words: string) => void
}

export interface ChaosRun {
  readonly facts: Facts
  readonly kills: readonly DoneKill[]
  /** Seconds from each kill until everything sent before it was received. */
  readonly recoveries: readonly number[]
  readonly seconds: number
}

const partitions = 3
/** Short, so that thirty kills do not wait for thirty long silences. */
const sessionTimeoutMs = 6_000
const drainMsMax = 420_000
/** Past this something hangs: a broker's start on a busy machine takes a quarter of it. */
const recoveryMsMax = 120_000
const topics = {
  input: 'attendances',
  receipts: 'wren.screened.v1',
  flags: 'wren.flags.v1',
  deadLetters: 'wren.dead-letters.v1',
}

/** Runs Wren as a hospital would, kills it as planned, waits until nothing moves, and answers what can be seen. */
export async function runChaos(wishes: ChaosWishes): Promise<ChaosRun> {
  const { notes, kills, brokers, seed, jars, tell } = wishes
  const startedAt = performance.now()
  await using opened = new AsyncDisposableStack()
  const folder = opened.adopt(await mkdtemp(join(tmpdir(), 'wren-chaos-')), async path => {
    if (process.env.WREN_CHAOS_KEEP !== '1') await rm(path, { recursive: true, force: true })
  })
  const database = await startKillableDatabase(join(folder, 'database'))
  opened.defer(() => database.stop())
  const kafka = await startKafkaCluster(jars, brokers)
  opened.defer(() => kafka.stop())
  const portalFile = join(folder, 'portal.json')
  const portal = await startPortalSimulator({
    ...{ host: '127.0.0.1', port: 0, dataFile: portalFile, slowMs: 3_000, retryAfterSeconds: 1 },
  })
  opened.defer(() => portal.stop())
  await (await openStore({ connectionString: database.connectionString })).close()
  const connection = { brokers: kafka.brokers, clientId: 'chaos' }
  const admin = connectKafka({ connection, log: pino({ level: 'silent' }) }).admin()
  await admin.connect()
  opened.defer(() => admin.disconnect())
  await makeInput(admin, brokers)

  const wrens = await startWrens({
    folder,
    connectionString: database.connectionString,
    kafka,
    portal,
    brokers,
  })
  opened.defer(async () => void (await Promise.all(wrens.map(wren => wren.end()))))
  const referred = chooseReferred({ notes, seed })
  const nurse = startNurse({ connectionString: database.connectionString, attendanceIds: referred })
  opened.defer(() => nurse.stop())
  tell(
    `${notes} notes, ${kills} kills, ${brokers} broker(s), ${referred.length} referrals, seed ${seed}; logs in ${folder}`,
  )

  const moods = changeMoods(portal, seed)
  let sent = 0
  let killed = 0.2 // before the first kill: enough to see that all of it runs
  const sending = sendNotes({
    notes: planNotes({ notes, seed }),
    ...{ brokers: kafka.brokers, topic: topics.input, partitions },
    ledgerFile: join(folder, 'side-ledger.ndjson'),
    // A share of the notes for each kill, so that there is always something to lose.
    onSent: async count => {
      sent = count
      while (sent / notes > killed / kills) await sleep(50)
    },
  })
  const watch = watchReceipts(database.connectionString)
  opened.defer(() => watch.stop())
  const done = await killAll({
    ...{ wishes, watch },
    scene: { wrens, database, kafka },
    sent: () => sent,
    onKill: () => {
      killed += 1
    },
  })
  const sideLedger = await sending
  await moods.calm()
  tell('all kills are done and all notes are sent; waiting until nothing moves')
  await untilStill({ admin, connectionString: database.connectionString, sent: sideLedger.length })
  await Promise.race([nurse.allReferred, sleep(120_000)])
  await untilDelivered(database.connectionString)
  await nurse.stop()
  for (const wren of wrens) await wren.stop()
  const { clusterId } = await admin.describeCluster()
  const [group] = await admin.fetchOffsets({ groupId: 'wren.scanner', topics: [topics.input] })
  const committed = new Map(group?.partitions.map(each => [each.partition, Number(each.offset)]))
  const facts = await collectFacts({
    ...{ sideLedger, topics, jars, portalFile, committed, brokers: kafka.brokers },
    channel: `kafka:${clusterId}`,
    connectionString: database.connectionString,
  })
  return { facts, ...done, seconds: (performance.now() - startedAt) / 1_000 }
}

async function makeInput(admin: Admin, brokers: number): Promise<void> {
  await admin.createTopics({
    waitForLeaders: false,
    topics: [
      {
        topic: topics.input,
        numPartitions: partitions,
        replicationFactor: brokers,
        configEntries: [
          { name: 'max.message.bytes', value: String(inputBytesMax) },
          { name: 'min.insync.replicas', value: String(Math.max(1, brokers - 1)) },
        ],
      },
    ],
  })
}

/** Two that scan, two that project and one that forwards: enough for partitions to change hands. */
async function startWrens(so: {
  folder: string
  connectionString: string
  kafka: { brokers: readonly string[] }
  portal: PortalSimulator
  brokers: number
}): Promise<readonly SupervisedWren[]> {
  const names = ['scanner-1', 'scanner-2', 'projector-1', 'projector-2', 'forwarder-1'] as const
  const ports = await freePorts(names.length)
  const logFolder = join(so.folder, 'logs')
  await mkdir(logFolder)
  return names.map((name, index) =>
    superviseWren({
      name,
      role: name.startsWith('scanner') ? 'scanner' : name.startsWith('projector') ? 'projector' : 'forwarder',
      logFolder,
      env: {
        DATABASE_URL: so.connectionString,
        WREN_METRICS_PORT: String(ports[index]),
        WREN_DATA: join(so.folder, name),
        WREN_LOG_LEVEL: process.env.WREN_CHAOS_LOG_LEVEL ?? 'warn',
        WREN_INTAKE_TOKEN: 'intake-token-of-chaos'.repeat(2),
        WREN_SESSION_KEY: 'session-key-of-chaos'.repeat(2),
        WREN_IDENTIFIER_KEY: 'identifier-key-of-chaos'.repeat(2),
        KAFKA_BROKERS: so.kafka.brokers.join(','),
        KAFKA_ATTENDANCE_TOPICS: topics.input,
        KAFKA_SESSION_TIMEOUT_MS: String(sessionTimeoutMs),
        KAFKA_REPLICATION: String(so.brokers),
        KAFKA_PARTITIONS: String(partitions),
        PORTAL_URL: so.portal.referralsUrl,
        PORTAL_TOKEN: so.portal.token,
        PORTAL_TIMEOUT_MS: '1000',
      },
    }),
  )
}

/** At most 200 of the children who will be flagged, spread over the run. */
function chooseReferred({ notes, seed }: { notes: number; seed: number }): readonly string[] {
  const flagged = new Set<string>()
  for (const { line } of planNotes({ notes, seed })) if (line.expected === 'flagged') flagged.add(line.key)
  const every = Math.max(1, Math.ceil(flagged.size / 200))
  return [...flagged].filter((_, index) => index % every === 0)
}

/** The portal fails in every way it knows, each for some requests, until it is told to calm down. */
function changeMoods(portal: PortalSimulator, seed: number): { calm(): Promise<void> } {
  const chance = makeChance(randomOf(seed ^ 0x300d))
  const stopping = new AbortController()
  const tell = (mood: string, times: string) =>
    fetch(new URL('/simulator/mood', portal.url), {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ mood, times }),
    })
  const changing = (async () => {
    while (!stopping.signal.aborted) {
      await tell(chance.pick(moodNames), String(chance.between(1, 4)))
      await sleep(1_500, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  })()
  return {
    async calm() {
      stopping.abort()
      await changing
      await tell('well', '')
    },
  }
}

interface ReceiptWatch {
  /** Receipts in the database when it was asked last. */
  count(): number
  stop(): Promise<void>
}

function watchReceipts(connectionString: string): ReceiptWatch {
  let count = 0
  let isStopped = false
  const watching = (async () => {
    while (!isStopped) {
      count = (await countReceipts(connectionString)) ?? count
      await sleep(250)
    }
  })()
  return {
    count: () => count,
    async stop() {
      isStopped = true
      await watching
    },
  }
}

async function killAll(so: {
  wishes: ChaosWishes
  scene: Scene
  watch: ReceiptWatch
  sent: () => number
  onKill: () => void
}): Promise<Pick<ChaosRun, 'kills' | 'recoveries'>> {
  const { wishes, scene, watch, sent, onKill } = so
  const kills: DoneKill[] = []
  const recoveries: number[] = []
  await untilFirst(watch)
  for (const [index, planned] of planKills(wishes).entries()) {
    const before = sent()
    const startedAt = performance.now()
    const carrying = carryOut(planned, scene, sessionTimeoutMs + 2_000)
    onKill() // the next share of the notes is on its way while the kill comes
    const done = await carrying
    kills.push(done)
    while (watch.count() < before) {
      if (performance.now() - startedAt > recoveryMsMax)
        throw new Error(`kill ${index + 1} (${done.victim}, ${done.how}): nothing goes on after it`)
      await sleep(100)
    }
    const seconds = (performance.now() - startedAt) / 1_000
    recoveries.push(seconds)
    wishes.tell(
      `kill ${index + 1}: ${done.victim}, ${done.how}; all ${before} notes sent before it were received ${seconds.toFixed(1)} s later`,
    )
    await sleep(planned.restMs)
  }
  return { kills, recoveries }
}

/** The first receipt: all of it runs. */
async function untilFirst(watch: ReceiptWatch): Promise<void> {
  const deadline = performance.now() + recoveryMsMax
  while (watch.count() === 0) {
    if (performance.now() > deadline) throw new Error('Wren did not start: its logs say why')
    await sleep(100)
  }
}

/** Until every record that was sent has a receipt, and the projection has read what is there. */
async function untilStill(so: { admin: Admin; connectionString: string; sent: number }): Promise<void> {
  const deadline = performance.now() + drainMsMax
  while (performance.now() < deadline) {
    // A broker or the database may still be starting.
    if (await isStill(so).catch(() => false)) return
    await sleep(500)
  }
}

async function isStill({
  admin,
  connectionString,
  sent,
}: {
  admin: Admin
  connectionString: string
  sent: number
}): Promise<boolean> {
  const endsOf = async (topic: string) =>
    (await admin.fetchTopicOffsets(topic)).reduce((sum, { high }) => sum + Number(high), 0)
  const inTopic = await endsOf(topics.input)
  const own = await Promise.all([topics.receipts, topics.flags, topics.deadLetters].map(endsOf))
  const [group] = await admin.fetchOffsets({ groupId: 'wren.scanner', topics: [topics.input] })
  const read = group?.partitions.reduce((sum, { offset }) => sum + Math.max(0, Number(offset)), 0)
  const projected = await ask(
    connectionString,
    'select coalesce(sum(next_offset), 0)::int as n from consumer_offset',
  )
  return read === inTopic && projected === own.reduce((sum, each) => sum + each, 0) && inTopic >= sent
}

/** The portal is well now. Waits of up to a quarter of an hour are cut short: what is tested is not patience. */
async function untilDelivered(connectionString: string): Promise<void> {
  const deadline = performance.now() + 120_000
  while (performance.now() < deadline) {
    const left = await hurry(connectionString).catch(() => null)
    if (left === 0) return
    await sleep(500)
  }
}

/** Answers how many referrals are not delivered yet. */
async function hurry(connectionString: string): Promise<number | null> {
  await ask(
    connectionString,
    "update outbox set next_attempt_at = now() where state in ('queued', 'sent') returning 0 as n",
  )
  return ask(connectionString, "select count(*)::int as n from outbox where state <> 'acknowledged'")
}

async function countReceipts(connectionString: string): Promise<number | null> {
  return ask(connectionString, 'select count(*)::int as n from receipt').catch(() => null)
}

async function ask(connectionString: string, text: string): Promise<number | null> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 2_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return (await client.query(text)).rows[0]?.n ?? null
  } finally {
    await client.end().catch(() => undefined)
  }
}
