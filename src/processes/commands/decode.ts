import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import type { Command } from 'commander'
import { openPdfReader } from '../../adapters/documents/pdf-reader.ts'
import { splitLines } from '../../adapters/inlet/split-lines.ts'
import { type Attendance, type Format, formats } from '../../attendance/attendance.ts'
import { type DecodedMessage, decodeMessage, sniffFormat } from '../../attendance/decode.ts'
import { draftHl7v2, fieldNames } from '../../attendance/hl7v2/decode-hl7v2.ts'
import { splitHl7v2File } from '../../attendance/hl7v2/split-file.ts'
import { readSettings, type Settings } from '../config.ts'
import { InputError } from './read-lines.ts'
import { reportFailure } from './report-failure.ts'
import { type Origins, showDecoded } from './show-decoded.ts'

interface DecodeCommandOptions {
  readonly json?: true
  readonly format?: string
  readonly text?: true
}

export function addDecodeCommand(program: Command): void {
  program
    .command('decode')
    .summary('show messages the way Wren reads them, field by field')
    .description(
      'Shows what Wren reads in each message of a file and where each field comes from, for whoever sets up a feed. Nothing is saved. "-" is standard input. CSV is shown by wren import --dry-run.',
    )
    .argument('<file>', 'HL7 v2 messages, a FHIR Bundle, or Wren JSON (one, or one a line)')
    .option('--format <format>', `instead of what the first bytes tell: ${formats.join(', ')}`)
    .option('--text', 'show names and words of patients too; mind who looks on')
    .option('--json', 'one line a message: the whole attendance with its words, or {"problem":"…"}')
    .action(async (path: string, options: DecodeCommandOptions, command: Command) => {
      const format = formats.find(each => each === options.format) ?? null
      if (options.format !== undefined && format === null)
        return command.error(`error: --format takes ${formats.join(', ')}`, { exitCode: 2 })
      if (format === 'csv')
        return command.error('error: CSV is read by a mapping: wren import FILE --mapping M --dry-run', {
          exitCode: 2,
        })
      const read = readSettings(process.env)
      if ('problems' in read) return command.error(read.problems.join('\n'), { exitCode: 2 })
      await reportFailure(() => decodeFile(path, { ...options, format, settings: read.settings }))
    })
}

interface Asked {
  readonly json?: true
  readonly text?: true
  readonly format: Format | null
  readonly settings: Settings
}

async function decodeFile(path: string, { json, text, format, settings }: Asked): Promise<void> {
  const file = await readBytes(path)
  const receivedAt = Temporal.Now.instant().toString()
  await using pdfs = openPdfReader()
  const options = {
    ...{ receivedAt, defaultTrust: settings.trust, textFields: settings.hl7TextFields },
    readPdf: pdfs.read,
  }
  for (const [index, bytes] of splitFile(file, format ?? sniffFormat(file)).entries()) {
    const decoded = decodeMessage(bytes, { ...options, format })
    if (decoded.kind === 'unreadable') process.exitCode = 1
    if (json === true) {
      process.stdout.write(`${JSON.stringify(jsonOf(decoded))}\n`)
      continue
    }
    const origins = decoded.format === 'hl7v2' ? hl7v2Origins(bytes, options) : null
    const title = `message ${index + 1}${decoded.format === null ? '' : ` (${decoded.format})`}`
    process.stdout.write(showDecoded(decoded, { title, withText: text === true, origins }))
  }
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return path === '-' ? await buffer(process.stdin) : await readFile(path)
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
    throw new InputError(`${path} cannot be read (${code}): name a file, or - for stdin`, { cause })
  }
}

/** HL7 v2 from MSH to MSH; JSON as one value where it is one, else a line each; all else as a whole. */
function splitFile(file: Uint8Array, format: Format | null): readonly Uint8Array[] {
  if (format === 'hl7v2') return splitHl7v2File(file)
  const lines = splitLines(file).map(({ bytes }) => bytes)
  if (lines.length <= 1 || isJson(file)) return [file]
  return lines.every(line => sniffFormat(line) === 'json' || isJson(line)) ? lines : [file]
}

function isJson(bytes: Uint8Array): boolean {
  try {
    JSON.parse(Buffer.from(bytes).toString('utf8'))
    return true
  } catch {
    return false
  }
}

function jsonOf(decoded: DecodedMessage): unknown {
  if (decoded.kind === 'unreadable') return { problem: decoded.problem }
  return { format: decoded.format, ...writtenOut(decoded.attendance) }
}

/** With the words of its notes, which do not print by themselves: here they are asked for by name. */
function writtenOut({ notes, ...attendance }: Attendance) {
  return {
    ...attendance,
    notes: notes.map(({ section, words, writtenAt }) => ({ section, text: words, writtenAt })),
  }
}

function hl7v2Origins(bytes: Uint8Array, options: Parameters<typeof draftHl7v2>[1]): Origins | null {
  const read = draftHl7v2(bytes, options)
  if (read.kind === 'unreadable') return null
  const unread = read.passedOver.map(
    segment =>
      `${segment} is not read: if a field of it holds free text, name it in WREN_HL7_TEXT_FIELDS, such as ${segment}-3`,
  )
  return { fields: fieldNames, notes: read.notes.map(note => note.from), remarks: unread }
}
