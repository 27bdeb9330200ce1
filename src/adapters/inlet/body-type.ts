import type { Format } from '../../attendance/attendance.ts'
import { splitFile } from '../../attendance/mapping/decode-mapped.ts'
import type { Mapping } from '../../attendance/mapping/mapping.ts'
import type { Screen } from '../../services/screen-attendances.ts'
import { splitLines } from './split-lines.ts'

/** A mapping, and what reads messages by it. */
export interface MappedScreen {
  readonly mapping: Mapping
  readonly screen: Screen
}

/** What a body is, by its content type. */
export interface BodyType {
  /** Null lets the first bytes tell. */
  readonly format: Format | null
  /** The answer has a line for each message. */
  readonly isMany: boolean
  readonly screen: Screen
  readonly split: (body: Uint8Array) => readonly Line[]
}

export interface Line {
  readonly number: number
  readonly bytes: Uint8Array
}

const oneType = 'application/json'
const linesType = 'application/x-ndjson'
const csvType = 'text/csv'
/** JSON may be Wren's own or a FHIR resource: its first bytes tell. With a mapping it is an engine's own. */
const formatsByType: ReadonlyMap<string, Format | null> = new Map([
  [oneType, null],
  [linesType, null],
  ['application/hl7-v2', 'hl7v2'],
  ['x-application/hl7-v2+er7', 'hl7v2'],
  ['application/fhir+json', 'fhir'],
  ['application/fhir+xml', 'fhir'],
  [csvType, 'csv'],
])
export const mediaTypes: readonly string[] = [...formatsByType.keys()]

/** Their bytes tell the character set, or the message itself does. */
const saysItself: ReadonlySet<Format | null | undefined> = new Set(['hl7v2', 'csv'])

/** What Content-Type says, or why a body of it is not taken: application/json; mapping=ed-engine */
export function readBodyType(
  contentType: string,
  { screen, mapped }: { readonly screen: Screen; readonly mapped: readonly MappedScreen[] },
): BodyType | { readonly problem: string } {
  const mediaType = mediaTypeOf(contentType)
  const format = formatsByType.get(mediaType)
  if (format === undefined) return { problem: `send one of ${mediaTypes.join(', ')}` }
  const charset = parameterOf(contentType, 'charset') ?? 'utf-8'
  if (charset.toLowerCase() !== 'utf-8' && !saysItself.has(format))
    return { problem: 'send the body in UTF-8' }
  const name = parameterOf(contentType, 'mapping')
  if (name === null && format !== 'csv') {
    const isMany = mediaType === linesType
    return { format, isMany, screen, split: isMany ? splitLines : asOne }
  }
  const kind = format === 'csv' ? 'csv' : 'json'
  const fitting = mapped.filter(({ mapping }) => mapping.format === kind)
  const found =
    fitting.find(({ mapping }) => mapping.source === name) ?? (name === null ? onlyOne(fitting) : undefined)
  if (found === undefined) return { problem: whichMapping(mediaType, fitting) }
  const { mapping } = found
  const isMany = mediaType !== oneType
  return {
    format: kind === 'csv' ? 'csv' : 'json-mapped',
    isMany,
    screen: found.screen,
    split: isMany ? body => linesOf(body, mapping) : asOne,
  }
}

function asOne(body: Uint8Array): readonly Line[] {
  return splitLines(body).length === 0 ? [] : [{ number: 1, bytes: body }]
}

/** A body that cannot be cut is one message, and its decoder says why it cannot be read. */
function linesOf(body: Uint8Array, mapping: Mapping): readonly Line[] {
  const split = splitFile(body, mapping)
  if ('problem' in split) return asOne(body)
  return split.messages.map(({ line, bytes }) => ({ number: line, bytes }))
}

/** Such as application/fhir+json, of "Application/FHIR+JSON; fhirVersion=4.0". */
function mediaTypeOf(contentType: string): string {
  return contentType.split(';', 1).join('').trim().toLowerCase()
}

function parameterOf(contentType: string, name: string): string | null {
  const parameters = contentType.split(';').slice(1)
  const found = parameters.map(part => part.trim()).find(part => part.toLowerCase().startsWith(`${name}=`))
  return found === undefined
    ? null
    : found
        .slice(name.length + 1)
        .replaceAll('"', '')
        .trim()
}

function onlyOne(mapped: readonly MappedScreen[]): MappedScreen | undefined {
  return mapped.length === 1 ? mapped[0] : undefined
}

function whichMapping(mediaType: string, fitting: readonly MappedScreen[]): string {
  const names = fitting.map(({ mapping }) => mapping.source)
  return names.length === 0
    ? `${mediaType} is read by a mapping, and none is set here: name its file in WREN_MAPPINGS`
    : `name the mapping, as "Content-Type: ${mediaType}; mapping=${names[0]}"; there are: ${names.join(', ')}`
}
