const header = Buffer.from('MSH')
/** What may stand before a message in a file: a line end, or the block start of MLLP. */
const before: ReadonlySet<number | undefined> = new Set([undefined, 0x0a, 0x0d, 0x0b])

/** The messages of a file, each from its MSH to the next; what stands before the first belongs to it. */
export function splitHl7v2File(file: Uint8Array): readonly Uint8Array[] {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.length)
  const starts: number[] = []
  for (let at = bytes.indexOf(header); at >= 0; at = bytes.indexOf(header, at + header.length)) {
    if (before.has(bytes[at - 1])) starts.push(at)
  }
  if (starts.length <= 1) return [bytes]
  return starts.map((start, index) => bytes.subarray(index === 0 ? 0 : start, starts[index + 1]))
}
