const lineFeed = 0x0a
const blanks: ReadonlySet<number> = new Set([0x20, 0x09, 0x0d])

/**
 * The lines of a body that hold anything, numbered from 1 as an editor does. Bytes are not copied or decoded:
 * each line's are hashed and kept as they came, without the line end.
 */
export function splitLines(
  body: Uint8Array,
): readonly { readonly number: number; readonly bytes: Uint8Array }[] {
  const lines = []
  let number = 0
  for (let start = 0; start < body.length; ) {
    const found = body.indexOf(lineFeed, start)
    const next = found < 0 ? body.length : found
    const end = next > start && body[next - 1] === 0x0d ? next - 1 : next
    const bytes = body.subarray(start, end)
    number++
    if (!bytes.every(byte => blanks.has(byte))) lines.push({ number, bytes })
    start = next + 1
  }
  return lines
}
