import type { IHeaders, KafkaMessage } from 'kafkajs'
import type { IncomingRecord } from './records.ts'

/** A record as kafkajs hands it over, in our own terms. */
export function incoming(message: KafkaMessage, topic: string, partition: number): IncomingRecord {
  const { offset, key, value, headers = {}, timestamp } = message
  return {
    topic,
    partition,
    offset,
    key,
    value,
    headers: firstOfEach(headers),
    timestampMs: Number(timestamp),
  }
}

function firstOfEach(headers: IHeaders): Record<string, Uint8Array> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      const first = Array.isArray(value) ? value[0] : value
      return first === undefined ? [] : [[name, Buffer.from(first)]]
    }),
  )
}
