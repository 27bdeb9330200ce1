import { z } from 'zod'
import type { SourceNotice } from '../../services/screening.ts'
import { deliveryFields, sha256, text, textOrNull } from './event-fields.ts'

const origin = { eventId: sha256, delivery: deliveryFields, source: text, trust: text, at: text }

/** What a source says beside its text, as it stands in Kafka: JSON, with the version of this form. */
export const noticeEvent = z.strictObject({
  version: z.literal(1),
  notice: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('withdrawal'),
      ...origin,
      attendanceId: text,
      document: textOrNull,
    }),
    z.strictObject({
      kind: z.literal('merge'),
      ...origin,
      merges: z
        .array(z.strictObject({ prior: text, surviving: text, priorHash: text, survivingHash: text }))
        .readonly(),
    }),
  ]),
})

export function encodeNotice(notice: SourceNotice): Uint8Array {
  const event: z.input<typeof noticeEvent> = { version: 1, notice }
  return Buffer.from(JSON.stringify(event))
}
