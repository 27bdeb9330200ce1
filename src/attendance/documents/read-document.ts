import { decodeText } from '../decode-text.ts'
import { readMarkup } from './markup.ts'
import { readRtf } from './rtf.ts'

/** What came of a document. */
export interface ReadDocument {
  readonly text: string
  /** What was not read, in words for a nurse: "PDF document not read (encrypted)"; null where all of it was. */
  readonly unread: string | null
}

/** Reads the text of a PDF. It is given from outside: no reader of PDF is pure. */
export type ReadPdf = (bytes: Uint8Array) => PdfText

export interface PdfText {
  readonly text: string
  /** Why words are missing, such as "encrypted" or "a page without text"; null where none are. */
  readonly because: string | null
}

type Kind = 'text' | 'html' | 'rtf' | 'pdf'

/** Of these nothing is read. All else that is not known is a "document". */
const names: readonly (readonly [RegExp, string])[] = [
  [/pdf/, 'PDF document'],
  [/rtf|richtext/, 'RTF document'],
  [/word|docx?\b/, 'Word document'],
  [/\b(?:jpe?g|png|gif|bmp|tiff?|image|picture)\b/, 'picture'],
  [/html|xml/, 'web document'],
]

/**
 * The words of a document that stands inside a message. What it is, its first bytes say better than its media type,
 * which is often "application/octet-stream". Without `readPdf` a PDF is not read.
 */
export function readDocument(
  bytes: Uint8Array,
  { mediaType, readPdf = null }: { readonly mediaType: string; readonly readPdf?: ReadPdf | null },
): ReadDocument {
  const kind = kindOf(bytes, mediaType.toLowerCase())
  switch (kind) {
    case 'text':
      return { text: decodeText(bytes), unread: null }
    case 'html': {
      const { text, isBroken } = readMarkup(decodeText(bytes))
      return { text, unread: isBroken ? 'web document with broken markup shown as it came' : null }
    }
    case 'rtf': {
      const { text, isWhole } = readRtf(bytes)
      return withWords('RTF document', { text, because: isWhole ? null : 'it ends in the middle' })
    }
    case 'pdf':
      return readPdf === null ? notRead('application/pdf') : withWords('PDF document', readPdf(bytes))
    case null:
      return notRead(mediaType)
    default:
      throw new Error(`no reader for ${kind satisfies never}`)
  }
}

/** A document that is not there, or of which there is no reader. */
export function notRead(mediaType: string, because: string | null = null): ReadDocument {
  return { text: '', unread: `${documentName(mediaType)} not read${because === null ? '' : ` (${because})`}` }
}

/** What nurses call a document of this media type. */
export function documentName(mediaType: string): string {
  const type = mediaType.toLowerCase()
  return names.find(([form]) => form.test(type))?.[1] ?? 'document'
}

/** Where no word was found, nothing was read, whatever the reader says: it may be a scan. */
function withWords(name: string, read: PdfText): ReadDocument {
  const text = storable(read.text)
  const because = read.because ?? (text === read.text ? null : 'letters that are none')
  if (text.trim() === '') return { text: '', unread: `${name} not read (${because ?? 'no text in it'})` }
  return { text, unread: because === null ? null : `${name} read only in part (${because})` }
}

/** Neither NUL nor half of a surrogate pair can be stored, and one of them must not cost the whole message. */
function storable(text: string): string {
  return text.replaceAll('\0', '\ufffd').toWellFormed()
}

/** How far into a file "%PDF-" may stand: readers of PDF look for it in the first kilobyte. */
const pdfHeadBytes = 1_024

function kindOf(bytes: Uint8Array, mediaType: string): Kind | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(pdfHeadBytes, bytes.length)).toString(
    'latin1',
  )
  if (head.includes('%PDF-')) return 'pdf'
  const start = head.replace(/^\u00ef\u00bb\u00bf/, '').trimStart()
  if (start.startsWith('{\\rtf')) return 'rtf'
  if (/^<(?:!doctype html|html)\b/i.test(start)) return 'html'
  if (/^(?:text\/html|application\/xhtml\+xml)$/.test(mediaType)) return 'html'
  return mediaType === 'text/plain' ? 'text' : null
}
