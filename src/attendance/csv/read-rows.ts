/** A row of a CSV text. */
export interface Row {
  /** Null where its quotes are broken: such a row ends with its line, so that the next is read. */
  readonly values: readonly string[] | null
}

/** A longer quoted value is a quote that was never closed. */
const quotedLengthMax = 1_048_576

/**
 * Rows as RFC 4180 writes them, with any line ends, mixed or not:
 *
 *     row    = value *( delimiter value ) ( CRLF / LF / CR / end )
 *     value  = quoted / plain
 *     quoted = '"' *( any but '"' / '""' ) '"'       line ends and delimiters included
 *     plain  = any but delimiter and line ends        a quote inside is a quote: 5'6" tall
 *
 * Blank lines are passed over. A quoted value that is followed by anything but a delimiter or a line end, or that
 * is never closed, breaks its row alone. The text is a message; row-cutter.ts cuts files.
 */
export function* readRows(text: string, delimiter: string): Generator<Row> {
  for (let start = 0; start < text.length; ) {
    const { values, end } = readRow(text, { start, delimiter })
    if (end > start) yield { values }
    start = text.startsWith('\r\n', end) ? end + 2 : end + 1
  }
}

export interface ReadRow {
  /** Offset behind it, where its line end stands. */
  readonly end: number
  /** How far the text was looked at: a broken row is longer than its line. */
  readonly seenTo: number
  readonly values: readonly string[] | null
}

/** The row that begins at `start`. */
export function readRow(text: string, { start, delimiter }: { start: number; delimiter: string }): ReadRow {
  const values: string[] = []
  let at = start
  for (;;) {
    const value = text[at] === '"' ? readQuoted(text, at) : readPlain(text, { start: at, delimiter })
    if (value === null || !(isLineEnd(text, value.end) || text[value.end] === delimiter)) {
      const end = endOfLine(text, start)
      return {
        values: null,
        end,
        seenTo: Math.max(end, value?.end ?? Math.min(text.length, at + quotedLengthMax)),
      }
    }
    values.push(value.text)
    if (text[value.end] !== delimiter) return { values, end: value.end, seenTo: value.end }
    at = value.end + 1
  }
}

function readQuoted(text: string, start: number): { text: string; end: number } | null {
  const latest = start + quotedLengthMax
  for (let at = start + 1; ; ) {
    const quote = text.indexOf('"', at)
    if (quote < 0 || quote > latest) return null
    if (text[quote + 1] !== '"')
      return { text: text.slice(start + 1, quote).replaceAll('""', '"'), end: quote + 1 }
    at = quote + 2
  }
}

function readPlain(
  text: string,
  { start, delimiter }: { start: number; delimiter: string },
): { text: string; end: number } {
  let end = start
  while (!isLineEnd(text, end) && text[end] !== delimiter) end++
  return { text: text.slice(start, end), end }
}

/** The end of the text is one. */
function isLineEnd(text: string, at: number): boolean {
  return at >= text.length || text[at] === '\n' || text[at] === '\r'
}

export function endOfLine(text: string, start: number): number {
  let end = start
  while (!isLineEnd(text, end)) end++
  return end
}
