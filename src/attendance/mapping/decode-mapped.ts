import type { Decoded } from '../attendance.ts'
import { decodeCsv, draftCsv } from '../csv/decode-csv.ts'
import { CsvSplitter } from '../csv/split-csv.ts'
import { fromUtf16 } from '../csv/utf-16.ts'
import type { DecodedMessage } from '../decode.ts'
import type { DraftedMessage } from '../draft.ts'
import { decodeMappedJson, draftMappedJson } from './decode-mapped-json.ts'
import { type FileSplitter, messageOf, type SplitFile } from './file-splitter.ts'
import type { MappedOptions } from './finish-mapped.ts'
import type { Mapping } from './mapping.ts'
import { JsonSplitter } from './split-json.ts'

/** Reads one message as a mapping says. Never throws, whatever the bytes. */
export function decodeMapped(
  bytes: Uint8Array,
  options: MappedOptions,
): Decoded & Pick<DecodedMessage, 'format'> {
  return options.mapping.format === 'csv'
    ? { format: 'csv', ...decodeCsv(bytes, options) }
    : { format: 'json-mapped', ...decodeMappedJson(bytes, options) }
}

/** What a message tells, before its values are checked, with where each note stands in it. */
export function draftMapped(bytes: Uint8Array, mapping: Mapping): DraftedMessage {
  return mapping.format === 'csv' ? draftCsv(bytes, { mapping }) : draftMappedJson(bytes, { mapping })
}

/** What cuts a file into messages while it is read. */
export function openSplitter(mapping: Mapping): FileSplitter {
  return mapping.format === 'csv' ? new CsvSplitter(mapping) : new JsonSplitter()
}

/** Cuts a file into messages, in the order of its lines, or says why it cannot be cut. */
export function splitFile(file: Uint8Array, mapping: Mapping): SplitFile {
  const splitter = openSplitter(mapping)
  const parts = splitter.push(fromUtf16(file) ?? file, true)
  if (splitter.problem !== null) return { problem: splitter.problem }
  const groups = Map.groupBy(parts, ({ group, line }) => group ?? line)
  const hasRows = mapping.format === 'csv'
  const messages = [...groups.values()].map(group => ({
    line: group[0]?.line ?? 0,
    bytes: messageOf(
      splitter.header,
      group.map(({ bytes }) => bytes),
      hasRows,
    ),
  }))
  return { messages }
}
