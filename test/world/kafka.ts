import { inject } from 'vitest'
import type { KafkaAnswer } from './kafka-door.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where this run's tests ask for the broker. */
    kafkaDoor: string
  }
}

/**
 * A real Kafka: that of `KAFKA_BROKERS`, else Apache Kafka fetched by Maven and run by Java, one for the whole run.
 * Where neither can be had the answer says why, and the test is skipped in those words:
 *
 *     const kafka = await kafkaForTests()
 *     describe.skipIf('missing' in kafka)(titleWith(kafka, 'the scanner'), () => …)
 *
 * `WREN_REQUIRE_KAFKA=1` makes a missing Kafka a failure: set it wherever Kafka is promised.
 */
export async function kafkaForTests(): Promise<KafkaAnswer> {
  const brokers = process.env.KAFKA_BROKERS
  if (brokers !== undefined && brokers !== '') return { brokers: brokers.split(',') }
  const response = await fetch(inject('kafkaDoor'))
  const kafka = (await response.json()) as KafkaAnswer
  if ('missing' in kafka && process.env.WREN_REQUIRE_KAFKA === '1') {
    throw new Error(`WREN_REQUIRE_KAFKA=1, and there is no Kafka: ${kafka.missing}`)
  }
  return kafka
}

/** The suite's title; where it is skipped, with the reason. */
export function titleWith(kafka: KafkaAnswer, title: string): string {
  return 'missing' in kafka ? `${title} (skipped, no Kafka: ${kafka.missing})` : title
}

/** The brokers, inside a suite that is skipped without them. */
export function brokersOf(kafka: KafkaAnswer): string[] {
  return 'missing' in kafka ? [] : [...kafka.brokers]
}
