import { applyMapping } from '../mapping/apply-mapping.ts'
import type { Mapping } from '../mapping/mapping.ts'
import { decodeAs } from './decode-csv.ts'
import { readHeader } from './header.ts'
import { readRows } from './read-rows.ts'

/** One attendance of a file, or a row that cannot be read, as bytes that can be read by themselves. */
export interface FileMessage {
  /** Line of the file on which it begins, from 1. */
  readonly line: number
  readonly bytes: Uint8Array
}

export type SplitFile = { readonly messages: readonly FileMessage[] } | { readonly problem: string }

const mark = '\u00ef\u00bb\u00bf'

/**
 * Cuts an extract into messages: each is the header with one row or, where the mapping says that a row is a note,
 * with all rows of an attendance. The bytes are those of the file, so that what cannot be read is kept as it came.
 */
export function splitCsv(file: Uint8Array, mapping: Mapping): SplitFile {
  if ((file[0] === 0xff && file[1] === 0xfe) || (file[0] === 0xfe && file[1] === 0xff)) {
    return { problem: 'the file is UTF-16: save it as CSV in UTF-8' }
  }
  // As Latin-1 every byte is one character: what cuts rows is ASCII in all sets that are read.
  const text = Buffer.from(file.buffer, file.byteOffset, file.length).toString('latin1')
  const start = text.startsWith(mark) ? mark.length : 0
  const { rows, isWhole } = readRows(text.slice(start), mapping.delimiter)
  if (!isWhole)
    return { problem: 'more than 1000 rows have broken quotes: is this CSV, and is the delimiter right?' }
  const [header, ...others] = rows
  if (header === undefined) return { problem: 'the file is empty' }
  const slice = (from: number, to: number): Uint8Array => file.subarray(start + from, start + to)
  const headerBytes = slice(header.start, header.end)
  const names = header.values?.map(value => decodeAs(Buffer.from(value, 'latin1'), mapping.character_set))
  const read = readHeader(names?.map(name => name ?? '') ?? [], mapping)
  if ('problem' in read) return { problem: read.problem }
  const groups = Map.groupBy(others, ({ values, line }) => {
    // A broken row has no attendance: it stands alone.
    if (mapping.rows !== 'note' || values?.length !== header.values?.length) return `line ${line}`
    const mapped = applyMapping({ ...mapping, notes: [], codes: [] }, read.record(values ?? []))
    if ('problem' in mapped || mapped.draft.attendanceId === null) return `line ${line}`
    return JSON.stringify([mapped.draft.trust, mapped.draft.attendanceId])
  })
  const messages = [...groups.values()].map(group => ({
    line: group[0]?.line ?? 0,
    bytes: Buffer.concat(
      [headerBytes, ...group.map(row => slice(row.start, row.end))].flatMap(part => [part, lineEnd]),
    ),
  }))
  return { messages }
}

const lineEnd = Buffer.from('\r\n')
