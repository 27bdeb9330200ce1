import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { refuseMessage } from '../../../src/services/refuse-message.ts'
import type { Screen } from '../../../src/services/screen-attendances.ts'
import { openTestDatabase, type TestDatabase } from '../../world/database.ts'
import { brokersOf, kafkaForTests, titleWith } from '../../world/kafka.ts'
import { openKafkaTopics } from '../../world/kafka-topics.ts'
import { identifierKey, knifeScreen } from '../../world/knife-screen.ts'
import { runProjector } from '../../world/run-projector.ts'
import { noHooks, runScanner } from '../../world/run-scanner.ts'
import { runWren } from '../../world/run-wren.ts'

const kafka = await kafkaForTests()
const page = { limit: 100, offset: 0 }
const yesterday = () => Temporal.Now.plainDateISO('Europe/London').subtract({ days: 1 }).toString()
const today = () => Temporal.Now.plainDateISO('Europe/London').toString()

describe.skipIf('missing' in kafka)(titleWith(kafka, 'wren replay'), () => {
  test('finds what the rules of then did not, leaves what was reviewed alone, and does it once', async () => {
    await using past = await openPast()
    await past.receive([
      ['E1', 'knife shown'],
      ['E2', 'machete in his bag'],
      ['E3', 'fell off swing'],
      ['E4', 'knife shown, then a machete'],
      ['E5', 'knife shown by older boy'],
      // The older version comes with a machete, the newer one keeps the knife alone.
      ['E6', 'knife and a machete', '2026-03-01T10:00:00Z'],
      ['E6', 'knife only', '2026-03-01T11:00:00Z'],
      ['E7', 'machete, sent twice', '2026-03-01T10:00:00Z'],
      ['E7', 'machete, sent twice', '2026-03-01T11:00:00Z'],
      ['UNREAD', 'machete at school gate'],
    ])
    await past.send(['not JSON'])
    await past.untilCounted(11)
    await decide(past.database, ['E4', 'E5'])
    const before = await past.state()
    expect(before.states).toEqual({ E1: 'to-review', E4: 'done', E5: 'done', E6: 'to-review' })
    expect(before.totals).toEqual({ flagged: 5, clear: 4, unreadable: 2 })

    const dry = await past.replay('--dry-run', '--json')
    expect(dry.stderr).toBe('')
    expect(JSON.parse(dry.stdout)).toMatchObject({
      ...{ isDry: true, read: 11, raised: 3, reopened: 1, added: 1, counted: 3, stillUnreadable: 1 },
      byRule: { 'weapon-blade': 5 },
      byDay: { '2026-03-01': 5 },
      repaired: { messages: 1, outcomes: { flagged: 1 } },
      ...{ gone: [], elsewhere: [], ahead: 0 },
    })
    expect(await past.state()).toEqual(before)

    const run = await past.replay()
    expect(run.stdout).toContain('3 attendances were flagged, 1 were put back to review')
    expect(run.exitCode).toBe(0)
    const after = await past.state()
    expect(after.states).toEqual({
      ...{ E1: 'to-review', E2: 'to-review', E4: 'to-review', E5: 'done' },
      ...{ E6: 'to-review', E7: 'to-review', UNREAD: 'to-review' },
    })
    expect(after.totals).toEqual({ flagged: 9, clear: 1, unreadable: 1 })
    const late = await past.foundLate()
    expect(late).toMatchObject({
      E2: [{ ruleName: 'Knife or other blade', reason: 'rule-added', day: today() }],
      UNREAD: [{ reason: 'unreadable-before', day: today() }],
    })
    expect(Object.keys(late).sort()).toEqual(['E2', 'E4', 'E6', 'E7', 'UNREAD'])
    // The text shown stays the newest; what only the older version says is kept as withdrawn.
    const withdrawn = await past.file('E6')
    expect(withdrawn.attendance.notes[0]!.words).toBe('knife only')
    expect(withdrawn.withdrawn.map(({ text }) => text)).toEqual(['machete'])

    const again = await past.replay('--json')
    expect(JSON.parse(again.stdout)).toMatchObject({ raised: 0, reopened: 0, added: 0, counted: 0 })
    expect(await past.state()).toEqual(after)
  })

  test('the live stream keeps its partitions and its offsets, and the group of the run is gone', async () => {
    await using past = await openPast()
    await past.receive([['E1', 'machete in his bag']])
    await past.untilCounted(1)
    const offsets = () =>
      past.stream.admin.fetchOffsets({ groupId: past.liveGroup, topics: [past.stream.input] })
    const before = await offsets()
    expect((await past.replay()).exitCode).toBe(0)
    expect(await offsets()).toEqual(before)
    expect(past.rebalances()).toBe(0)
    const { groups } = await past.stream.admin.listGroups()
    expect(groups.filter(({ groupId }) => groupId.includes(`${past.prefix}.replay`))).toEqual([])
  })

  test('killed in the middle and run again, each flag is raised once', async () => {
    await using past = await openPast()
    const children = Array.from({ length: 1_500 }, (_, index) => `E${index}`)
    await past.receive(children.map(id => [id, `machete in bag of ${id}`] as const))
    await past.untilCounted(children.length)
    const client = await past.database.connect()
    const raised = async () => Number((await client.query('select count(*) from found_late')).rows[0].count)
    const child = spawn(process.execPath, ['bin/wren.js', 'replay', '--from', yesterday()], {
      env: { PATH: process.env.PATH, ...past.settings },
      detached: true,
      stdio: 'ignore',
    })
    const ended = new Promise(resolve => child.on('close', resolve))
    while ((await raised()) === 0 && child.exitCode === null) await sleep(5)
    process.kill(-child.pid!, 'SIGKILL')
    await ended
    const found = await raised()
    expect(found).toBeGreaterThan(0)
    expect(found).toBeLessThan(children.length)
    const run = await past.replay('--json')
    expect(JSON.parse(run.stdout)).toMatchObject({ read: children.length, raised: children.length - found })
    const audit = await client.query(
      "select what, count(*) from audit_entry where did = 'raised flag: found late' group by what",
    )
    expect(audit.rows).toHaveLength(children.length)
    expect(new Set(audit.rows.map(({ count }) => Number(count)))).toEqual(new Set([1]))
    expect((await past.state()).totals).toEqual({ flagged: children.length })
  })

  test('what Kafka no longer has is said, with how many and until when, and the exit code is 1', async () => {
    await using past = await openPast()
    await past.receive([
      ['E1', 'machete'],
      ['E2', 'machete too'],
      ['E3', 'machete as well'],
    ])
    await past.untilCounted(3)
    const { admin, input } = past.stream
    await admin.deleteTopicRecords({ topic: input, partitions: [{ partition: 0, offset: '2' }] })
    const run = await past.replay()
    expect(run.stdout).toMatch(new RegExp(`GONE ${input} partition 0: 2 messages of this time are no longer`))
    expect(run.stdout).toContain('1 attendances were flagged')
    expect(run.exitCode).toBe(1)
  })

  test('what the ledger lost after the stream had passed it is counted, once, and says so', async () => {
    await using past = await openPast({ 'message.timestamp.type': 'CreateTime' })
    const timestamp = String(Date.now() - 2 * 3_600_000)
    const messages = [
      ['E1', 'knife shown'],
      ['E2', 'fell off swing'],
    ] as const
    await past.stream.send(messages.map(message => ({ value: messageOf(message), timestamp })))
    const client = await past.database.connect()
    const counted = async () =>
      (await client.query('select attendance_id, outcome from receipt order by 1')).rows
    await expect.poll(counted, { timeout: 60_000 }).toHaveLength(2)
    await expect
      .poll(() => past.state().then(({ states }) => states), { timeout: 60_000 })
      .toHaveProperty('E1')
    // As after a backup of an hour ago was restored, and Wren's own topics did not reach back to it.
    await client.query('delete from receipt; delete from flag; delete from held; delete from held_event')
    expect(JSON.parse((await past.replay('--json')).stdout)).toMatchObject({ recovered: 2, raised: 1 })
    expect(await counted()).toEqual([
      { attendance_id: 'E1', outcome: 'flagged' },
      { attendance_id: 'E2', outcome: 'clear' },
    ])
    expect(await past.foundLate()).toMatchObject({ E1: [{ reason: 'not-counted-before' }] })
    expect(JSON.parse((await past.replay('--json')).stdout)).toMatchObject({ recovered: 0, raised: 0 })
  })

  test('a topic made anew is not read as if it were the one before', async () => {
    await using past = await openPast()
    await past.receive([['E1', 'machete']])
    await past.untilCounted(1)
    const client = await past.database.connect()
    await client.query("update receipt set body_sha256 = repeat('0', 64)")
    const run = await past.replay()
    expect(run.stderr).toContain('the topic was made anew')
    expect(run.exitCode).toBe(1)
    expect((await past.state()).states).toEqual({})
  })
})

test.each([
  ['without Kafka', {}, ['--from', '2026-03-01'], 'KAFKA_BROKERS is not set'],
  ['a time that is none', { KAFKA_BROKERS: 'nowhere:9092' }, ['--from', 'Tuesday'], '--from takes a day'],
  [
    'a period that ends before it begins',
    { KAFKA_BROKERS: 'nowhere:9092' },
    ['--from', '2026-03-02', '--to', '2026-03-01'],
    '--to lies before --from',
  ],
])('%s it is refused in words, with exit code 2', async (_reason, settings, args, words) => {
  const run = await runWren(['replay', ...args], '', settings)
  expect(run.stderr).toContain(words)
  expect(run.exitCode).toBe(2)
})

/** A Kafka and a database in which a live stream with the rules of then has read, and goes on reading. */
async function openPast(config = { 'message.timestamp.type': 'LogAppendTime' }) {
  await using opened = new AsyncDisposableStack()
  const database = opened.use(await openTestDatabase())
  const stream = opened.use(await openKafkaTopics(brokersOf(kafka)))
  await stream.makeInput({ partitions: 1, config })
  const prefix = stream.group
  const liveGroup = `${prefix}.scanner`
  let rebalances = 0
  const hooks = { ...noHooks, rebalanced: () => void rebalances++ }
  opened.use(await runScanner(stream, { groupId: liveGroup, screen: screenOfThen, hooks }))
  opened.use(await runProjector(stream, { store: database.store.projection }))
  const settings = {
    DATABASE_URL: database.connectionString,
    WREN_INTAKE_TOKEN: 'token-of-a-test-'.repeat(3),
    WREN_SESSION_KEY: 'session-key-of-a-test'.repeat(2),
    WREN_IDENTIFIER_KEY: identifierKey,
    KAFKA_BROKERS: brokersOf(kafka).join(','),
    KAFKA_ATTENDANCE_TOPICS: stream.input,
    KAFKA_PREFIX: prefix,
  }
  const kept = opened.move()
  const send = (values: readonly string[]) => stream.send(values.map(value => ({ value })))
  return {
    ...{ database, stream, prefix, liveGroup, settings, send },
    rebalances: () => rebalances,
    receive: (told: readonly (readonly [string, string, string?])[]) => send(told.map(messageOf)),
    untilCounted: (messages: number) =>
      expect.poll(() => received(database), { timeout: 60_000 }).toBe(messages),
    replay: (...args: readonly string[]) =>
      runWren(['replay', '--from', yesterday(), '--quiet', ...args], '', settings),
    state: () => stateOf(database),
    foundLate: () => foundLateIn(database),
    file: async (attendanceId: string) => {
      const row = (await rowsOf(database)).find(each => each.flag.attendanceId === attendanceId)
      const file = await database.store.review.flagFile(row!.flag.id)
      return file!
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}

/** Knows the word "knife" alone, and cannot read one of the attendances. */
const screenOfThen: Screen = (bytes, delivery, format) =>
  Buffer.from(bytes).includes('UNREAD')
    ? refuseMessage({
        ...{ bytes, delivery, reason: 'decode', problem: 'A decoder of then could not read it.' },
        ...{ source: null, format: 'json', rulesetVersion: 'knife-1' },
      })
    : knifeScreen(bytes, delivery, format)

function messageOf([attendanceId, text, recordedAt]: readonly [string, string, string?]): string {
  return JSON.stringify({
    ...{ source: 'ed-worcester', attendanceId, ...(recordedAt === undefined ? {} : { recordedAt }) },
    arrivedAt: '2026-03-01T09:30:00Z',
    patient: { birthDate: '2011-05-30' },
    notes: [{ section: 'triage', text }],
  })
}

const allStates = ['to-review', 'in-review', 'actions-open', 'deferred', 'done'] as const
const rowsOf = ({ store }: TestDatabase) => store.review.queue({ states: allStates, ...page, limit: 5_000 })

async function received({ store }: TestDatabase): Promise<number> {
  return (await store.ledger.dayCounts(today())).reduce((sum, count) => sum + count.received, 0)
}

async function stateOf(database: TestDatabase) {
  const rows = await rowsOf(database)
  const totals: Record<string, number> = {}
  for (const { counts } of await database.store.ledger.dayCounts(today()))
    for (const [outcome, count] of Object.entries(counts))
      if (count > 0) totals[outcome] = (totals[outcome] ?? 0) + count
  return {
    states: Object.fromEntries(rows.map(({ flag }) => [flag.attendanceId, flag.state])),
    versions: Object.fromEntries(rows.map(({ flag }) => [flag.attendanceId, flag.version])),
    totals,
  }
}

async function foundLateIn(database: TestDatabase) {
  const rows = await rowsOf(database)
  const found = await database.store.replays.foundLate(rows.map(({ flag }) => flag.id))
  return Object.fromEntries(
    rows.flatMap(({ flag }) => {
      const late = found.get(flag.id)
      return late === undefined ? [] : [[flag.attendanceId, late] as const]
    }),
  )
}

async function decide(database: TestDatabase, attendances: readonly string[]): Promise<void> {
  const client = await database.connect()
  await client.query("update flag set state = 'done' where attendance_id = any($1)", [attendances])
}
