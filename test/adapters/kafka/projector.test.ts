import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { ProjectionStore } from '../../../src/services/ports.ts'
import { openTestDatabase } from '../../world/database.ts'
import { brokersOf, kafkaForTests, titleWith } from '../../world/kafka.ts'
import { openKafkaTopics } from '../../world/kafka-topics.ts'
import { attendanceMessage } from '../../world/knife-screen.ts'
import { runProjector, takeOverAtOnce } from '../../world/run-projector.ts'
import { noHooks, runScanner, testTimings } from '../../world/run-scanner.ts'

const kafka = await kafkaForTests()
const openTopics = () => openKafkaTopics(brokersOf(kafka))
const page = { limit: 100, offset: 0 }
const today = () => Temporal.Now.plainDateISO('Europe/London').toString()

describe.skipIf('missing' in kafka)(titleWith(kafka, 'the projector'), () => {
  test('a note sent to Kafka stands on the queue, counted in the ledger; an unreadable one in the dead letters', async () => {
    await using database = await openTestDatabase()
    await using stream = await openTopics()
    await stream.makeInput()
    await using _scanner = await runScanner(stream)
    await using projector = await runProjector(stream, { store: database.store.projection })
    const words = 'Stabbed to L thigh with kitchen knife. “not gang” per mum 😟'
    await stream.send([
      { value: attendanceMessage({ attendanceId: 'E1', words }) },
      { value: attendanceMessage({ attendanceId: 'E2', words: 'fell off trampoline' }) },
      { value: 'not JSON' },
    ])
    await expect
      .poll(() => database.store.ledger.dayCounts(today()).then(totalsOf), { timeout: 20_000 })
      .toEqual({ flagged: 1, clear: 1, unreadable: 1 })
    // Each topic is read on its own: the receipt may be there before what is held.
    await expect.poll(() => messagesBehind(projector), { timeout: 20_000 }).toBe(0)
    const rows = await database.store.review.queue({ states: ['to-review'], ...page })
    expect(rows.map(({ attendance }) => attendance.attendanceId)).toEqual(['E1'])
    expect(rows[0]!.attendance.notes[0]!.words).toBe(words)
    const [letter] = await database.store.ledger.deadLetters(page)
    expect(letter).toMatchObject({ reason: 'decode', size: 8 })
  })

  test('messages delivered again, and events projected again, change nothing', async () => {
    await using database = await openTestDatabase()
    await using stream = await openTopics()
    await stream.makeInput({ partitions: 1 })
    const messages = ['E1', 'E2', 'E3'].map(attendanceId => ({
      value: attendanceMessage({ attendanceId, words: `knife ${attendanceId}` }),
    }))
    await stream.send(messages)
    for (const groupId of ['first', 'second'].map(each => `${stream.group}-${each}`)) {
      // Another group begins at the first message: every one is delivered again.
      await using _scanner = await runScanner(stream, { groupId })
      await stream.readUntil(stream.topics.receipts, groupId.endsWith('first') ? 3 : 6)
    }
    let recorded = 0
    const hooks = {
      ...noHooks,
      recorded(_receipts: readonly unknown[], outcomes: readonly unknown[]) {
        recorded += outcomes.length
      },
    }
    const { projection: store } = database.store
    for (const groupId of ['one', 'two'].map(each => `${stream.group}-${each}`)) {
      await using projector = await runProjector(stream, { store, groupId, hooks })
      await expect.poll(() => messagesBehind(projector), { timeout: 20_000 }).toBe(0)
    }
    expect(recorded).toBe(12)
    expect(totalsOf(await database.store.ledger.dayCounts(today()))).toEqual({ flagged: 3 })
    const rows = await database.store.review.queue({ states: ['to-review'], ...page })
    expect(rows.map(({ flag }) => flag.version)).toEqual([1, 1, 1])
  })

  test('while the store does not answer nothing is committed; when it does, nothing is missing', async () => {
    await using database = await openTestDatabase()
    await using stream = await openTopics()
    await stream.makeInput({ partitions: 1 })
    await using _scanner = await runScanner(stream)
    await stream.send([{ value: attendanceMessage({ attendanceId: 'E1', words: 'fell off swing' }) }])
    let failures = 0
    const hooks = {
      ...noHooks,
      storeFailed() {
        failures += 1
      },
    }
    let isDown = true
    const { projection } = database.store
    const store: ProjectionStore = {
      ...projection,
      recordRead: async (batch, range) => {
        if (isDown) throw new Error('connection refused')
        return projection.recordRead(batch, range)
      },
    }
    await using projector = await runProjector(stream, { store, hooks })
    await expect.poll(() => failures, { timeout: 20_000 }).toBeGreaterThan(1)
    expect(await messagesBehind(projector)).toBe(1)
    isDown = false
    await expect.poll(() => messagesBehind(projector), { timeout: 20_000 }).toBe(0)
    expect(totalsOf(await database.store.ledger.dayCounts(today()))).toEqual({ clear: 1 })
  })

  test('while the disk of the database is full nothing is half saved; when there is room, nothing is missing', async () => {
    await using database = await openTestDatabase()
    await using stream = await openTopics()
    await stream.makeInput({ partitions: 1 })
    await using _scanner = await runScanner(stream)
    const client = await database.connect()
    // The offset moves first in the transaction: refused receipts must take it back.
    await client.query(`
      create function refuse_as_full() returns trigger language plpgsql as $$ begin
        raise exception 'could not extend file: No space left on device' using errcode = 'disk_full';
      end $$;
      create trigger full_disk before insert on receipt execute function refuse_as_full()`)
    await stream.send(
      ['stab wound L arm, kitchen knife', 'fell off swing'].map((words, index) => ({
        value: attendanceMessage({ attendanceId: `F${index}`, words }),
      })),
    )
    let failures = 0
    const hooks = {
      ...noHooks,
      storeFailed() {
        failures += 1
      },
    }
    const { projection: store } = database.store
    await using projector = await runProjector(stream, { store, hooks })
    await expect.poll(() => failures, { timeout: 20_000 }).toBeGreaterThan(1)
    expect(totalsOf(await database.store.ledger.dayCounts(today()))).toEqual({})
    await client.query('drop trigger full_disk on receipt')
    await expect.poll(() => messagesBehind(projector), { timeout: 20_000 }).toBe(0)
    expect(totalsOf(await database.store.ledger.dayCounts(today()))).toEqual({ flagged: 1, clear: 1 })
  })

  test('a store slower than the session timeout costs the projector nothing: its heart beats on', async () => {
    await using stream = await openTopics()
    await stream.makeInput({ partitions: 1 })
    await using _scanner = await runScanner(stream)
    const calls: number[] = []
    let rebalances = 0
    const hooks = {
      ...noHooks,
      rebalanced() {
        rebalances += 1
      },
    }
    const store: ProjectionStore = {
      takeOver: takeOverAtOnce,
      async recordRead({ receipts }) {
        calls.push(receipts.length)
        await sleep(testTimings.sessionTimeoutMs + 2_000)
        return { kind: 'recorded', outcomes: [] }
      },
    }
    await using projector = await runProjector(stream, { store, hooks })
    await stream.send([{ value: attendanceMessage({ attendanceId: 'E1', words: 'fell off swing' }) }])
    await stream.readUntil(stream.topics.receipts, 1)
    await expect.poll(() => messagesBehind(projector), { timeout: 30_000 }).toBe(0)
    expect(calls).toEqual([1])
    expect(rebalances).toBe(0)
  })

  test('an event that this version cannot read stops the projector, which does not pass it over', async () => {
    await using database = await openTestDatabase()
    await using stream = await openTopics()
    await stream.makeInput()
    await using projector = await runProjector(stream, { store: database.store.projection })
    await stream.sendTo(stream.topics.receipts, [{ value: '{"version":2}' }])
    const error = await projector.failed
    expect(error.message).toMatch(/^a receipt cannot be read: .*newer version of Wren/)
    await projector.stop()
    const groupId = `${stream.group}-projector`
    const [offsets] = await stream.admin.fetchOffsets({ groupId, topics: [stream.topics.receipts] })
    expect(offsets!.partitions.filter(({ offset }) => offset !== '-1')).toEqual([])
  })
})

async function messagesBehind(running: { lag(): Promise<readonly { messages: number }[]> }): Promise<number> {
  return (await running.lag()).reduce((sum, { messages }) => sum + messages, 0)
}

/** Counts above nothing, over all sources and sites. */
function totalsOf(counts: readonly { counts: Readonly<Record<string, number>> }[]): Record<string, number> {
  const totals: Record<string, number> = {}
  for (const [outcome, count] of counts.flatMap(each => Object.entries(each.counts))) {
    if (count > 0) totals[outcome] = (totals[outcome] ?? 0) + count
  }
  return totals
}
