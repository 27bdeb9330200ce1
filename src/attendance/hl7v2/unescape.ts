import type { Delimiters } from './delimiters.ts'

export interface Escapes {
  readonly delimiters: Delimiters
  /** Reads bytes in the character set of the message. */
  readonly decode: (bytes: Uint8Array) => string
}

/** A sequence never holds more than this; what looks longer is two stray escape characters. */
const sequenceLengthMax = 4_096

/**
 * The text that a value writes, in one pass: replacing one sequence after the other would read the escape character
 * that `\E\` gives as the start of another sequence.
 *
 *     \F\ \S\ \T\ \R\ \E\      the delimiters themselves
 *     \Xhh…\                   bytes, in the character set of the message; neighbours are read together
 *     \.br\ \.sp n\ \.ce\      a new line
 *     \.in n\ \.ti n\ \.sk n\  a space
 *     \.fi\ \.nf\ \H\ \N\      nothing: highlighting neither joins nor splits words
 *     anything else            as it stands, so that no word is lost: also "\Z…\", and "c\o" as people type it
 */
export function unescapeText(value: string, escapes: Escapes): string {
  const mark = escapes.delimiters.escape
  if (mark === null) return value
  let at = value.indexOf(mark)
  if (at < 0) return value
  let text = ''
  let from = 0
  while (at >= 0) {
    const read = readSequence({ value, at, mark }, escapes)
    if (read === null) {
      at = value.indexOf(mark, at + 1)
      continue
    }
    text += value.slice(from, at) + read.text
    from = read.end
    at = value.indexOf(mark, from)
  }
  return text + value.slice(from)
}

interface Place {
  readonly value: string
  /** Of the escape character that opens. */
  readonly at: number
  readonly mark: string
}

function readSequence(place: Place, escapes: Escapes): { text: string; end: number } | null {
  const sequence = sequenceAt(place)
  if (sequence === null) return null
  const end = place.at + sequence.length + 2
  if (sequence[0] === 'X') return readBytes(place, escapes)
  if (sequence[0] === 'Z') return { text: place.value.slice(place.at, end), end }
  const text = meaningOf(sequence, escapes.delimiters)
  return text === null ? null : { text, end }
}

function sequenceAt({ value, at, mark }: Place): string | null {
  const close = value.indexOf(mark, at + 1)
  return close < 0 || close === at + 1 || close - at > sequenceLengthMax ? null : value.slice(at + 1, close)
}

function meaningOf(sequence: string, delimiters: Delimiters): string | null {
  switch (sequence) {
    case 'F':
      return delimiters.field
    case 'S':
      return delimiters.component
    case 'T':
      return delimiters.subcomponent
    case 'R':
      return delimiters.repetition
    case 'E':
      return delimiters.escape
    case 'H':
    case 'N':
      return ''
    default:
      return formattingOf(sequence)
  }
}

const formatting = /^\.(?:(br|sp|ce)|(in|ti|sk)|(fi|nf)) *[+-]?\d{0,4}$/i

function formattingOf(sequence: string): string | null {
  const found = formatting.exec(sequence)
  if (found === null) return null
  if (found[1] !== undefined) return '\n'
  return found[2] === undefined ? '' : ' '
}

/** A letter may be split over neighbours: `\XC3\\XAB\`. */
function readBytes(place: Place, { decode }: Escapes): { text: string; end: number } | null {
  const { value, mark } = place
  let hex = ''
  let end = place.at
  while (value[end] === mark && value[end + 1] === 'X') {
    const sequence = sequenceAt({ value, at: end, mark })
    if (sequence === null || !/^X(?:[0-9A-Fa-f]{2})+$/.test(sequence)) break
    hex += sequence.slice(1)
    end += sequence.length + 2
  }
  // A NUL is no text, and no database keeps one: it stays as it was written.
  if (hex === '' || /^(?:..)*?00/.test(hex)) return null
  return { text: decode(Buffer.from(hex, 'hex')), end }
}
