import { type DestinationStream, type LoggerOptions, pino, stdTimeFunctions } from 'pino'
import { makeWithhold, type Withhold } from './withhold.ts'

export type Logger = pino.Logger

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/**
 * Writes one JSON object a line. No word of a note, no name and no NHS number comes out of it: whatever is
 * handed to it passes through `withhold`, at any depth, in fields, child loggers, messages and errors alike.
 * pino's own `redact` is not used for this: each of its paths names one depth, and it reads no error messages.
 *
 * A part of the program takes a child that says which part it is: `log.child({ subject: 'kafka' })`.
 */
export function makeLogger({
  level,
  destination,
  identifierKey,
}: {
  readonly level: LogLevel
  /** Standard output unless given: commands whose standard output is data give standard error. */
  readonly destination?: DestinationStream
  /** Makes attendance references alike in all processes. Without it they join the lines of one process only. */
  readonly identifierKey?: string | Uint8Array
}): Logger {
  const withhold = makeWithhold(identifierKey)
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: label => ({ level: label }) },
    hooks: {
      logMethod(args, method) {
        const [first, ...rest]: readonly unknown[] = args
        // pino would take an error's own message for the line's: it gets the description instead.
        const subject = first instanceof Error ? { err: withhold(first) } : withhold(first)
        Reflect.apply(method, this, [subject, ...rest.map(each => withhold(each))])
      },
    },
  }
  return guardBindings(destination === undefined ? pino(options) : pino(options, destination), withhold)
}

/**
 * pino hands neither a child's bindings nor those set later to the hook above, and a child may bring serialisers
 * of its own (Fastify's print the address asked for, which can hold a search). Both doors are closed here, for
 * all descendants.
 */
function guardBindings(logger: Logger, withhold: Withhold): Logger {
  const { child, setBindings } = logger
  return Object.assign(logger, {
    child(this: Logger, bindings: pino.Bindings, options: pino.ChildLoggerOptions = {}) {
      return Reflect.apply(child, this, [withhold(bindings), { ...options, serializers: {} }])
    },
    setBindings(this: Logger, bindings: pino.Bindings) {
      Reflect.apply(setBindings, this, [withhold(bindings)])
    },
  })
}
