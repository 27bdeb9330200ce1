import { createHash } from 'node:crypto'

/**
 * The id of the one flag that an attendance can have: the same on every machine and for every message about it.
 * Lengths stand before the parts, so that no two pairs run together: "AB" and "C" is not "A" and "BC".
 */
export function flagIdOf({ trust, attendanceId }: { trust: string; attendanceId: string }): string {
  const parts = [trust, attendanceId].map(part => `${Buffer.byteLength(part)}:${part}`)
  return createHash('sha256')
    .update(`flag ${parts.join(' ')}`)
    .digest('hex')
    .slice(0, 32)
}
