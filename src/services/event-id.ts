import { hash } from 'node:crypto'
import type { Delivery } from './screening.ts'

export const eventKinds = ['flag', 'receipt', 'dead-letter', 'notice'] as const
export type EventKind = (typeof eventKinds)[number]

/**
 * The id of one event of one delivery: the same on every redelivery and on every machine, so that every sink can
 * tell a repeat. The ruleset is no part of it: a crash across a change of rules must not flag a note twice. Nor is
 * the time of receipt, which a redelivery has anew.
 *
 *     id     = SHA-256(channel stream partition offset kind), in hex
 *     field  = its length in bytes, 32 bits big-endian, then its UTF-8 bytes
 *
 * The lengths keep "ab" + "c" and "a" + "bc" apart.
 */
export function eventIdOf(
  { channel, stream, partition, offset }: Omit<Delivery, 'receivedAt'>,
  kind: EventKind,
): string {
  const fields = [channel, stream, String(partition), offset, kind]
  const bytes = Buffer.allocUnsafe(fields.reduce((sum, field) => sum + 4 + Buffer.byteLength(field), 0))
  let at = 0
  for (const field of fields) {
    const length = bytes.write(field, at + 4)
    bytes.writeUInt32BE(length, at)
    at += 4 + length
  }
  return hash('sha256', bytes, 'hex')
}
