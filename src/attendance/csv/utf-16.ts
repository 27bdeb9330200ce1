const mark = Buffer.from('\ufeff')

/**
 * A file in UTF-16, as Excel writes "Unicode text", in UTF-8 with a byte-order mark; null where it is not UTF-16. It
 * is known by its own mark or, without one, by the zeros that stand between the ASCII letters of a header.
 */
export function fromUtf16(file: Uint8Array): Uint8Array | null {
  const set = utf16Of(file)
  return set === null ? null : Buffer.concat([mark, Buffer.from(new TextDecoder(set).decode(file))])
}

export function utf16Of([first, second, third, fourth]: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  if (isLetter(first) && second === 0 && isLetter(third) && fourth === 0) return 'utf-16le'
  return first === 0 && isLetter(second) && third === 0 && isLetter(fourth) ? 'utf-16be' : null
}

function isLetter(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x20 && byte < 0x7f
}
