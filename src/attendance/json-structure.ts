const quote = 0x22
const backslash = 0x5c
const colon = 0x3a
const openings = [0x7b, 0x5b] as const
const closings = [0x7d, 0x5d] as const

/** Strings longer than this are left by a search for the next quote, which is faster than reading on. */
const readOnLength = 24

/**
 * Counts members ("key": value) and measures nesting before anything is parsed: a text of brackets only makes
 * JSON.parse and everything after it slow or throw. Stops at `depthMax`. Linear in the length of any text;
 * what is not JSON is counted somehow, and JSON.parse refuses it afterwards.
 */
export function measureJson(
  text: string,
  depthMax: number,
): { readonly members: number; readonly tooDeep: boolean } {
  let members = 0
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === quote) at = endOfString(text, at + 1)
    else if (code === colon) members++
    else if (code === openings[0] || code === openings[1]) {
      depth++
      if (depth > depthMax) return { members, tooDeep: true }
    } else if (code === closings[0] || code === closings[1]) depth--
  }
  return { members, tooDeep: false }
}

/** Members of a parsed value. Fewer than the text had: a key stood twice, and JSON.parse kept the last. */
export function countMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  const values: unknown[] = Array.isArray(value) ? value : Object.values(value)
  let members = Array.isArray(value) ? 0 : values.length
  for (const each of values) members += countMembers(each)
  return members
}

/** Path of the first text that holds NUL or half of a surrogate pair, neither of which can be stored; or null. */
export function findBadText(value: unknown): readonly PropertyKey[] | null {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed() ? [] : null
  if (typeof value !== 'object' || value === null) return null
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const found = findBadText(value[index])
      if (found !== null) return [index, ...found]
    }
    return null
  }
  for (const key of Object.keys(value)) {
    const found = findBadText(Reflect.get(value, key))
    if (found !== null) return [key, ...found]
  }
  return null
}

/** Index of the quote that ends the string, or the text's length. */
function endOfString(text: string, start: number): number {
  const readOn = Math.min(start + readOnLength, text.length)
  for (let at = start; at < readOn; at++) {
    const code = text.charCodeAt(at)
    if (code === quote) return at
    if (code === backslash) at++
  }
  let end = text.indexOf('"', start)
  while (end >= 0 && isEscaped(text, start, end)) end = text.indexOf('"', end + 1)
  return end < 0 ? text.length : end
}

/** An odd number of backslashes before the quote makes it part of the string. */
function isEscaped(text: string, start: number, end: number): boolean {
  let before = end
  while (before > start && text.charCodeAt(before - 1) === backslash) before--
  return (end - before) % 2 === 1
}
