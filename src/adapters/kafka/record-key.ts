import { createHmac } from 'node:crypto'
import type { Delivery, Receipt } from '../../services/screening.ts'

/** Where a record goes. */
export interface RecordKey {
  readonly key: string
  /** The same key always has the same number; the remainder by a topic's partitions is its partition. */
  readonly number: number
}

/**
 * The key of every record that tells of one attendance: a hash under a secret, so that neither the attendance nor
 * the patient can be found by trying numbers. A message that could not be read has a key of its own.
 */
export function recordKeyOf(
  { trust, attendanceId, delivery }: Pick<Receipt, 'trust' | 'attendanceId' | 'delivery'>,
  secret: string | Uint8Array,
): RecordKey {
  const named =
    trust === null || attendanceId === null
      ? ['delivery', ...placeOf(delivery)]
      : ['attendance', trust, attendanceId]
  const hash = createHmac('sha256', secret).update(JSON.stringify(named)).digest()
  return { key: hash.toString('hex'), number: hash.readUInt32BE() }
}

function placeOf({ channel, stream, partition, offset }: Delivery): string[] {
  return [channel, stream, String(partition), offset]
}
