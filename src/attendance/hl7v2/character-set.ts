/** Bytes as text, and how sure that is. */
export interface DecodedText {
  readonly text: string
  /** Reads bytes that the message writes in hexadecimal, in its own character set. */
  readonly decode: (bytes: Uint8Array) => string
}

const utf8 = new TextDecoder('utf-8', { fatal: true })
const windows1252 = new TextDecoder('windows-1252')

/** MSH-18, HL7 table 0211, where it names what Windows-1252 cannot stand in for. */
const otherSets: Readonly<Record<string, string>> = {
  '8859/2': 'iso-8859-2',
  '8859/3': 'iso-8859-3',
  '8859/4': 'iso-8859-4',
  '8859/5': 'iso-8859-5',
  '8859/6': 'iso-8859-6',
  '8859/7': 'iso-8859-7',
  '8859/8': 'iso-8859-8',
  '8859/15': 'iso-8859-15',
}

/**
 * What a message says in MSH-18 is often not what it holds, so the bytes decide: what is valid UTF-8 is UTF-8
 * (other text hardly ever is by accident); anything else is Windows-1252, which holds all of ISO 8859-1 that is ever
 * printed, or what MSH-18 names where that is another alphabet. Every byte has a meaning there: none is dropped, and
 * none becomes U+FFFD.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const text = asUtf8(bytes)
  if (text !== null) return { text, decode: part => asUtf8(part) ?? windows1252.decode(part) }
  const declared = declaredSet(bytes)
  const decoder = declared === null ? windows1252 : new TextDecoder(declared)
  return { text: decoder.decode(bytes), decode: part => decoder.decode(part) }
}

function asUtf8(bytes: Uint8Array): string | null {
  try {
    const text = utf8.decode(bytes)
    // As many letters as bytes: all of it is ASCII.
    return text.length === bytes.length ? text : mendControls(text)
  } catch {
    return null
  }
}

/**
 * U+0080 to U+009F are control characters that nobody types: they are Windows-1252 that was taken for ISO 8859-1 on
 * the way here. "don’t" must not be two words.
 */
function mendControls(text: string): string {
  return /[\u0080-\u009f]/.test(text)
    ? text.replace(/[\u0080-\u009f]/g, character =>
        windows1252.decode(Uint8Array.of(character.charCodeAt(0))),
      )
    : text
}

/** The first name in MSH-18 that asks for another decoder. Read as Latin 1, in which delimiters stand for themselves. */
function declaredSet(bytes: Uint8Array): string | null {
  const header =
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
      .toString('latin1')
      .split(/[\r\n]/, 1)[0] ?? ''
  const names = header.split(header[3] ?? '|')[17]?.split(header[5] ?? '~') ?? []
  const found = names.map(name => otherSets[name.trim()]).find(set => set !== undefined)
  return found ?? null
}
