/**
 * What a character is to the reader of words. Letters are 1 to 26 whatever their case, so that a word of up to
 * six letters packs into 30 bits, five bits a letter.
 */
export const separator = 0
export const digit = 27
/** A letter beyond a to z that has no plain form, such as a Cyrillic one. */
export const otherLetter = 28

/** By ASCII code. */
export const letterClasses: Uint8Array = Uint8Array.from({ length: 128 }, (_, code) => {
  if (code >= 48 && code <= 57) return digit
  if (code >= 65 && code <= 90) return code - 64
  if (code >= 97 && code <= 122) return code - 96
  return separator
})

const letterX = 24
const anyLetter = /\p{L}/u

export function classOf(code: number): number {
  if (code < 128) return letterClasses[code] ?? separator
  return anyLetter.test(String.fromCharCode(code)) ? otherLetter : separator
}

/** "2xOD", "3xknife": an x between a digit and letters multiplies, and is a word of its own. */
export function isTimes({ before, first, next }: { before: number; first: number; next: number }): boolean {
  return before === digit && first === letterX && next !== separator && next !== digit
}
