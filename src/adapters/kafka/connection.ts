import { Kafka, logLevel, type SASLOptions } from 'kafkajs'
import type { Logger } from '../../telemetry/logger.ts'
import { registerCodecs } from './codecs.ts'
import { repairKafkajs } from './kafkajs-repairs.ts'

/** Where Kafka is, and how to sign in to it. */
export interface KafkaConnection {
  /** Such as "kafka-1:9092". */
  readonly brokers: readonly string[]
  readonly clientId: string
  readonly tls?: boolean
  readonly sasl?: SASLOptions
}

export type KafkaLog = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>

const untilASecond = { initialRetryTime: 300, maxRetryTime: 1_000, factor: 0.2, multiplier: 2 } as const

/**
 * Given whole everywhere: kafkajs takes other defaults where NODE_ENV is "test". No wait is longer than a second,
 * since kafkajs waits inside of waits, and all of them pass after a broker is back.
 */
export const retries = {
  few: { ...untilASecond, retries: 24 },
  many: { ...untilASecond, retries: 80 },
  /** Some 80 seconds: longer than a broker's restart. */
  send: { ...untilASecond, retries: 80 },
} as const

registerCodecs()
repairKafkajs()

/**
 * One object for each client: clients of one object share a map of committed offsets. `onCrash` hears that a
 * consumer has crashed as soon as kafkajs says so, which is before it disconnects, and disconnecting may hang.
 */
export function connectKafka({
  connection,
  log,
  onCrash,
}: {
  readonly connection: KafkaConnection
  readonly log: KafkaLog
  readonly onCrash?: (error: Error) => void
}): Kafka {
  const { brokers, clientId, tls, sasl } = connection
  return new Kafka({
    brokers: [...brokers],
    clientId,
    ssl: tls ?? false,
    ...(sasl === undefined ? {} : { sasl }),
    connectionTimeout: 5_000,
    requestTimeout: 30_000,
    retry: retries.few,
    logLevel: logLevel.INFO,
    logCreator: () => entry => {
      // Of what comes with a line only these: an error of kafkajs may print a whole record.
      const { message, topic, partition, groupId } = entry.log
      const fields = { client: entry.namespace, topic, partition, groupId }
      if (entry.level === logLevel.INFO) log.debug(fields, message)
      else log.warn(fields, message)
      if (message.startsWith('Crash: ')) onCrash?.(new Error(`kafkajs gave up: ${message.slice(7)}`))
    },
  })
}
