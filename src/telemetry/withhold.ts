import { createHmac, randomBytes } from 'node:crypto'
import { parseNhsNumber } from '../attendance/nhs-number.ts'
import { Note } from '../attendance/note.ts'
import { describeError } from './describe-error.ts'

/** Turns any value into one that may stand in a log line: plain, bounded, and without a patient in it. */
export type Withhold = (value: unknown) => unknown

const depthMax = 5
const membersMax = 40
const textLengthMax = 1_000

/**
 * Fields that hold a patient's or a nurse's words, identify a person, carry a message as it came, or are secret.
 * Compared in lower case with separators removed, so `nhs_number` and `nhsNumber` are one.
 */
const withheldFields = new Set(
  [
    ['words', 'note', 'notes', 'text', 'excerpt', 'section', 'sections', 'narrative', 'complaint', 'because'],
    ['patient', 'nhsnumber', 'nhsnumberrefused', 'localid', 'name', 'family', 'given', 'surname', 'forename'],
    ['birthdate', 'dateofbirth', 'dob', 'postcode', 'address', 'telephone', 'phone', 'email', 'school'],
    ['gppractice', 'display', 'concerns', 'consentreason', 'parentsreason', 'assessment', 'evidence'],
    [
      'protectivefactors',
      'childsview',
      'analysis',
      'comment',
      'attendanceid',
      'patienthashes',
      'search',
      'q',
    ],
    [
      'body',
      'message',
      'payload',
      'bytes',
      'value',
      'values',
      'input',
      'raw',
      'content',
      'line',
      'key',
      'headers',
    ],
    ['detail', 'hint', 'where', 'query', 'sql', 'parameters', 'params', 'bindings', 'issues', 'url', 'path'],
    ['password', 'passwordhash', 'token', 'authorization', 'cookie', 'cookies', 'secret', 'session'],
    ['sessionkey', 'identifierkey', 'databaseurl', 'connectionstring'],
  ].flat(),
)

/** A reason is a word such as `schema` where the program gives it, and free text where a nurse does. */
const wordFields = new Set(['reason', 'why'])
const oneWord = /^[a-z][a-z0-9_-]{0,39}$/
const reference = /^[0-9a-f]{16}$/

/**
 * `identifierKey` makes the references that stand for attendances; a random one serves where none is given.
 */
export function makeWithhold(identifierKey: string | Uint8Array = randomBytes(32)): Withhold {
  return value => shown(value, 0)

  function shown(value: unknown, depth: number): unknown {
    if (typeof value === 'string') return withoutNhsNumbers(cut(value))
    if (typeof value === 'number') return parseNhsNumber(String(value)) === null ? value : '[number withheld]'
    if (typeof value === 'bigint') return shown(String(value), depth)
    if (typeof value === 'function' || typeof value === 'symbol') return `[${typeof value}]`
    if (typeof value !== 'object' || value === null) return value
    if (value instanceof Error) return describeError(value, withoutNhsNumbers)
    if (value instanceof Note) return String(value)
    if (value instanceof Date || value instanceof Temporal.Instant) return value.toJSON()
    if (depth >= depthMax) return '[deeper than a log line goes]'
    if (Array.isArray(value)) return value.slice(0, membersMax).map(member => shown(member, depth + 1))
    if (isAttendance(value)) return attendanceReference(value, identifierKey)
    // An instance holds more than it shows (sockets, requests, stores): its class says enough.
    if (!isPlain(value)) return `[${classOf(value)}]`
    return fieldsOf(value, depth)
  }

  function fieldsOf(value: object, depth: number): object {
    const entries = Object.entries(value).slice(0, membersMax)
    return Object.fromEntries(
      entries.map(([field, member]) => [withoutNhsNumbers(field), fieldOf(field, member, depth)]),
    )
  }

  function fieldOf(field: string, value: unknown, depth: number): unknown {
    const plainName = field.toLowerCase().replace(/[^a-z0-9]/g, '')
    if (value === null || value === undefined || typeof value === 'boolean') return value
    if (field === 'req') return requestShown(value)
    if (field === 'res') return replyShown(value)
    if (field === 'attendance' && typeof value === 'string')
      return reference.test(value) ? value : '[withheld]'
    if (withheldFields.has(plainName)) return '[withheld]'
    if (wordFields.has(plainName))
      return typeof value === 'string' && oneWord.test(value) ? value : '[withheld]'
    return shown(value, depth + 1)
  }
}

/** What a log shows of an attendance: sixteen hex digits that only the holder of the key can make again. */
export function attendanceReference(
  { trust, attendanceId }: { readonly trust: unknown; readonly attendanceId: unknown },
  identifierKey: string | Uint8Array,
): string {
  return createHmac('sha256', identifierKey)
    .update(JSON.stringify(['attendance', trust, attendanceId]))
    .digest('hex')
    .slice(0, 16)
}

/**
 * Ten digits with a valid check digit are taken for an NHS number wherever they stand, one chance number in
 * eleven included. Long runs of hex digits (hashes, event ids) are left alone.
 */
export function withoutNhsNumbers(text: string): string {
  return text.replace(/\b[0-9a-f]{24,}\b|(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)/g, found =>
    found.length < 24 && parseNhsNumber(found) !== null ? '[number withheld]' : found,
  )
}

function cut(text: string): string {
  return text.length <= textLengthMax ? text : `${text.slice(0, textLengthMax)}… (${text.length} characters)`
}

/** The route as written in the program, never the address asked for. */
function requestShown(request: unknown): unknown {
  const { method, id, routeOptions } = Object(request)
  return { method: withoutNhsNumbers(String(method)), route: routeOptions?.url ?? null, id: id ?? null }
}

function replyShown(reply: unknown): unknown {
  return { statusCode: Number(Object(reply).statusCode) }
}

function isAttendance(value: object): value is { trust: unknown; attendanceId: unknown } {
  return 'trust' in value && 'attendanceId' in value
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}

function classOf(value: object): string {
  return /^[\w$]{1,40}$/.exec(value.constructor?.name ?? '')?.[0] ?? 'object'
}
