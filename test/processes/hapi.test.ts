import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openTestDatabase } from '../world/database.ts'
import { fetchJars } from '../world/maven-artefacts.ts'
import { freePorts } from '../world/running-wren.ts'
import { isThorough } from '../world/thorough.ts'

/** Of them every 500th, the first included, tells of a knife. */
const messages = isThorough ? 10_000 : 1_000
const connections = 8
/** After so many acknowledgements Wren is ended like this, and started again. */
const restarts: readonly (readonly [acknowledged: number, signal: NodeJS.Signals])[] = isThorough
  ? [
      [2_500, 'SIGKILL'],
      [5_000, 'SIGTERM'],
      [7_500, 'SIGKILL'],
    ]
  : [[500, 'SIGKILL']]

const hapi = await fetchJars({ what: 'HAPI HL7v2', name: 'hapi-2.6.0', pom: 'test/hapi/pom.xml' })
if ('missing' in hapi) {
  if (isThorough) throw new Error(`there is no HAPI: ${hapi.missing}`)
  process.stderr.write(`The test with a HAPI sender is skipped: ${hapi.missing}\n`)
}

test.skipIf('missing' in hapi)(
  'every message that HAPI was told is taken has exactly one outcome, however often Wren was ended',
  async ({ signal }) => {
    if ('missing' in hapi) return
    await using database = await openTestDatabase()
    const [mllp = 0, intake = 0, metrics = 0] = await freePorts(3)
    const dataFolder = await mkdtemp(join(tmpdir(), 'wren-hapi-'))
    const start = () =>
      startIntake({ mllp, intake, metrics, dataFolder, databaseUrl: database.connectionString })
    let wren = await start()
    const left = [...restarts]
    const acknowledged: string[] = []
    const sender = spawn('java', [
      ...['-cp', `${hapi.jars}/*`, 'test/hapi/SendMessages.java'],
      ...['127.0.0.1', String(mllp), String(connections), String(messages)],
    ])
    signal.addEventListener('abort', () => sender.kill('SIGKILL')) // a test that takes too long leaves nothing running
    let complaints = ''
    sender.stderr.on('data', text => {
      complaints += text
    })
    const ended = new Promise<number | null>(resolve => sender.on('close', resolve))
    try {
      for await (const line of createInterface({ input: sender.stdout })) {
        acknowledged.push(line)
        const next = left[0]
        if (next === undefined || acknowledged.length < next[0]) continue
        left.shift()
        await end(wren, next[1])
        wren = await start()
      }
      expect(await ended, complaints).toBe(0)
    } finally {
      sender.kill('SIGKILL')
      await end(wren, 'SIGTERM')
      await rm(dataFolder, { recursive: true })
    }
    const expected = Array.from({ length: messages }, (_, number) => `AA M${number}`)
    expect(acknowledged.toSorted()).toEqual(expected.toSorted())
    const client = await database.connect()
    const { rows } = await client.query<{ attendance_id: string; outcomes: string; count: string }>(`
      select attendance_id, string_agg(outcome, ' ') as outcomes, count(*) from receipt
      where outcome <> 'duplicate' group by attendance_id`)
    expect(rows).toHaveLength(messages)
    expect(rows.filter(row => row.count !== '1')).toEqual([])
    expect(rows.filter(row => row.outcomes === 'flagged')).toHaveLength(messages / 500)
    const flags = await client.query('select count(*)::int as count from flag')
    expect(flags.rows).toEqual([{ count: messages / 500 }])
    expect(left).toEqual([])
  },
  600_000,
)

interface Places {
  readonly mllp: number
  readonly intake: number
  readonly metrics: number
  readonly dataFolder: string
  readonly databaseUrl: string
}

/** The program as a hospital runs it, once it is ready. */
async function startIntake(places: Places): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['bin/wren.js', 'start', '--roles', 'intake'], {
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: places.databaseUrl,
      WREN_MLLP_PORT: String(places.mllp),
      WREN_INTAKE_PORT: String(places.intake),
      WREN_METRICS_PORT: String(places.metrics),
      WREN_DATA: places.dataFolder,
      WREN_LOG_LEVEL: 'warn',
      WREN_INTAKE_TOKEN: 'token-of-a-test-'.repeat(3),
      WREN_SESSION_KEY: 'session-key-of-a-test'.repeat(2),
      WREN_IDENTIFIER_KEY: 'identifier-key-of-a-test'.repeat(2),
    },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', text => {
      output += text
    })
  }
  for (;;) {
    if (child.exitCode !== null) throw new Error(`Wren ended before it was ready:\n${output}`)
    const answer = await fetch(`http://127.0.0.1:${places.metrics}/health/ready`).catch(() => null)
    if (answer?.status === 200) return child
    await sleep(100)
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const closed = new Promise(resolve => child.on('close', resolve))
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill(signal)
  await closed
}
