import { execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { pino } from 'pino'
import { connectKafka } from '../../src/adapters/kafka/connection.ts'

const run = promisify(execFile)
const readyTimeoutMs = 60_000

/**
 * Runs the broker for as long as its standard input is open, then leaves nothing behind. The pipe closes when this
 * process ends, however it ends: a kill -9 of the test run takes the broker and its folder along.
 */
const untilInputCloses = `
folder="$1"; shift
"$@" < /dev/null & broker=$!
cat > /dev/null
kill -9 "$broker"
wait "$broker"
rm -rf "$folder"
`

export interface KafkaBroker {
  readonly brokers: readonly string[]
  stop(): Promise<void>
}

/** Starts one KRaft node, broker and controller in one, on free ports with its log in a new temporary folder. */
export async function startKafkaBroker(jars: string): Promise<KafkaBroker> {
  const folder = mkdtempSync(join(tmpdir(), 'wren-kafka-'))
  const [port, controllerPort] = await freePorts(2)
  const properties = join(folder, 'server.properties')
  writeFileSync(properties, propertiesOf({ folder, port: port!, controllerPort: controllerPort! }))
  const classpath = ['-cp', join(jars, '*')]
  const clusterId = randomBytes(16).toString('base64url')
  await run('java', [...classpath, 'kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', properties])
  const output = openSync(join(folder, 'output'), 'w')
  const child = spawn(
    'sh',
    [
      ...['-c', untilInputCloses, 'sh', folder],
      ...['java', '-Xms256m', '-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'],
      ...[...classpath, 'kafka.Kafka', properties],
    ],
    // A process group of its own: Ctrl-C reaches the broker through the pipe, not before the tests have ended.
    { detached: true, stdio: ['pipe', output, output] },
  )
  closeSync(output)
  const brokers = [`127.0.0.1:${port}`]
  const ended = once(child, 'exit')
  const stop = async (): Promise<void> => {
    child.stdin?.end()
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  if (await answers(brokers)) return { brokers, stop }
  const words = readFileSync(join(folder, 'output'), 'utf8').slice(-2_000)
  await stop()
  throw new Error(`Kafka did not answer on ${brokers[0]} within ${readyTimeoutMs / 1000} seconds: ${words}`)
}

function propertiesOf(node: { folder: string; port: number; controllerPort: number }): string {
  return Object.entries({
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@127.0.0.1:${node.controllerPort}`,
    listeners: `PLAINTEXT://127.0.0.1:${node.port},CONTROLLER://127.0.0.1:${node.controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${node.port}`,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
    'log.dirs': join(node.folder, 'log'),
    'offsets.topic.num.partitions': '1',
    'offsets.topic.replication.factor': '1',
    'transaction.state.log.replication.factor': '1',
    'transaction.state.log.min.isr': '1',
    'group.initial.rebalance.delay.ms': '0',
    'auto.create.topics.enable': 'false',
    'unclean.leader.election.enable': 'false',
  })
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')
}

/** Ready means: the cluster describes itself with its one broker. */
async function answers(brokers: string[]): Promise<boolean> {
  const connection = { brokers, clientId: 'wren-test-ready' }
  const admin = connectKafka({ connection, log: pino({ level: 'silent' }) }).admin({ retry: { retries: 0 } })
  const deadline = Date.now() + readyTimeoutMs
  while (Date.now() < deadline) {
    try {
      await admin.connect()
      if ((await admin.describeCluster()).brokers.length === 1) return true
    } catch {
      await sleep(100)
    } finally {
      await admin.disconnect()
    }
  }
  return false
}

/** Held open together before any is closed, so that no two are the same. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'))
  await Promise.all(servers.map(server => once(server, 'listening')))
  const ports = servers.map(server => {
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')
    return address.port
  })
  await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))))
  return ports
}
