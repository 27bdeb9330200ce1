import { z } from 'zod'
import type { ReceiverReport } from '../../../referral/receiver-report.ts'
import { readReason, type Taken, tidy, wordsLengthMax } from '../portal-words.ts'
import { idWithin, keyIdentifier, urn } from './fhir-element.ts'
import { readDecisions, Task } from './read-decisions.ts'

const word = z.string().optional().catch(undefined)

const MessageHeader = z.object({
  resourceType: z.literal('MessageHeader'),
  id: word,
  response: z.object({ identifier: word, code: word }).optional().catch(undefined),
})
const ServiceRequest = z.object({
  resourceType: z.literal('ServiceRequest'),
  id: word,
  identifier: z
    .array(z.object({ system: word, value: word }))
    .default([])
    .catch([]),
})
const OperationOutcome = z.object({
  resourceType: z.literal('OperationOutcome'),
  issue: z
    .array(
      z.object({
        severity: word,
        code: word,
        diagnostics: word,
        details: z.object({ text: word }).optional().catch(undefined),
      }),
    )
    .default([])
    .catch([]),
})
const Told = z.discriminatedUnion('resourceType', [MessageHeader, ServiceRequest, Task, OperationOutcome])
const Bundle = z.object({
  resourceType: z.literal('Bundle'),
  type: word,
  entry: z
    .array(z.object({ resource: Told.optional().catch(undefined) }))
    .default([])
    .catch([]),
})

/** What a receiver may say in FHIR, as far as it is about one referral. */
export interface MessageTold {
  /** `searchset` answers a question, `message` a message; null where a resource came alone. */
  readonly type: string | null
  readonly header: z.infer<typeof MessageHeader> | null
  readonly requests: readonly z.infer<typeof ServiceRequest>[]
  readonly tasks: readonly Task[]
  readonly issues: z.infer<typeof OperationOutcome>['issue']
}

/** Null where it is no FHIR that we understand, such as a web page. */
export function readMessage(body: string | null): MessageTold | null {
  const json = jsonIn(body)
  const bundle = Bundle.safeParse(json)
  const alone = Told.safeParse(json)
  if (!bundle.success && !alone.success) return null
  const resources = bundle.success
    ? bundle.data.entry.flatMap(({ resource }) => resource ?? [])
    : [alone.data].flatMap(resource => resource ?? [])
  return {
    type: bundle.success ? (bundle.data.type ?? '') : null,
    header: resources.find(each => each.resourceType === 'MessageHeader') ?? null,
    requests: resources.filter(each => each.resourceType === 'ServiceRequest'),
    tasks: resources.filter(each => each.resourceType === 'Task'),
    issues: resources.filter(each => each.resourceType === 'OperationOutcome').flatMap(({ issue }) => issue),
  }
}

/** The request that stands under our key. */
export function ourRequest({ requests }: MessageTold, key: string): z.infer<typeof ServiceRequest> | null {
  const ours = keyIdentifier(key).value
  return requests.find(({ identifier }) => identifier.some(({ value }) => value === ours)) ?? null
}

/** What a response message says of ours: `ok`, `transient-error` or `fatal-error`; null where it answers none of ours. */
export function responseCode(body: string | null, key: string): string | null {
  const told = readMessage(body)
  return told !== null && answersOurs(told, key) ? (told.header?.response?.code ?? null) : null
}

function answersOurs({ header }: MessageTold, key: string): boolean {
  return header?.response?.identifier === idWithin(key, 'MessageHeader')
}

/** That it holds our referral: with a reference, which is the first identifier beside ours, or without one yet. */
export function readMessageTaken(body: string | null, key: string): Taken | null {
  const told = readMessage(body)
  const request = told === null ? null : ourRequest(told, key)
  if (told === null || (request === null && !answersOurs(told, key))) return null
  const ours = keyIdentifier(key).value
  const reference = (request?.identifier ?? [])
    .map(({ value }) => tidy(value ?? ''))
    .find(text => text !== '' && text !== ours && text.length <= 100)
  if (reference !== undefined) return { kind: 'acknowledged', reference }
  return { kind: 'delivered', receipt: told.header?.id ?? 'held by the receiver' }
}

/** An outcome that stands alone and reports no error. */
export function isPlainSuccess({ type, issues }: MessageTold): boolean {
  const isHarmless = issues.every(({ severity }) => severity === 'information' || severity === 'warning')
  return type === null && issues.length > 0 && isHarmless
}

/** What was decided about our referral since. */
export function readMessageReports(body: string | null, key: string): readonly ReceiverReport[] {
  const taken = readMessageTaken(body, key)
  const told = readMessage(body)
  const id = told === null ? undefined : ourRequest(told, key)?.id
  if (taken?.kind !== 'acknowledged' || told === null || id === undefined) return []
  const ours = told.tasks.filter(
    ({ focus }) => focus.reference === urn(id) || focus.reference.endsWith(`ServiceRequest/${id}`),
  )
  return readDecisions(ours, { key, reference: taken.reference })
}

/** Why a message was turned away, in the receiver's words; a gateway before it may speak another language. */
export function readMessageReason(body: string | null): string | null {
  const issues = readMessage(body)?.issues ?? []
  const words = issues
    .filter(({ severity }) => severity === 'error' || severity === 'fatal')
    .map(({ details, diagnostics }) => tidy(details?.text ?? diagnostics ?? ''))
    .filter(text => text !== '')
    .join('; ')
  return words === '' ? readReason(body) : words.slice(0, wordsLengthMax)
}

function jsonIn(body: string | null): unknown {
  try {
    return body === null ? null : JSON.parse(body)
  } catch {
    return null // HTML of a gateway, half a body: nothing that could be read as an answer
  }
}
