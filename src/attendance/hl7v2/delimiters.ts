/** The characters that divide a message, as its own header names them; null where it names none. */
export interface Delimiters {
  readonly field: string
  readonly component: string | null
  readonly repetition: string | null
  readonly escape: string | null
  readonly subcomponent: string | null
}

/**
 * MSH-1 is the character after "MSH"; MSH-2 the four that follow: component, repetition, escape, subcomponent. A
 * fifth, for truncation, is of version 2.7. Answers in words what is wrong with them.
 */
export function readDelimiters(header: string): Delimiters | { readonly problem: string } {
  const field = header[3]
  if (field === undefined || /[A-Za-z0-9\s]/.test(field)) {
    return { problem: 'MSH-1 is no delimiter: expected a character such as | after MSH' }
  }
  const encoding = header.slice(4).split(field, 1)[0] ?? ''
  if (encoding === '') return { problem: 'MSH-2 is empty: expected the delimiters, such as ^~\\&' }
  if (encoding.length > 5 || /[A-Za-z0-9\s"]/.test(encoding)) {
    return { problem: 'MSH-2 holds no delimiters: expected four characters, such as ^~\\&' }
  }
  if (new Set(field + encoding).size !== encoding.length + 1) {
    return { problem: 'MSH-1 and MSH-2 use one character for two purposes: expected five, such as |^~\\&' }
  }
  const at = (place: number): string | null => encoding[place] ?? null
  return { field, component: at(0), repetition: at(1), escape: at(2), subcomponent: at(3) }
}
