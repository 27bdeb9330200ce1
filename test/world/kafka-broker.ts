import { execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { pino } from 'pino'
import { connectKafka } from '../../src/adapters/kafka/connection.ts'

const run = promisify(execFile)
const readyTimeoutMs = 120_000

/**
 * Runs the broker for as long as its standard input is open. The pipe closes when this process ends, however it
 * ends: a kill -9 of the test run takes the brokers along; the last one takes their folder.
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

/** Brokers that can be killed one by one, and started again with the log that they left. */
export interface KafkaCluster extends KafkaBroker {
  readonly size: number
  /** kill -9. */
  kill(node: number): Promise<void>
  /** Resolves when it has been started; it may answer later. */
  start(node: number): void
  /** Resolves when all nodes are part of the cluster. */
  untilWhole(): Promise<void>
  /** Of a node's process; what it started runs below it. */
  pid(node: number): number
}

interface Node {
  readonly id: number
  readonly port: number
  readonly controllerPort: number
}

/** Starts one KRaft node, broker and controller in one, on free ports with its log in a new temporary folder. */
export function startKafkaBroker(jars: string): Promise<KafkaBroker> {
  return startKafkaCluster(jars, 1)
}

/** Starts so many KRaft nodes, each broker and controller in one. */
export async function startKafkaCluster(jars: string, size: number): Promise<KafkaCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'wren-kafka-'))
  const ports = await freePorts(2 * size)
  const nodes = Array.from({ length: size }, (_, index) => ({
    id: index + 1,
    port: ports[2 * index]!,
    controllerPort: ports[2 * index + 1]!,
  }))
  const classpath = ['-cp', join(jars, '*')]
  // The tool that formats the log takes an id that begins with a dash for an option.
  const clusterId = `w${randomBytes(16).toString('base64url').slice(1)}`
  for (const node of nodes) {
    mkdirSync(folderOf(node))
    const properties = join(folderOf(node), 'server.properties')
    writeFileSync(properties, propertiesOf({ node, nodes, folder: folderOf(node) }))
    const format = ['kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', properties]
    await run('java', [...classpath, ...format])
  }
  const children = nodes.map(launch)
  const brokers = nodes.map(({ port }) => `127.0.0.1:${port}`)

  function folderOf({ id }: Node): string {
    return join(folder, String(id))
  }

  function launch(node: Node) {
    const output = openSync(join(folderOf(node), 'output'), 'a')
    const child = spawn(
      'sh',
      [
        ...['-c', untilInputCloses, 'sh', folder],
        ...['java', '-Xms256m', '-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'],
        ...[...classpath, 'kafka.Kafka', join(folderOf(node), 'server.properties')],
      ],
      // A process group of its own: Ctrl-C reaches the broker through the pipe, not before the tests have ended.
      { detached: true, stdio: ['pipe', output, output] },
    )
    closeSync(output)
    child.stdin?.on('error', () => undefined) // it was killed: there is nothing left to close
    return { child, ended: once(child, 'exit') }
  }

  async function stop(): Promise<void> {
    for (const { child } of children) child.stdin?.end()
    await Promise.all(children.map(({ ended }) => ended))
    rmSync(folder, { recursive: true, force: true })
  }

  async function untilWhole(): Promise<void> {
    if (await answers(brokers)) return
    const words = readFileSync(join(folderOf(nodes[0]!), 'output'), 'utf8').slice(-2_000)
    await stop()
    throw new Error(`Kafka did not answer on ${brokers} within ${readyTimeoutMs / 1000} seconds: ${words}`)
  }

  await untilWhole()
  return {
    brokers,
    size,
    stop,
    untilWhole,
    pid: index => children[index]?.child.pid ?? 0,
    async kill(index) {
      const { child, ended } = children[index]!
      // The whole group: the shell that would tidy the folder away goes with its broker.
      process.kill(-child.pid!, 'SIGKILL')
      await ended
    },
    start(index) {
      children[index] = launch(nodes[index]!)
    },
  }
}

function propertiesOf({
  node,
  nodes,
  folder,
}: {
  node: Node
  nodes: readonly Node[]
  folder: string
}): string {
  const inSync = String(Math.max(1, nodes.length - 1))
  return Object.entries({
    'process.roles': 'broker,controller',
    'node.id': String(node.id),
    'controller.quorum.voters': nodes
      .map(({ id, controllerPort }) => `${id}@127.0.0.1:${controllerPort}`)
      .join(','),
    listeners: `PLAINTEXT://127.0.0.1:${node.port},CONTROLLER://127.0.0.1:${node.controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${node.port}`,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
    'log.dirs': join(folder, 'log'),
    'offsets.topic.num.partitions': '1',
    'offsets.topic.replication.factor': String(nodes.length),
    'transaction.state.log.replication.factor': String(nodes.length),
    'transaction.state.log.min.isr': inSync,
    'group.initial.rebalance.delay.ms': '0',
    'auto.create.topics.enable': 'false',
    'unclean.leader.election.enable': 'false',
  })
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')
}

/** Ready means: the cluster describes itself with all its brokers. */
async function answers(brokers: string[]): Promise<boolean> {
  const connection = { brokers, clientId: 'wren-test-ready' }
  const admin = connectKafka({ connection, log: pino({ level: 'silent' }) }).admin({ retry: { retries: 0 } })
  const deadline = Date.now() + readyTimeoutMs
  while (Date.now() < deadline) {
    try {
      await admin.connect()
      if ((await admin.describeCluster()).brokers.length === brokers.length) return true
    } catch {
      // not yet
    } finally {
      await admin.disconnect()
    }
    await sleep(100)
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
