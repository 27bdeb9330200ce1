import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import kafkajs, { type Admin, type Message } from 'kafkajs'
import { pino } from 'pino'
import { connectKafka } from '../../src/adapters/kafka/connection.ts'
import { inputBytesMax, type WrenTopics } from '../../src/adapters/kafka/topics.ts'
import { untilHosted } from '../../src/adapters/kafka/until-hosted.ts'

const { CompressionTypes } = kafkajs
const silent = pino({ level: 'silent' })

/** A record as a test reads it. */
export interface ReadRecord {
  readonly partition: number
  readonly offset: string
  readonly key: string | null
  readonly value: Buffer | null
  readonly headers: Readonly<Record<string, string>>
}

/** Topics and groups of one test's own, on a broker that all tests share, and a sender and reader for them. */
export interface KafkaTopics extends AsyncDisposable {
  readonly connection: { readonly brokers: readonly string[]; readonly clientId: string }
  readonly input: string
  readonly topics: WrenTopics
  readonly group: string
  readonly admin: Admin
  /** Makes the input topic. `config` as Kafka names it. */
  makeInput(wishes?: { partitions?: number; config?: Record<string, string> }): Promise<void>
  /** To the input topic. */
  send(messages: readonly Message[], compression?: keyof typeof CompressionTypes): Promise<void>
  sendTo(topic: string, messages: readonly Message[]): Promise<void>
  /** All records of a topic, up to its end at the time of asking. */
  read(topic: string): Promise<ReadRecord[]>
  /** Reads until there are at least so many records. */
  readUntil(topic: string, count: number): Promise<ReadRecord[]>
}

export async function openKafkaTopics(brokers: readonly string[]): Promise<KafkaTopics> {
  const name = randomBytes(6).toString('hex')
  const connection = { brokers, clientId: `test-${name}` }
  const kafka = () => connectKafka({ connection, log: silent })
  const admin = kafka().admin()
  const producer = kafka().producer({ allowAutoTopicCreation: false })
  await Promise.all([admin.connect(), producer.connect()])
  const input = `attendances-${name}`

  async function read(topic: string): Promise<ReadRecord[]> {
    const ends = (await admin.fetchTopicOffsets(topic)).filter(({ high, low }) => BigInt(high) > BigInt(low))
    const left = new Map(ends.map(({ partition, high }) => [partition, BigInt(high)]))
    if (left.size === 0) return []
    const records: ReadRecord[] = []
    const { promise: done, resolve } = Promise.withResolvers<void>()
    const consumer = kafka().consumer({
      groupId: `reader-${name}-${randomBytes(6).toString('hex')}`,
      maxWaitTimeInMs: 100,
    })
    await consumer.connect()
    await consumer.subscribe({ topics: [topic], fromBeginning: true })
    await consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch }) => {
        for (const { offset, key, value, headers = {} } of batch.messages) {
          const texts = Object.entries(headers).map(([header, content]) => [header, String(content)])
          records.push({
            partition: batch.partition,
            offset,
            key: key === null ? null : key.toString(),
            value,
            headers: Object.fromEntries(texts),
          })
        }
        if (BigInt(batch.lastOffset()) + 1n >= (left.get(batch.partition) ?? 0n)) left.delete(batch.partition)
        if (left.size === 0) resolve()
      },
    })
    await done
    await consumer.disconnect()
    return records
  }

  return {
    connection,
    input,
    topics: {
      flags: `flags-${name}`,
      receipts: `screened-${name}`,
      deadLetters: `dead-letters-${name}`,
    },
    group: `wren-${name}`,
    admin,
    async makeInput({ partitions = 2, config = {} } = {}) {
      const settings = { 'max.message.bytes': String(inputBytesMax), ...config }
      await admin.createTopics({
        waitForLeaders: false,
        topics: [
          {
            topic: input,
            numPartitions: partitions,
            configEntries: Object.entries(settings).map(([setting, value]) => ({ name: setting, value })),
          },
        ],
      })
      await untilHosted(admin, [input])
    },
    async send(messages, compression = 'None') {
      await producer.send({
        topic: input,
        messages: [...messages],
        compression: CompressionTypes[compression],
      })
    },
    async sendTo(topic, messages) {
      await producer.send({ topic, messages: [...messages] })
    },
    read,
    async readUntil(topic, count) {
      await untilHosted(admin, [topic]) // another process may be making it at this moment
      for (;;) {
        const ends = await admin.fetchTopicOffsets(topic)
        const present = ends.reduce((sum, { high, low }) => sum + Number(BigInt(high) - BigInt(low)), 0)
        if (present >= count) return read(topic)
        await sleep(50)
      }
    },
    async [Symbol.asyncDispose]() {
      await removeWhatBears(name, admin)
      await Promise.all([admin.disconnect(), producer.disconnect()])
    },
  }
}

/** The broker may be one that was there before the tests, and stays. */
async function removeWhatBears(name: string, admin: Admin): Promise<void> {
  const topics = (await admin.listTopics()).filter(topic => topic.includes(name))
  if (topics.length > 0) await admin.deleteTopics({ topics })
  const { groups } = await admin.listGroups()
  const own = groups.map(({ groupId }) => groupId).filter(groupId => groupId.includes(name))
  // A member that was killed is missed only later: its group goes when the broker forgets it.
  await Promise.allSettled(own.map(groupId => admin.deleteGroups([groupId])))
}
