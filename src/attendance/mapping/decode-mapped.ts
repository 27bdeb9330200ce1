import { decodeCsv, draftCsv } from '../csv/decode-csv.ts'
import { type SplitFile, splitCsv } from '../csv/split-csv.ts'
import type { DecodedMessage } from '../decode.ts'
import type { DraftedMessage } from '../draft.ts'
import { decodeMappedJson, draftMappedJson } from './decode-mapped-json.ts'
import type { MappedOptions } from './finish-mapped.ts'
import type { Mapping } from './mapping.ts'
import { splitJson } from './split-json.ts'

/** Reads one message as a mapping says. Never throws, whatever the bytes. */
export function decodeMapped(bytes: Uint8Array, options: MappedOptions): DecodedMessage {
  return options.mapping.format === 'csv'
    ? { format: 'csv', ...decodeCsv(bytes, options) }
    : { format: 'json-mapped', ...decodeMappedJson(bytes, options) }
}

/** What a message tells, before its values are checked, with where each note stands in it. */
export function draftMapped(bytes: Uint8Array, mapping: Mapping): DraftedMessage {
  return mapping.format === 'csv' ? draftCsv(bytes, { mapping }) : draftMappedJson(bytes, { mapping })
}

/** Cuts a file into messages, in the order of its lines, or says why it cannot be cut. */
export function splitFile(file: Uint8Array, mapping: Mapping): SplitFile {
  return mapping.format === 'csv' ? splitCsv(file, mapping) : splitJson(file)
}
