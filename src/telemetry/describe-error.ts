import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** What a log may say of an error. */
export interface ErrorDescription {
  readonly type: string
  /** Only where the message is known not to quote a message, a row or a note. */
  readonly message?: string
  readonly code?: string | number
  /** PostgreSQL: names from the schema, never a value. */
  readonly constraint?: string
  readonly table?: string
  readonly column?: string
  /** zod: where, and which check failed. */
  readonly problems?: readonly string[]
  readonly frames: readonly string[]
  readonly cause?: ErrorDescription
  readonly errors?: readonly ErrorDescription[]
}

const ownFolder = fileURLToPath(new URL('..', import.meta.url))
const framesMax = 12
const causesMax = 4
const listedMax = 5

/** Such as ECONNREFUSED, 23505 or KafkaJSProtocolError: nothing a person would be called by has this form only. */
const token = /^[A-Za-z0-9_.:-]{1,60}$/

/** Error classes of this program. Their messages are written by us, and never quote a message or a row. */
export const ownErrors: ReadonlySet<string> = new Set([
  'Error',
  'DemoError',
  'HistoryChanged',
  'InputError',
  'MappingError',
  'OffsetOutOfRange',
  'PartnershipFolderError',
  'Reassigned',
  'RulesFolderError',
  'StoreError',
  'StreamFailed',
  'UnknownEvent',
])

/**
 * kafkajs errors whose messages are fixed sentences of its own or of the broker. The others may quote: it puts
 * a whole record into "Invalid message without value".
 */
const cleanKafkaErrors = new Set([
  'KafkaJSProtocolError',
  'KafkaJSConnectionError',
  'KafkaJSConnectionClosedError',
  'KafkaJSRequestTimeoutError',
  'KafkaJSBrokerNotFound',
  'KafkaJSGroupCoordinatorNotFound',
  'KafkaJSSASLAuthenticationError',
  'KafkaJSNoBrokerAvailableError',
])

/**
 * Name, code, place and cause of any error; its message only where that is known to be clean. Errors quote what
 * they choked on: PostgreSQL says `Key (nhs_number)=(…) already exists`, JSON.parse prints the start of the text,
 * zod the value it received, V8 the string that has no such property. So a message is shown for errors that
 * this program raised itself, for the operating system's, and for a few of kafkajs, and withheld for the rest;
 * type, code and frames say where to look.
 */
export function describeError(
  error: Error,
  mask: (text: string) => string,
  causesLeft = causesMax,
): ErrorDescription {
  const frames = framesOf(error)
  const message = cleanMessage(error, frames)
  const cause = error.cause instanceof Error && causesLeft > 0 ? error.cause : undefined
  const listed = 'errors' in error && Array.isArray(error.errors) && causesLeft > 0 ? error.errors : []
  const errors = listed.filter(each => each instanceof Error).slice(0, listedMax)
  return {
    type: tokenOf(error.name === 'Error' ? error.constructor.name : error.name) ?? 'Error',
    ...(message === null ? {} : { message: mask(message) }),
    ...schemaNames(error),
    ...(error instanceof z.core.$ZodError ? { problems: problemsOf(error) } : {}),
    frames,
    ...(cause === undefined ? {} : { cause: describeError(cause, mask, causesLeft - 1) }),
    ...(errors.length === 0 ? {} : { errors: errors.map(each => describeError(each, mask, causesLeft - 1)) }),
  }
}

function cleanMessage(error: Error, frames: readonly string[]): string | null {
  if (cleanKafkaErrors.has(error.name)) return error.message
  if (isSystemError(error)) {
    const { syscall, code, address, port } = error
    return [syscall, code, tokenOf(address), tokenOf(port)].filter(part => part !== undefined).join(' ')
  }
  return ownErrors.has(error.constructor.name) && isOwnFrame(frames[0] ?? '') ? error.message : null
}

/** Raised by the operating system: its message is put together here again, without a path. */
function isSystemError(error: Error): error is Error & SystemFailure {
  return (
    'syscall' in error &&
    'code' in error &&
    /^E[A-Z0-9]+$/.test(String(error.code)) &&
    tokenOf(error.syscall) !== undefined
  )
}

interface SystemFailure {
  readonly syscall: string
  readonly code: string
  readonly address?: string
  readonly port?: number
}

function schemaNames(error: Error): Pick<ErrorDescription, 'code' | 'constraint' | 'table' | 'column'> {
  const names = (['code', 'constraint', 'table', 'column'] as const).map(
    field => [field, tokenOf(Reflect.get(error, field))] as const,
  )
  return Object.fromEntries(names.filter(([, name]) => name !== undefined))
}

/** Path and code of each issue: its message may quote, and so may a path's own keys where they are no names of fields. */
function problemsOf(error: z.core.$ZodError): string[] {
  return error.issues.slice(0, listedMax).map(({ path, code }) => {
    const place = path
      .map(part => (/^[a-z]\w{0,30}$|^\d+$/.test(String(part)) ? String(part) : '*'))
      .join('.')
    return `${place === '' ? '(the whole)' : place}: ${code}`
  })
}

/** The lines "at …" of the stack. Its head repeats the message, which may have lines that begin with "at". */
function framesOf({ stack = '', message }: Error): string[] {
  const body = message === '' ? stack : stack.split(message).slice(1).join('')
  return body
    .split('\n')
    .map(line =>
      /^ {4}at (?:[\w$.<>[\] #]+ \()?((?:file:\/\/|node:|\/|[A-Z]:\\)[^\s()]+:\d+:\d+)\)?$/.exec(line),
    )
    .filter(found => found !== null)
    .slice(0, framesMax)
    .map(([frame]) => frame.trim().slice(3))
}

function isOwnFrame(frame: string): boolean {
  return frame.replaceAll('file://', '').replaceAll('\\', '/').includes(ownFolder.replaceAll('\\', '/'))
}

function tokenOf(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && token.test(text) ? text : undefined
}
