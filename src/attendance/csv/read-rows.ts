/** A row of a CSV text. */
export interface Row {
  /** Line on which it begins, from 1. */
  readonly line: number
  /** Half-open offsets in the text, the line end not included. */
  readonly start: number
  readonly end: number
  /** Null where its quotes are broken: such a row ends with its line, so that the next is read. */
  readonly values: readonly string[] | null
}

/** A longer quoted value is a quote that was never closed. */
const quotedLengthMax = 1_048_576
/** After this many the text is no CSV, and searching on for ends of quotes would take for ever. */
const brokenMax = 1_000

/**
 * Rows as RFC 4180 writes them, with any line ends, mixed or not:
 *
 *     row    = value *( delimiter value ) ( CRLF / LF / CR / end )
 *     value  = quoted / plain
 *     quoted = '"' *( any but '"' / '""' ) '"'       line ends and delimiters included
 *     plain  = any but delimiter and line ends        a quote inside is a quote: 5'6" tall
 *
 * Blank lines are passed over. A quoted value that is followed by anything but a delimiter or a line end, or that
 * is never closed, breaks its row alone. Stops after a thousand such rows; the caller sees that rows are missing by
 * `isWhole`.
 */
export function readRows(
  text: string,
  delimiter: string,
): { readonly rows: readonly Row[]; readonly isWhole: boolean } {
  const rows: Row[] = []
  let line = 1
  let broken = 0
  for (let start = 0; start < text.length; ) {
    if (broken > brokenMax) return { rows, isWhole: false }
    const read = readRow(text, { start, delimiter })
    if (read.values === null) broken++
    if (read.end > start) rows.push({ line, start, ...read })
    const next = afterLineEnd(text, read.end)
    line += countLineEnds(text.slice(start, next))
    start = next
  }
  return { rows, isWhole: true }
}

function readRow(
  text: string,
  { start, delimiter }: { start: number; delimiter: string },
): Pick<Row, 'end' | 'values'> {
  const values: string[] = []
  let at = start
  for (;;) {
    const value = text[at] === '"' ? readQuoted(text, at) : readPlain(text, { start: at, delimiter })
    if (value === null || !(isLineEnd(text, value.end) || text[value.end] === delimiter)) {
      return { values: null, end: endOfLine(text, start) }
    }
    values.push(value.text)
    if (text[value.end] !== delimiter) return { values, end: value.end }
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

function endOfLine(text: string, start: number): number {
  let end = start
  while (!isLineEnd(text, end)) end++
  return end
}

function afterLineEnd(text: string, at: number): number {
  return text.startsWith('\r\n', at) ? at + 2 : at + 1
}

function countLineEnds(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0
}
