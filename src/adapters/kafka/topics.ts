import kafkajs, { type Admin, type ITopicMetadata } from 'kafkajs'
import { connectKafka, type KafkaConnection, type KafkaLog } from './connection.ts'
import { untilHosted } from './until-hosted.ts'

const { ConfigResourceTypes } = kafkajs

/** The topics that Wren writes. */
export interface WrenTopics {
  readonly flags: string
  readonly receipts: string
  readonly deadLetters: string
}

export const wrenTopics: WrenTopics = {
  flags: 'wren.flags.v1',
  receipts: 'wren.screened.v1',
  deadLetters: 'wren.dead-letters.v1',
}

/** A message of 10 MB is read, and one record has a frame around it. */
export const inputBytesMax = 11 * 1024 * 1024
/** A dead letter is a whole message as it came with Wren's headers; a held one is a whole attendance and its mentions. */
export const eventBytesMax = 24 * 1024 * 1024

export interface TopicsFound {
  /** Such as "kafka:4L6g3nShT-eMCtK--X86sw": part of every event id. */
  readonly channel: string
  readonly partitionsOf: (topic: string) => number
}

/**
 * Makes Wren's own topics where they are missing, and checks what is there. The topics that messages come in on
 * are made only where `createInputs` says so: a misspelt name would otherwise be an empty topic, read for ever.
 */
export async function ensureTopics({
  connection,
  inputs,
  createInputs,
  topics,
  partitions,
  replication,
  log,
}: {
  readonly connection: KafkaConnection
  readonly inputs: readonly string[]
  readonly createInputs: boolean
  readonly topics: WrenTopics
  readonly partitions: number
  readonly replication: number
  readonly log: KafkaLog
}): Promise<TopicsFound> {
  const admin = connectKafka({ connection, log }).admin()
  await admin.connect()
  try {
    const own = Object.values(topics)
    const wanted = createInputs ? [...own, ...inputs] : own
    const present = new Set(await admin.listTopics())
    const missing = wanted.filter(topic => !present.has(topic))
    if (missing.length > 0) {
      log.info({ topics: missing, partitions, replication }, 'making topics that are not there')
      await createTopics({ admin, missing, own, partitions, replication })
    }
    const absent = inputs.filter(topic => !present.has(topic) && !wanted.includes(topic))
    if (absent.length > 0) {
      throw new Error(`there is no topic ${absent.join(', ')}: make it, or correct KAFKA_ATTENDANCE_TOPICS`)
    }
    await untilHosted(admin, [...inputs, ...own])
    await assertDeadLettersFit({ admin, inputs, deadLetters: topics.deadLetters })
    const { clusterId } = await admin.describeCluster()
    const { topics: found } = await admin.fetchTopicMetadata({ topics: [...inputs, ...own] })
    return { channel: `kafka:${clusterId}`, partitionsOf: topic => partitionsOf(found, topic) }
  } finally {
    await admin.disconnect()
  }
}

async function createTopics({
  admin,
  missing,
  own,
  partitions,
  replication,
}: {
  readonly admin: Admin
  readonly missing: readonly string[]
  readonly own: readonly string[]
  readonly partitions: number
  readonly replication: number
}): Promise<void> {
  // False where another process was faster: as good as ours.
  await admin.createTopics({
    waitForLeaders: false,
    topics: missing.map(topic => ({
      topic,
      numPartitions: partitions,
      replicationFactor: replication,
      configEntries: [
        {
          name: 'max.message.bytes',
          value: String(own.includes(topic) ? eventBytesMax : inputBytesMax),
        },
        // The day in the ledger is the day of receipt, by the broker's clock and not by each sender's.
        { name: 'message.timestamp.type', value: 'LogAppendTime' },
        // With two of three replicas written before a send is confirmed, one broker may be lost.
        { name: 'min.insync.replicas', value: String(Math.max(1, replication - 1)) },
      ],
    })),
  })
}

/** A message that the inputs let in and the dead letters do not would stop the stream when it is unreadable. */
async function assertDeadLettersFit({
  admin,
  inputs,
  deadLetters,
}: {
  readonly admin: Admin
  readonly inputs: readonly string[]
  readonly deadLetters: string
}): Promise<void> {
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [...inputs, deadLetters].map(name => ({
      type: ConfigResourceTypes.TOPIC,
      name,
      configNames: ['max.message.bytes'],
    })),
  })
  const limits = new Map(
    resources.map(({ resourceName, configEntries }) => [resourceName, Number(configEntries[0]?.configValue)]),
  )
  const room = limits.get(deadLetters) ?? 0
  for (const input of inputs) {
    const largest = limits.get(input) ?? 0
    if (largest >= room) {
      throw new Error(
        `${input} takes messages of ${largest} bytes and ${deadLetters} of ${room}: raise max.message.bytes of ` +
          `${deadLetters} above it, or an unreadable message could not be kept`,
      )
    }
  }
}

function partitionsOf(found: readonly ITopicMetadata[], name: string): number {
  const topic = found.find(each => each.name === name)
  if (topic === undefined || topic.partitions.length === 0)
    throw new Error(`the broker names no topic ${name}`)
  return topic.partitions.length
}
