import { applyMapping } from '../mapping/apply-mapping.ts'
import type { FilePart, FileSplitter } from '../mapping/file-splitter.ts'
import type { Mapping } from '../mapping/mapping.ts'
import { decodeAs } from './decode-csv.ts'
import { readHeader } from './header.ts'
import { type CutRow, RowCutter } from './row-cutter.ts'

const byteOrderMark = Buffer.from('\ufeff')
const lineEnd = Buffer.from('\r\n')

/** How the rows of a file are read, once its header is there. */
interface Reading {
  readonly columns: number
  readonly record: Extract<ReturnType<typeof readHeader>, { record: unknown }>['record']
}

/**
 * Cuts an extract into messages: each is the header with one row or, where the mapping says that a row is a note,
 * with all rows of an attendance. The bytes are those of the file, so that what cannot be read is kept as it came.
 */
export class CsvSplitter implements FileSplitter {
  problem: string | null = null
  /** With its line end, and the byte-order mark of the file. */
  header: Uint8Array = new Uint8Array(0)
  readonly #mapping: Mapping
  /** Null until the first piece is there: rows begin behind a byte-order mark. */
  #cutter: RowCutter | null = null
  #reading: Reading | null = null

  constructor(mapping: Mapping) {
    this.#mapping = mapping
    if (mapping.header !== undefined) this.#readHeader(mapping.header)
  }

  push(piece: Uint8Array, isLast: boolean): readonly FilePart[] {
    if (this.problem !== null) return []
    const parts: FilePart[] = []
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.length)
    const isMarked = this.#cutter === null && bytes.subarray(0, byteOrderMark.length).equals(byteOrderMark)
    if (isMarked) this.header = byteOrderMark
    const start = isMarked ? byteOrderMark.length : 0
    this.#cutter ??= new RowCutter(this.#mapping.delimiter, start)
    for (const row of this.#cutter.push(bytes.toString('latin1', start), isLast)) {
      if (this.#reading === null) this.#startWith(row)
      else parts.push(this.#partOf(row, this.#reading))
      if (this.problem !== null) return []
    }
    if (isLast && this.#reading === null) this.problem ??= 'the file is empty'
    return parts
  }

  #startWith({ text, values }: CutRow): void {
    const set = this.header.length > 0 ? 'utf-8' : this.#mapping.character_set
    this.header = Buffer.concat([this.header, Buffer.from(text, 'latin1'), lineEnd])
    this.#readHeader(values?.map(value => decodeAs(Buffer.from(value, 'latin1'), set) ?? '') ?? [])
  }

  #readHeader(names: readonly string[]): void {
    const read = readHeader(names, this.#mapping)
    if ('problem' in read) this.problem = read.problem
    else this.#reading = { columns: names.length, record: read.record }
  }

  #partOf(row: CutRow, reading: Reading): FilePart {
    const { line, start, end, text } = row
    return { line, start, end, bytes: Buffer.from(text, 'latin1'), group: this.#groupOf(row, reading) }
  }

  /** Null where a row stands alone: a broken one has no attendance. */
  #groupOf({ values }: CutRow, { columns, record }: Reading): string | null {
    if (this.#mapping.rows !== 'note' || values?.length !== columns) return null
    const mapped = applyMapping({ ...this.#mapping, notes: [], codes: [] }, record(values))
    if ('problem' in mapped || mapped.draft.attendanceId === null) return null
    return JSON.stringify([mapped.draft.trust, mapped.draft.attendanceId])
  }
}
