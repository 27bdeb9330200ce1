import { decodeText } from './character-set.ts'
import { type Delimiters, readDelimiters } from './delimiters.ts'
import { type Escapes, unescapeText } from './unescape.ts'

/** One line of a message. `fields[3]` is what HL7 calls field 3, as it was written. */
export interface Segment {
  readonly name: string
  readonly fields: readonly string[]
  /** Its place among the segments of its name, from 1. */
  readonly number: number
}

/** A message, split as far as segments and fields; the rest is split when it is asked for. */
export interface Message {
  readonly header: Segment
  readonly segments: readonly Segment[]
  readonly escapes: Escapes
  /** A sender before us put U+FFFD where it could not read a letter. */
  readonly hasLostLetters: boolean
}

/**
 * HL7 version 2, chapter 2, as hospitals send it:
 *
 *     message      = segments, each ended by CR, LF or CRLF
 *     segment      = three letters or digits, then fields
 *     field        = delimiter, then repetitions, divided by "~"
 *     repetition   = components, divided by "^"
 *     component    = subcomponents, divided by "&"
 *     subcomponent = text with escape sequences: these are read last of all
 *
 * In MSH the first delimiter is itself field 1. Before it may stand the lines FHS and BHS of a file.
 */
export function splitMessage(bytes: Uint8Array): Message | { readonly problem: string } {
  const { text, decode } = decodeText(bytes)
  const lines = linesOf(text)
  const headers = lines.filter(line => line.startsWith('MSH'))
  const [head] = headers
  if (head === undefined) return { problem: 'there is no MSH segment: this is no HL7 v2 message' }
  if (headers.length > 1) return { problem: `${headers.length} messages came as one: send one at a time` }
  const delimiters = readDelimiters(head)
  if ('problem' in delimiters) return delimiters
  const segments = readSegments(lines, delimiters)
  if ('problem' in segments) return segments
  const header = segments.read.find(segment => segment.name === 'MSH')
  if (header === undefined) throw new Error('the header was there a moment ago')
  return {
    header,
    segments: segments.read,
    escapes: { delimiters, decode },
    hasLostLetters: text.includes('\ufffd'),
  }
}

const blockEnd = '\u001c'

/** Without what is no part of a message: space around it, the block start (a kind of space) and end of MLLP. */
function linesOf(text: string): readonly string[] {
  let rest = text.trim()
  while (rest.endsWith(blockEnd)) rest = rest.slice(0, -1).trimEnd()
  return rest.split(/\r\n|\r|\n/)
}

const nameForm = /^[A-Z][A-Z0-9]{2}$/

/**
 * A line that begins no segment is text that an engine broke at a raw new line: it belongs to the field before.
 * Cutting it off would lose words; guessing a segment would invent one.
 */
function readSegments(
  lines: readonly string[],
  { field }: Delimiters,
): { readonly read: readonly Segment[] } | { readonly problem: string } {
  const read: { name: string; fields: string[]; number: number }[] = []
  const counts = new Map<string, number>()
  for (const line of lines) {
    const name = line.slice(0, 3)
    const begins = nameForm.test(name) && (line.length === 3 || line[3] === field)
    if (begins) {
      const number = (counts.get(name) ?? 0) + 1
      counts.set(name, number)
      const fields = line.split(field)
      if (name === 'MSH') fields.splice(1, 0, field)
      read.push({ name, fields, number })
      continue
    }
    const before = read.at(-1)
    if (before === undefined) return { problem: 'the first line is no segment: expected MSH' }
    if (line !== '') continueSegment(before.fields, line.split(field))
  }
  return { read }
}

function continueSegment(fields: string[], [text = '', ...more]: string[]): void {
  fields[fields.length - 1] = `${fields.at(-1)}\n${text}`
  fields.push(...more)
}

/** Field `number` of a segment as it was written; empty where there is none, and where it says `""`: deleted. */
export function fieldOf(segment: Segment | undefined, number: number): string {
  const field = segment?.fields[number] ?? ''
  return field === '""' ? '' : field
}

/** The repetitions of a field, those left out that are empty or deleted. */
export function repetitionsOf(field: string, { delimiters }: Escapes): readonly string[] {
  if (field === '') return []
  if (delimiters.repetition === null || !field.includes(delimiters.repetition)) return [field]
  return field.split(delimiters.repetition).filter(each => each !== '' && each !== '""')
}

/** One component of a repetition as text: its first subcomponent. */
export function componentOf(repetition: string | undefined, component: number, escapes: Escapes): string {
  const { delimiters } = escapes
  const text = partOf(partOf(repetition ?? '', component, delimiters.component), 1, delimiters.subcomponent)
  return text === '""' ? '' : unescapeText(text, escapes).trim()
}

/** Part `number`, from 1, of what a delimiter divides; nothing else of it is copied. */
function partOf(text: string, number: number, delimiter: string | null): string {
  if (delimiter === null) return number === 1 ? text : ''
  let from = 0
  for (let part = 1; part < number; part++) {
    const end = text.indexOf(delimiter, from)
    if (end < 0) return ''
    from = end + 1
  }
  const end = text.indexOf(delimiter, from)
  return from === 0 && end < 0 ? text : text.slice(from, end < 0 ? undefined : end)
}

export function componentsOf(repetition: string, { delimiters }: Escapes): readonly string[] {
  return delimiters.component === null ? [repetition] : repetition.split(delimiters.component)
}

/** A component of the first repetition of a field. */
export function firstOf(
  segment: Segment | undefined,
  { field, component = 1 }: { readonly field: number; readonly component?: number },
  escapes: Escapes,
): string {
  const written = fieldOf(segment, field)
  return written === '' ? '' : componentOf(repetitionsOf(written, escapes)[0], component, escapes)
}
