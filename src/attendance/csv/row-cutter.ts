import { endOfLine, readRow } from './read-rows.ts'

/** A row of a file whose bytes come in pieces. */
export interface CutRow {
  /** Line on which it begins, from 1. */
  readonly line: number
  /** Half-open offsets in the file, the line end not included. */
  readonly start: number
  readonly end: number
  /** As it came, one character a byte. */
  readonly text: string
  /** One character a byte; null where its quotes are broken. */
  readonly values: readonly string[] | null
}

/** A longer row is no row: of it the first line stands for it, as one that is broken. */
const rowLengthMax = 12 * 1024 * 1024
/**
 * A broken row is read again from its second line. A text may be made to be read again and again: after so many
 * characters its rest is one broken row, and reading ends.
 */
const readAgainMax = 64 * 1024 * 1024

interface Found {
  readonly end: number
  readonly values: readonly string[] | null
}

/**
 * Cuts a file into rows while it is read, so that its size costs no memory. The characters are bytes: what cuts rows
 * is ASCII in all sets that are read.
 */
export class RowCutter {
  readonly #delimiter: string
  /** What no row was cut from yet, and where in the file it begins. */
  #text = ''
  #start: number
  #line = 1
  #readAgain = 0
  /** The line that is being passed over has no end yet. */
  #isInLongLine = false

  /** `start` is the offset in the file at which the first piece begins. */
  constructor(delimiter: string, start = 0) {
    this.#delimiter = delimiter
    this.#start = start
  }

  /** The rows that are whole now. `isLast` says that no piece follows. */
  push(piece: string, isLast: boolean): readonly CutRow[] {
    if (this.#readAgain > readAgainMax) return []
    this.#text += piece
    const rows: CutRow[] = []
    let at = this.#isInLongLine ? this.#passLine(isLast) : 0
    while (at < this.#text.length && this.#readAgain <= readAgainMax) {
      const found = this.#rowAt(at, isLast)
      if (found === null) break
      if (found.end > at) rows.push(this.#cut(at, found))
      at = this.#pass(at, found.end)
    }
    this.#start += at
    this.#text = this.#text.slice(at)
    return rows
  }

  /** Null where its end may be in the next piece. */
  #rowAt(start: number, isLast: boolean): Found | null {
    const read = readRow(this.#text, { start, delimiter: this.#delimiter })
    // The last byte of a piece may be half of a line end or of a doubled quote.
    if (!isLast && read.seenTo + 1 >= this.#text.length) {
      if (this.#text.length - start <= rowLengthMax) return null
      const end = endOfLine(this.#text, start)
      this.#isInLongLine = end === this.#text.length
      return { end, values: null }
    }
    if (read.values !== null) return read
    this.#readAgain += read.seenTo - read.end
    return this.#readAgain > readAgainMax ? { end: this.#text.length, values: null } : read
  }

  #passLine(isLast: boolean): number {
    const end = endOfLine(this.#text, 0)
    this.#isInLongLine = end === this.#text.length && !isLast
    return this.#isInLongLine ? end : this.#pass(0, end)
  }

  /** Behind the line end that stands at `end`. */
  #pass(start: number, end: number): number {
    const next = Math.min(this.#text.startsWith('\r\n', end) ? end + 2 : end + 1, this.#text.length)
    this.#line += countLineEnds(this.#text, start, next)
    return next
  }

  #cut(at: number, { end, values }: Found): CutRow {
    const [start, text] = [this.#start + at, this.#text.slice(at, end)]
    return { line: this.#line, start, end: this.#start + end, text, values }
  }
}

function countLineEnds(text: string, start: number, end: number): number {
  let count = 0
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x0a || (code === 0x0d && text.charCodeAt(at + 1) !== 0x0a)) count++
  }
  return count
}
