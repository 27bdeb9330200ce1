import { z } from 'zod'
import { attendanceKinds, formats } from '../../attendance/attendance.ts'
import type { Receipt } from '../../services/screening.ts'
import {
  ageBand,
  deliveryFields,
  ledgerOutcome,
  parseEvent,
  sha256,
  text,
  textOrNull,
  wholeNumber,
} from './event-fields.ts'

/** A receipt as it stands in Kafka: JSON, with the version of this form. */
const receiptEvent = z.strictObject({
  version: z.literal(1),
  eventId: sha256,
  delivery: deliveryFields,
  source: text,
  format: z.enum(formats).nullable(),
  kind: z.enum([...attendanceKinds, 'merge']).nullable(),
  trust: textOrNull,
  attendanceId: textOrNull,
  site: textOrNull,
  arrivedAt: textOrNull,
  ageBand,
  patientHashes: z.array(text).readonly(),
  outcome: ledgerOutcome,
  rulesetVersion: text,
  bodySha256: sha256,
  withoutText: z.boolean(),
  partsUnread: wholeNumber,
})

export function encodeReceipt(receipt: Receipt): Uint8Array {
  const event: z.input<typeof receiptEvent> = { version: 1, ...receipt }
  return Buffer.from(JSON.stringify(event))
}

export function decodeReceipt(bytes: Uint8Array | null): Receipt {
  const { version: _, ...receipt } = parseEvent('receipt', receiptEvent, bytes)
  return receipt
}
