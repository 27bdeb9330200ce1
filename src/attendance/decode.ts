import type { Decoded, Format, Told } from './attendance.ts'
import { decodeJson } from './decode-json.ts'
import { limitPdfs } from './documents/limit-pdfs.ts'
import type { ReadPdf } from './documents/read-document.ts'
import { decodeFhir } from './fhir/decode-fhir.ts'
import { decodeHl7v2 } from './hl7v2/decode-hl7v2.ts'
import type { TextField } from './hl7v2/free-text.ts'

export interface DecodeMessageOptions {
  /** What the sender, the topic or a file's name says that the message is; null: its first bytes tell. */
  readonly format: Format | null
  /** ODS code of the trust where a message names none. */
  readonly defaultTrust: string
  /** When the message came: an ISO instant. */
  readonly receivedAt: string
  /** Fields of local HL7 v2 segments that hold free text. */
  readonly textFields?: readonly TextField[]
  /** Reads the text of embedded PDFs; without it they are counted. */
  readonly readPdf?: ReadPdf | null
}

/** What a decoder answers, with the format that it was read as; null where nothing told which. */
export type DecodedMessage = Told & { readonly format: Format | null }

/** Reads one message in whatever format it came. Never throws, whatever the bytes. */
export function decodeMessage(bytes: Uint8Array, stated: DecodeMessageOptions): DecodedMessage {
  const options = { ...stated, readPdf: limitPdfs(stated.readPdf ?? null) }
  const format = options.format ?? sniffFormat(bytes)
  switch (format) {
    case 'json':
      return { format, ...decodeJson(bytes, options) }
    case 'fhir':
      return { format, ...decodeFhir(bytes, options) }
    case 'hl7v2':
      return { format, ...decodeHl7v2(bytes, options) }
    case 'csv':
    case 'json-mapped':
      return { format, ...withoutMapping(format) }
    case null:
      // The decoder of Wren's own JSON says best what is wrong with bytes that are like nothing.
      return { format, ...decodeJson(bytes, options) }
    default:
      throw new Error(`no decoder for ${format satisfies never}`)
  }
}

/** FHIR says what it is in its first key or, where that comes later, somewhere near it. */
const fhirHeadBytes = 4_096
const blanks: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d])
const byteOrderMark = [0xef, 0xbb, 0xbf]

/**
 * What the first bytes tell, after a byte-order mark and blanks:
 *
 *     MSH, FHS, BHS   HL7 v2 (a message, a file or a batch of them)
 *     <               FHIR in XML
 *     {               FHIR where "resourceType" is near, else Wren's own JSON
 */
export function sniffFormat(bytes: Uint8Array): Format | null {
  let start = byteOrderMark.every((byte, index) => bytes[index] === byte) ? byteOrderMark.length : 0
  // A stray block start of MLLP stays before messages that an engine took from a socket.
  while (blanks.has(bytes[start] ?? -1) || bytes[start] === 0x0b) start++
  const head = Buffer.from(
    bytes.buffer,
    bytes.byteOffset + start,
    Math.min(fhirHeadBytes, bytes.length - start),
  )
  if (/^(?:MSH|FHS|BHS)[^A-Za-z0-9]/.test(head.toString('latin1', 0, 4))) return 'hl7v2'
  if (head[0] === 0x3c) return 'fhir'
  if (head[0] !== 0x7b) return null
  return head.includes('"resourceType"') ? 'fhir' : 'json'
}

function withoutMapping(format: 'csv' | 'json-mapped'): Decoded {
  const problem = `${format} is read by a mapping, and none was named for this message (docs/feeds.md)`
  return { kind: 'unreadable', reason: 'decode', problem, source: null }
}
