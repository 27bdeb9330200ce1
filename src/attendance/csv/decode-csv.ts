import type { Decoded, UnreadableReason } from '../attendance.ts'
import { messageBytesMax } from '../decode-json.ts'
import { decodeText } from '../decode-text.ts'
import type { AttendanceDraft, DraftedMessage } from '../draft.ts'
import { applyMapping } from '../mapping/apply-mapping.ts'
import { finishMapped, type MappedOptions } from '../mapping/finish-mapped.ts'
import { joinDrafts } from '../mapping/join-drafts.ts'
import type { Mapping } from '../mapping/mapping.ts'
import { readHeader } from './header.ts'
import { readRows } from './read-rows.ts'

/**
 * Reads one attendance in CSV: a header, and one row or the rows of its notes. `splitCsv` cuts an extract into such
 * messages. A row that has another number of values than the header is never shifted to fit. Never throws, whatever
 * the bytes.
 */
export function decodeCsv(bytes: Uint8Array, options: MappedOptions): Decoded {
  return finishMapped(draftCsv(bytes, options), options)
}

/** What a message tells, before its values are checked. */
export function draftCsv(bytes: Uint8Array, { mapping }: Pick<MappedOptions, 'mapping'>): DraftedMessage {
  const refuse = (problem: string, reason: UnreadableReason = 'decode'): DraftedMessage => ({
    ...{ kind: 'unreadable', reason, problem, source: mapping.source },
  })
  if (bytes.length > messageBytesMax) {
    return refuse(`the message has ${bytes.length} bytes: at most ${messageBytesMax} are read`, 'too_large')
  }
  const text = decodeAs(bytes, mapping.character_set)
  if (text === null) return refuse('the message is not UTF-8, which the mapping says it is')
  const rows = readRows(text, mapping.delimiter)
  const names = mapping.header ?? rows.next().value?.values
  if (names === undefined) return refuse('the message is empty')
  if (names === null) return refuse('the quotes of the header are broken')
  const read = readHeader(names, mapping)
  if ('problem' in read) return refuse(read.problem, 'schema')
  const drafts: AttendanceDraft[] = []
  for (const { values } of rows) {
    if (values === null) {
      return refuse('the quotes of the row are broken: double each quote inside a quoted value, and close it')
    }
    if (values.length !== names.length) {
      return refuse(
        `the row has ${values.length} values and the header ${names.length} columns: put quotes around values with a delimiter or a line end`,
      )
    }
    const mapped = applyMapping(mapping, read.record(values))
    if ('problem' in mapped) return refuse(mapped.problem, 'schema')
    drafts.push(mapped.draft)
  }
  const [first, ...more] = drafts
  if (first === undefined) return refuse('the message has a header and no row')
  const isOne = more.every(({ attendanceId }) => attendanceId === first.attendanceId)
  if (!isOne) return refuse('the message has rows of more than one attendance', 'schema')
  const joined = joinDrafts([first, ...more])
  if ('problem' in joined) return refuse(joined.problem, 'schema')
  return { kind: 'draft', draft: joined.draft }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })
const windows1252 = new TextDecoder('windows-1252')

/** Null where the bytes are not what the mapping says. A byte-order mark says it better. */
export function decodeAs(bytes: Uint8Array, set: Mapping['character_set']): string | null {
  if (set === 'auto' || hasByteOrderMark(bytes)) return decodeText(bytes)
  if (set === 'windows-1252') return windows1252.decode(bytes)
  try {
    return utf8.decode(bytes)
  } catch {
    return null
  }
}

function hasByteOrderMark([first, second, third]: Uint8Array): boolean {
  return first === 0xef && second === 0xbb && third === 0xbf
}
