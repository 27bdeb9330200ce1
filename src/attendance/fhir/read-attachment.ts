import { decodeText } from '../decode-text.ts'
import type { Bundle, Entry } from './bundle.ts'
import { type FhirNode, textOf, typeOf } from './fhir-tree.ts'
import { readMarkup } from './xhtml.ts'

/** What came of an attachment: its words, and what of it could not be read. */
export interface ReadAttachment {
  readonly words: string
  readonly unread: string | null
}

const names: Readonly<Record<string, string>> = {
  'application/pdf': 'PDF document',
  'application/rtf': 'RTF document',
  'text/rtf': 'RTF document',
  'image/jpeg': 'picture',
  'image/png': 'picture',
  'image/tiff': 'picture',
}

/** Plain text and HTML are read. All else is named, so that a nurse knows that there is more. */
export function readAttachment(attachment: FhirNode, from: { entry: Entry; bundle: Bundle }): ReadAttachment {
  const { contentType, data } = contentOf(attachment, from)
  const type = contentType.split(';', 1).join('').trim().toLowerCase()
  const name = names[type] ?? 'document'
  if (data === null) return { words: '', unread: `${name} only pointed at, not read` }
  if (!['text/plain', 'text/html', 'application/xhtml+xml'].includes(type))
    return { words: '', unread: `${name} not read` }
  const base64 = data.replace(/\s/g, '')
  // Cut short on the way, it has another length; Buffer would read what is there and say nothing.
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64) || base64.length % 4 !== 0) {
    return { words: '', unread: `${name} with broken Base64 not read` }
  }
  const text = decodeText(Buffer.from(base64, 'base64'))
  if (type === 'text/plain') return { words: text, unread: null }
  const markup = readMarkup(text)
  return {
    words: markup.text,
    unread: markup.isBroken ? `${name} with broken markup shown as it came` : null,
  }
}

/** An attachment holds its data, or points at a Binary of the same Bundle. */
function contentOf(
  attachment: FhirNode,
  { entry, bundle }: { entry: Entry; bundle: Bundle },
): { contentType: string; data: string | null } {
  const url = textOf(attachment, 'url')
  const found = url === null ? null : bundle.resolve({ reference: url }, entry)
  const binary = found !== null && typeOf(found.resource) === 'Binary' ? found.resource : null
  return {
    contentType: textOf(attachment, 'contentType') ?? textOf(binary, 'contentType') ?? '',
    // STU3 calls the data of a Binary its content.
    data: textOf(attachment, 'data') ?? textOf(binary, 'data') ?? textOf(binary, 'content'),
  }
}
