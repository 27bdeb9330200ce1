import type { FileMessage, SplitFile } from '../csv/split-csv.ts'

const lineFeed = 0x0a
const bracket = 0x5b

/**
 * Cuts a file of JSON into messages: one object a line (NDJSON), or else one object laid out over many lines. A
 * list is refused: its elements would have no bytes of their own to keep.
 */
export function splitJson(file: Uint8Array): SplitFile {
  const lines = linesOf(file)
  const [first] = lines
  if (first === undefined) return { problem: 'the file is empty' }
  if (first.bytes.find(byte => byte > 0x20 && byte < 0x80) === bracket) {
    return { problem: 'the file is a list [ … ]: write one object a line, without commas between' }
  }
  if (lines.length > 1 && !isWholeObject(first.bytes)) {
    return { messages: [{ line: first.line, bytes: file }] }
  }
  return { messages: lines }
}

/** A first line that ends with its object is the first of many; one that does not is the start of a layout. */
function isWholeObject(line: Uint8Array): boolean {
  return line.findLast(byte => byte > 0x20) === '}'.charCodeAt(0)
}

function linesOf(file: Uint8Array): readonly FileMessage[] {
  const lines: FileMessage[] = []
  let line = 0
  for (let start = 0; start < file.length; ) {
    const found = file.indexOf(lineFeed, start)
    const end = found < 0 ? file.length : found
    const bytes = file.subarray(start, end)
    line++
    if (bytes.some(byte => byte > 0x20)) lines.push({ line, bytes })
    start = end + 1
  }
  return lines
}
