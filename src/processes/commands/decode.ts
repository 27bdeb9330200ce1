import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import type { Command } from 'commander'
import { openPdfReader } from '../../adapters/documents/pdf-reader.ts'
import { splitLines } from '../../adapters/inlet/split-lines.ts'
import { type Attendance, type Format, formats } from '../../attendance/attendance.ts'
import { type DecodedMessage, decodeMessage, sniffFormat } from '../../attendance/decode.ts'
import { splitHl7v2File } from '../../attendance/hl7v2/split-file.ts'
import { decodeMapped, splitFile as splitByMapping } from '../../attendance/mapping/decode-mapped.ts'
import type { Mapping } from '../../attendance/mapping/mapping.ts'
import { readSettings, type Settings } from '../config.ts'
import { loadMapping, MappingError } from '../load-mapping.ts'
import { formatOfMapping } from '../mappings.ts'
import { originsOf } from './message-origins.ts'
import { InputError } from './read-lines.ts'
import { reportFailure } from './report-failure.ts'
import { showDecoded } from './show-decoded.ts'

interface DecodeCommandOptions {
  readonly json?: true
  readonly format?: string
  readonly mapping?: string
  readonly text?: true
}

export function addDecodeCommand(program: Command): void {
  program
    .command('decode')
    .summary('show messages the way Wren reads them, field by field')
    .description(
      'Shows what Wren reads in each message of a file and where each field comes from, for whoever sets up a feed. Nothing is saved. "-" is standard input.',
    )
    .argument(
      '<file>',
      'HL7 v2 messages, a FHIR Bundle, Wren JSON (one, or one a line), or by a mapping CSV or JSON',
    )
    .option('--format <format>', `instead of what the first bytes tell: ${formats.join(', ')}`)
    .option('--mapping <file>', 'for csv and json-mapped: which column or path is which field')
    .option('--text', 'show names and words of patients too; mind who looks on')
    .option('--json', 'one line a message: the whole attendance with its words, or {"problem":"…"}')
    .action(async (path: string, options: DecodeCommandOptions, command: Command) => {
      const format = formats.find(each => each === options.format) ?? null
      if (options.format !== undefined && format === null)
        return command.error(`error: --format takes ${formats.join(', ')}`, { exitCode: 2 })
      const needsMapping = format === 'csv' || format === 'json-mapped'
      if (needsMapping && options.mapping === undefined)
        return command.error(`error: ${format} is read by a mapping: add --mapping FILE`, { exitCode: 2 })
      if (!needsMapping && format !== null && options.mapping !== undefined)
        return command.error(`error: ${format} is read without a mapping: leave out --mapping`, {
          exitCode: 2,
        })
      const read = readSettings(process.env)
      if ('problems' in read) return command.error(read.problems.join('\n'), { exitCode: 2 })
      const work = async (): Promise<void> => {
        const mapping = options.mapping === undefined ? null : await loadMapping(options.mapping)
        if (mapping !== null && format !== null && formatOfMapping(mapping) !== format)
          throw new MappingError(`${options.mapping} is a mapping of ${mapping.format}, and not of ${format}`)
        await decodeFile(path, { ...options, format, mapping, settings: read.settings })
      }
      await reportFailure(work, { alsoTold: [MappingError] })
    })
}

interface Asked {
  readonly json?: true
  readonly text?: true
  readonly format: Format | null
  readonly mapping: Mapping | null
  readonly settings: Settings
}

async function decodeFile(path: string, { json, text, format, mapping, settings }: Asked): Promise<void> {
  const file = await readBytes(path)
  await using pdfs = openPdfReader()
  const options = {
    ...{ receivedAt: Temporal.Now.instant().toString(), defaultTrust: settings.trust },
    ...{ textFields: settings.hl7TextFields, readPdf: pdfs.read },
  }
  const messages = mapping === null ? splitPlain(file, format) : splitMapped(file, { path, mapping })
  for (const { name, bytes } of messages) {
    const decoded =
      mapping === null
        ? decodeMessage(bytes, { ...options, format })
        : decodeMapped(bytes, { ...options, mapping })
    if (decoded.kind === 'unreadable') process.exitCode = 1
    if (json === true) {
      process.stdout.write(`${JSON.stringify(jsonOf(decoded))}\n`)
      continue
    }
    const origins = originsOf(bytes, { ...options, format: decoded.format, mapping })
    const title = `${name}${decoded.format === null ? '' : ` (${decoded.format})`}`
    process.stdout.write(showDecoded(decoded, { title, withText: text === true, origins }))
  }
}

interface NamedMessage {
  readonly name: string
  readonly bytes: Uint8Array
}

function splitPlain(file: Uint8Array, format: Format | null): readonly NamedMessage[] {
  const messages = splitFile(file, format ?? sniffFormat(file))
  return messages.map((bytes, index) => ({ name: `message ${index + 1}`, bytes }))
}

function splitMapped(
  file: Uint8Array,
  { path, mapping }: { readonly path: string; readonly mapping: Mapping },
): readonly NamedMessage[] {
  const split = splitByMapping(file, mapping)
  if ('problem' in split) throw new InputError(`${path}: ${split.problem}`)
  return split.messages.map(({ line, bytes }) => ({ name: `line ${line}`, bytes }))
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
  if (decoded.kind === 'merge') return decoded
  return { format: decoded.format, ...writtenOut(decoded.attendance) }
}

/** With the words of its notes, which do not print by themselves: here they are asked for by name. */
function writtenOut({ notes, ...attendance }: Attendance) {
  return {
    ...attendance,
    notes: notes.map(({ section, words, writtenAt }) => ({ section, text: words, writtenAt })),
  }
}
