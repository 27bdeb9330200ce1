/**
 * A text as it may be shown: what would change how the text around it reads is shown by name instead. Unicode's
 * marks that turn the direction of writing could otherwise make "not" stand where it was not typed, and control
 * characters would be left out unseen. The words themselves are never changed.
 */
export function shown(text: string): string {
  return text.replace(unseen, character => names[character] ?? pictureOf(character))
}

/** Control characters other than tab and line feed, and the marks of direction. */
const unseen = /(?![\t\n])[\p{Cc}\p{Bidi_Control}]/gu

const names: Readonly<Record<string, string>> = {
  '\r': '',
  '\u000c': '\n',
  '\u200e': '',
  '\u200f': '',
  '\u061c': '',
  '\u202a': '[left-to-right mark]',
  '\u202b': '[right-to-left mark]',
  '\u202c': '[end of mark]',
  '\u202d': '[left-to-right mark]',
  '\u202e': '[right-to-left mark]',
  '\u2066': '[left-to-right mark]',
  '\u2067': '[right-to-left mark]',
  '\u2068': '[direction mark]',
  '\u2069': '[end of mark]',
}

/** Unicode has a picture for each of the first 32 control characters; the rest share one. */
function pictureOf(character: string): string {
  const code = character.charCodeAt(0)
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\ufffd'
}
