import { componentOf } from './message.ts'
import type { Escapes } from './unescape.ts'

/** Text, or in words for a nurse what could not be read. */
export type ReadDocument = { readonly text: string } | { readonly unread: string }

/** What documents are called, by subtype of the data (MIME), as senders write it. */
const names: readonly (readonly [RegExp, string])[] = [
  [/pdf/i, 'PDF document'],
  [/rtf|richtext/i, 'RTF document'],
  [/word|docx?$/i, 'Word document'],
  [/^(?:jpe?g|png|gif|bmp|tiff?|image)$/i, 'picture'],
  [/html?|xml/i, 'web document'],
]

/**
 * Encapsulated data (ED), in OBX-5:
 *
 *     source ^ type of data ^ subtype ^ encoding ("A", "Hex", "Base64") ^ data
 *
 * Plain text in it is read; of anything else is said what it was. Subtypes stand in component 3, and in many systems
 * in component 2.
 */
export function readEncapsulated(repetition: string, escapes: Escapes): ReadDocument {
  const at = (component: number): string => componentOf(repetition, component, escapes)
  const [type, subtype, encoding, content] = [at(2), at(3), at(4), at(5)]
  const name = nameOf(`${subtype} ${type}`)
  if (!isPlainText(type, subtype)) return { unread: name }
  const bytes = bytesOf({ encoding, content })
  if (bytes === null) return { text: content }
  return bytes.length === 0 ? { unread: name } : { text: escapes.decode(bytes) }
}

function nameOf(types: string): string {
  const words = types.split(/[\s/.-]+/)
  return names.find(([form]) => words.some(word => form.test(word)))?.[1] ?? 'document'
}

function isPlainText(type: string, subtype: string): boolean {
  return /^(?:text|txt)$/i.test(type)
    ? /^(?:|plain|txt|text|x-hl7-ft|unknown)$/i.test(subtype)
    : /^text\/plain$|^plain$/i.test(subtype || type)
}

/** Null where the data stands as it is. */
function bytesOf({ encoding, content }: { encoding: string; content: string }): Uint8Array | null {
  if (/^base64$/i.test(encoding)) return Buffer.from(content, 'base64')
  return /^hex$/i.test(encoding) ? Buffer.from(content, 'hex') : null
}

/** Such as "2 PDF documents not read", each kind once. */
export function countUnread(unread: readonly string[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const name of unread) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].map(([name, count]) => `${count} ${name}${count === 1 ? '' : 's'} not read`)
}
