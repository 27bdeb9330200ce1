import type { Screening } from '../../services/screening.ts'
import { encodeDeadLetterHeaders } from './dead-letter-codec.ts'
import { encodeHeld } from './held-codec.ts'
import { encodeNotice } from './notice-codec.ts'
import { encodeReceipt } from './receipt-codec.ts'
import { recordKeyOf } from './record-key.ts'
import type { IncomingRecord, OutgoingRecord } from './records.ts'
import type { TopicsFound, WrenTopics } from './topics.ts'

/** The records of one screening, the receipt apart: it is written last, when all it tells of is safe. */
export interface ScreeningRecords {
  readonly before: readonly OutgoingRecord[]
  readonly receipt: OutgoingRecord
}

export function recordsOf({
  screening: { receipt, held, notice, deadLetter },
  original,
  secret,
  topics,
  partitionsOf,
}: {
  readonly screening: Screening
  readonly original: IncomingRecord
  readonly secret: string | Uint8Array
  readonly topics: WrenTopics
  readonly partitionsOf: TopicsFound['partitionsOf']
}): ScreeningRecords {
  const { key, number } = recordKeyOf(receipt, secret)
  const to = (topic: string) => ({ topic, partition: number % partitionsOf(topic), key })
  const before: OutgoingRecord[] = []
  if (held !== null) before.push({ ...to(topics.flags), value: encodeHeld(held), headers: {} })
  if (notice !== null) before.push({ ...to(topics.flags), value: encodeNotice(notice), headers: {} })
  if (deadLetter !== null) {
    // The value as it came: null stays null, and is not the empty message.
    const headers = encodeDeadLetterHeaders(deadLetter, original.key)
    before.push({ ...to(topics.deadLetters), value: original.value, headers })
  }
  return { before, receipt: { ...to(topics.receipts), value: encodeReceipt(receipt), headers: {} } }
}
