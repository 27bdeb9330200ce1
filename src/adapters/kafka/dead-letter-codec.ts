import { z } from 'zod'
import { unreadableReasons } from '../../attendance/attendance.ts'
import type { DeadLetter } from '../../services/screening.ts'
import { sha256, text, UnknownEvent } from './event-fields.ts'
import type { IncomingRecord } from './records.ts'

/**
 * A dead letter is the message as it came, with its story in headers: the value is the original value, and
 * `original-key` the original key where it had one. That key stays out of the record's own, which tools show and
 * logs print: a hospital may have used an NHS number for it.
 */
const headerFields = z.object({
  version: z.literal('1'),
  'event-id': sha256,
  channel: text,
  topic: text,
  partition: z.string().regex(/^\d+$/).transform(Number),
  offset: text,
  'received-at': text,
  reason: z.enum(unreadableReasons),
  problem: text,
})

export function encodeDeadLetterHeaders(
  { eventId, delivery, reason, problem }: DeadLetter,
  originalKey: Uint8Array | null,
): Record<string, string | Uint8Array> {
  const headers: z.input<typeof headerFields> = {
    version: '1',
    'event-id': eventId,
    channel: delivery.channel,
    topic: delivery.stream,
    partition: String(delivery.partition),
    offset: delivery.offset,
    'received-at': delivery.receivedAt,
    reason,
    problem,
  }
  return originalKey === null ? headers : { ...headers, 'original-key': originalKey }
}

export function decodeDeadLetter({ headers, value }: Pick<IncomingRecord, 'headers' | 'value'>): DeadLetter {
  const written = Object.fromEntries(
    Object.entries(headers).map(([name, bytes]) => [name, Buffer.from(bytes).toString('utf8')]),
  )
  const parsed = headerFields.safeParse(written)
  if (!parsed.success) {
    const [first] = parsed.error.issues
    throw new UnknownEvent('dead letter', `its header ${first?.path.join('.')} is refused (${first?.code})`)
  }
  const story = parsed.data
  return {
    eventId: story['event-id'],
    delivery: {
      channel: story.channel,
      stream: story.topic,
      partition: story.partition,
      offset: story.offset,
      receivedAt: story['received-at'],
    },
    reason: story.reason,
    problem: story.problem,
    bytes: value ?? new Uint8Array(0),
  }
}
