import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Admin } from 'kafkajs'
import { pino } from 'pino'
import { connectKafka } from '../../src/adapters/kafka/connection.ts'
import { inputBytesMax } from '../../src/adapters/kafka/topics.ts'
import { openStore } from '../../src/adapters/store/store.ts'
import {
  type PortalSimulator,
  startPortalSimulator,
} from '../../src/processes/portal-simulator/start-portal-simulator.ts'
import { type KafkaCluster, startKafkaCluster } from '../world/kafka-broker.ts'
import { freePorts } from '../world/running-wren.ts'
import { type KillableDatabase, startKillableDatabase } from './database.ts'
import { type SupervisedWren, superviseWren } from './wren-process.ts'

/** Short, so that thirty kills do not wait for thirty long silences. */
export const sessionTimeoutMs = 6_000
export const partitions = 3
export const topics = {
  input: 'attendances',
  receipts: 'wren.screened.v1',
  flags: 'wren.flags.v1',
  deadLetters: 'wren.dead-letters.v1',
}

/** Everything that runs, and can be killed. */
export interface Scene extends AsyncDisposable {
  readonly folder: string
  readonly wrens: readonly SupervisedWren[]
  readonly database: KillableDatabase
  readonly kafka: KafkaCluster
  readonly portal: PortalSimulator
  readonly portalFile: string
  readonly admin: Admin
  /** As it stands in event ids. */
  readonly channel: string
}

/** Starts brokers, a database, a portal, and Wren as a hospital would. */
export async function openScene({ brokers, jars }: { brokers: number; jars: string }): Promise<Scene> {
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
  const { clusterId } = await admin.describeCluster()
  const wrens = await startWrens({ folder, database, kafka, portal })
  opened.defer(async () => void (await Promise.all(wrens.map(wren => wren.end()))))
  const kept = opened.move()
  return {
    ...{ folder, wrens, database, kafka, portal, portalFile, admin },
    channel: `kafka:${clusterId}`,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
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
async function startWrens({
  folder,
  database,
  kafka,
  portal,
}: Pick<Scene, 'folder' | 'database' | 'kafka' | 'portal'>): Promise<readonly SupervisedWren[]> {
  const names = ['scanner-1', 'scanner-2', 'projector-1', 'projector-2', 'forwarder-1'] as const
  const ports = await freePorts(names.length)
  const logFolder = join(folder, 'logs')
  await mkdir(logFolder)
  return names.map((name, index) =>
    superviseWren({
      name,
      role: name.startsWith('scanner') ? 'scanner' : name.startsWith('projector') ? 'projector' : 'forwarder',
      logFolder,
      env: {
        DATABASE_URL: database.connectionString,
        WREN_METRICS_PORT: String(ports[index]),
        WREN_DATA: join(folder, name),
        WREN_LOG_LEVEL: process.env.WREN_CHAOS_LOG_LEVEL ?? 'warn',
        WREN_INTAKE_TOKEN: 'intake-token-of-chaos'.repeat(2),
        WREN_SESSION_KEY: 'session-key-of-chaos'.repeat(2),
        WREN_IDENTIFIER_KEY: 'identifier-key-of-chaos'.repeat(2),
        KAFKA_BROKERS: kafka.brokers.join(','),
        KAFKA_ATTENDANCE_TOPICS: topics.input,
        KAFKA_SESSION_TIMEOUT_MS: String(sessionTimeoutMs),
        KAFKA_REPLICATION: String(kafka.size),
        KAFKA_PARTITIONS: String(partitions),
        PORTAL_URL: portal.referralsUrl,
        PORTAL_TOKEN: portal.token,
        PORTAL_TIMEOUT_MS: '1000',
      },
    }),
  )
}
