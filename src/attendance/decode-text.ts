const utf8 = new TextDecoder('utf-8', { fatal: true })
const windows1252 = new TextDecoder('windows-1252')

/**
 * Text of bytes in the two character sets that hospitals send, whatever they say they send: what is valid UTF-8 is
 * UTF-8, all else Windows-1252, which gives every byte a character. A byte-order mark is dropped.
 */
export function decodeText(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch {
    return windows1252.decode(bytes)
  }
}
