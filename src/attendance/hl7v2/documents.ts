import { readBase64 } from '../documents/base64.ts'
import { notRead, type ReadDocument, type ReadPdf, readDocument } from '../documents/read-document.ts'
import { componentOf } from './message.ts'
import type { Escapes } from './unescape.ts'

/**
 * Encapsulated data (ED), in OBX-5:
 *
 *     source ^ type of data ^ subtype ^ encoding ("A", "Hex", "Base64") ^ data
 *
 * Subtypes stand in component 3, and in many systems in component 2.
 */
export function readEncapsulated(
  repetition: string,
  { escapes, readPdf }: { readonly escapes: Escapes; readonly readPdf: ReadPdf | null },
): ReadDocument {
  const at = (component: number): string => componentOf(repetition, component, escapes)
  const [type, subtype, encoding, content] = [at(2), at(3), at(4), at(5)]
  const isText = isPlainText(type, subtype)
  const mediaType = isText ? 'text/plain' : `${type}/${subtype}`.toLowerCase()
  if (content === '') return notRead(isText ? '' : mediaType)
  const { bytes, isWhole } = bytesOf({ encoding, content })
  if (bytes.length === 0) return notRead(isText ? '' : mediaType, isWhole ? null : `broken ${encoding}`)
  // Text that is not encoded was decoded with the message.
  if (isText && isAsItStands(encoding)) return { text: content, unread: null }
  const read = readDocument(bytes, { mediaType: isText ? 'text/plain' : markupType(mediaType), readPdf })
  return isWhole || read.unread !== null
    ? read
    : { ...read, unread: `document with broken ${encoding} read only in part` }
}

function isPlainText(type: string, subtype: string): boolean {
  return /^(?:text|txt)$/i.test(type)
    ? /^(?:|plain|txt|text|x-hl7-ft|unknown)$/i.test(subtype)
    : /^text\/plain$|^plain$/i.test(subtype || type)
}

function markupType(mediaType: string): string {
  return /\bx?html?\b/.test(mediaType) ? 'text/html' : mediaType
}

function isAsItStands(encoding: string): boolean {
  return !/^(?:base64|hex)$/i.test(encoding)
}

function bytesOf({
  encoding,
  content,
}: {
  encoding: string
  content: string
}): ReturnType<typeof readBase64> {
  if (/^base64$/i.test(encoding)) return readBase64(content)
  const bytes = isAsItStands(encoding) ? Buffer.from(content) : Buffer.from(content, 'hex')
  return { bytes, isWhole: isAsItStands(encoding) || bytes.length * 2 === content.length }
}
