import { z } from 'zod'
import { ageBands } from '../../attendance/cohort.ts'
import { parseNhsNumber } from '../../attendance/nhs-number.ts'
import { ledgerOutcomes } from '../../review/ledger.ts'

/** Fields that several events have. Every object is strict: a field that this version does not know is not dropped. */

export const text = z.string()
export const textOrNull = z.string().nullable()
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
export const wholeNumber = z.number().int().min(0)

export const nhsNumber = z.string().transform((written, context) => {
  const number = parseNhsNumber(written)
  if (number !== null) return number
  context.addIssue({ code: 'custom', message: 'not an NHS number' })
  return z.NEVER
})

export const deliveryFields = z.strictObject({
  channel: text,
  stream: text,
  partition: wholeNumber,
  offset: text,
  receivedAt: text,
})

export const ageBand = z.enum(ageBands)
export const ledgerOutcome = z.enum(ledgerOutcomes)

/** An event in one of Wren's own topics that this version cannot read: it stops the projection, and is never passed over. */
export class UnknownEvent extends Error {
  constructor(what: string, problem: string) {
    super(`a ${what} cannot be read: ${problem}. Was it written by a newer version of Wren?`)
  }
}

/** Reads a JSON event. What is wrong is said by field and kind only: the values are a patient's. */
export function parseEvent<Shape extends z.ZodType>(
  what: string,
  shape: Shape,
  bytes: Uint8Array | null,
): z.infer<Shape> {
  return parseFields(what, shape, parseJson(what, bytes))
}

/** The same, of a value that was read from JSON already. */
export function parseFields<Shape extends z.ZodType>(
  what: string,
  shape: Shape,
  value: unknown,
): z.infer<Shape> {
  const parsed = shape.safeParse(value)
  if (parsed.success) return parsed.data
  const [first] = parsed.error.issues
  throw new UnknownEvent(what, `${first?.path.join('.') ?? ''} is refused (${first?.code ?? 'unknown'})`)
}

export function parseJson(what: string, bytes: Uint8Array | null): unknown {
  if (bytes === null) throw new UnknownEvent(what, 'it is empty')
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    // The engine's own message quotes the text.
    throw new UnknownEvent(what, 'it is not JSON')
  }
}
