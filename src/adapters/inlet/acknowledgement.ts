import { type Delimiters, readDelimiters } from '../../attendance/hl7v2/delimiters.ts'

/** Taken, kept though it could not be read, refused. */
export type Verdict = 'accepted' | 'error' | 'rejected'

/** What an answer needs of the message that it answers. Its bytes are quoted as they came, in no character set. */
export interface MessageHeader {
  readonly delimiters: Delimiters
  /** `fields[10]` is MSH-10. */
  readonly fields: readonly string[]
}

const usualDelimiters: Delimiters = {
  field: '|',
  component: '^',
  repetition: '~',
  escape: '\\',
  subcomponent: '&',
}
const quotedLengthMax = 250

export function readHeader(message: Uint8Array): MessageHeader {
  const text = Buffer.from(message.subarray(0, 4_096)).toString('latin1')
  const start = text.search(/(?:^|[\r\n])MSH/)
  const line =
    start < 0
      ? ''
      : (text
          .slice(start)
          .trimStart()
          .split(/[\r\n]/, 1)[0] ?? '')
  const delimiters = readDelimiters(line)
  if ('problem' in delimiters) return { delimiters: usualDelimiters, fields: [] }
  return { delimiters, fields: ['MSH', delimiters.field, ...line.split(delimiters.field).slice(1)] }
}

const originalCodes: Readonly<Record<Verdict, string>> = { accepted: 'AA', error: 'AE', rejected: 'AR' }
const enhancedCodes: Readonly<Record<Verdict, string>> = { accepted: 'CA', error: 'CE', rejected: 'CR' }

/**
 * The codes to answer with. Where a message asks for neither kind of answer in MSH-15 and MSH-16, it is in original
 * mode and has one: AA, AE or AR. In enhanced mode MSH-15 says when CA, CE or CR is wanted and MSH-16 when the other
 * is: AL always, NE never, ER for errors, SU for success (HL7 table 0155).
 */
export function codesOf(verdict: Verdict, { fields }: MessageHeader): readonly string[] {
  const [accept = '', application = ''] = [fields[15], fields[16]]
  if (accept === '' && application === '') return [originalCodes[verdict]]
  return [
    ...(isWanted(accept, verdict) ? [enhancedCodes[verdict]] : []),
    ...(isWanted(application, verdict) ? [originalCodes[verdict]] : []),
  ]
}

function isWanted(condition: string, verdict: Verdict): boolean {
  if (condition === 'AL') return true
  return verdict === 'accepted' ? condition === 'SU' : condition === 'ER'
}

/** One framed answer, with the delimiters of the message it answers. */
export function acknowledge(answer: {
  readonly code: string
  readonly header: MessageHeader
  /** For a person; quotes nothing of the message. */
  readonly problem: string | null
  readonly id: string
  /** ISO instant. */
  readonly at: string
}): Uint8Array {
  const { code, header, problem, id, at } = answer
  const { delimiters, fields } = header
  const { field, component } = delimiters
  const quoted = (number: number): string => (fields[number] ?? '').slice(0, quotedLengthMax)
  const event = component === null ? undefined : quoted(9).split(component)[1]
  const encoding = fields[2] ?? '^~\\&'
  const msh = [
    ...[
      'MSH',
      encoding,
      'WREN',
      quoted(6),
      quoted(3),
      quoted(4),
      `${at.replace(/\D/g, '').slice(0, 14)}+0000`,
      '',
    ],
    ...[['ACK', event].filter(part => part !== undefined).join(component ?? ''), id],
    ...[quoted(11) || 'P', quoted(12) || '2.4'],
  ]
  const msa = ['MSA', code, quoted(10), problem === null ? '' : escapeText(problem, delimiters)]
  const message = `${msh.join(field)}\r${msa.join(field)}\r`
  return Buffer.from(`\u000b${message}\u001c\r`, 'latin1')
}

/** Wren's own words name delimiters now and then, and have letters beyond Latin 1. */
function escapeText(text: string, delimiters: Delimiters): string {
  const names = new Map<string, string>()
  const letters = {
    F: delimiters.field,
    S: delimiters.component,
    T: delimiters.subcomponent,
    R: delimiters.repetition,
  }
  for (const [letter, character] of Object.entries(letters))
    if (character !== null) names.set(character, letter)
  if (delimiters.escape !== null) names.set(delimiters.escape, 'E')
  const mark = delimiters.escape
  const plain = text
    .replace(/[‘’]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/[^ -~]/g, '?')
  return [...plain].map(each => escapeCharacter(each, names.get(each), mark)).join('')
}

function escapeCharacter(character: string, name: string | undefined, mark: string | null): string {
  if (name === undefined) return character
  return mark === null ? '?' : `${mark}${name}${mark}`
}
