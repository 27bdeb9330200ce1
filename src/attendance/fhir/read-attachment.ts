import { readBase64 } from '../documents/base64.ts'
import {
  documentName,
  notRead,
  type ReadDocument,
  type ReadPdf,
  readDocument,
} from '../documents/read-document.ts'
import type { Bundle, Entry } from './bundle.ts'
import { type FhirNode, textOf, typeOf } from './fhir-tree.ts'

export interface AttachmentPlace {
  readonly entry: Entry
  readonly bundle: Bundle
  readonly readPdf: ReadPdf | null
}

/** The words of an attachment. What cannot be read is named, so that a nurse knows that there is more. */
export function readAttachment(attachment: FhirNode, place: AttachmentPlace): ReadDocument {
  const { contentType, data } = contentOf(attachment, place)
  const mediaType = contentType.split(';', 1).join('').trim().toLowerCase()
  if (data === null) return { text: '', unread: `${documentName(mediaType)} only pointed at, not read` }
  const { bytes, isWhole } = readBase64(data)
  // Of a letter that ends in the middle a nurse must see the whole: she opens it where it was made.
  if (!isWhole) return notRead(mediaType, 'broken Base64')
  return readDocument(bytes, { mediaType, readPdf: place.readPdf })
}

/** An attachment holds its data, or points at a Binary of the same Bundle. */
function contentOf(
  attachment: FhirNode,
  { entry, bundle }: AttachmentPlace,
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
