import Fastify, { type FastifyError, type FastifyReply, type FastifyRequest } from 'fastify'
import { ReceiverReport } from '../../referral/receiver-report.ts'
import type { CallBackRefusal, TakenReport } from '../../services/take-report.ts'
import { toleranceSeconds, verifySignature } from './webhook-signature.ts'

export interface CallBackDoorOptions {
  readonly host: string
  /** 0 takes any free port; `url` tells which. */
  readonly port: number
  /** One, or two while one is being changed. */
  readonly secrets: readonly Uint8Array[]
  readonly clock: { now(): Temporal.Instant }
  readonly take: (report: ReceiverReport) => Promise<TakenReport>
  readonly hooks: {
    readonly onTaken: (taken: TakenReport) => void
    readonly onRefused: (refusal: CallBackRefusal) => void
    /** The store did not answer, or Wren failed: the portal was asked to call again. */
    readonly onFailure: (error: unknown) => void
  }
}

export interface CallBackDoor {
  /** Where portals call, such as http://127.0.0.1:8084/call-backs. */
  readonly url: string
  /** Closes at once: what is under way is saved or not, and is called again. */
  stop(): Promise<void>
}

/** A report is a few hundred bytes. */
const bodyBytesMax = 32_768
const requestTimeoutMs = 10_000
const retryAfterSeconds = 10

/**
 * Where a portal says what became of a referral. Whoever calls proves by a signature over the very bytes that it
 * holds the secret; nobody else learns whether a referral exists. 200 is answered only when the report is saved, or
 * changes nothing.
 */
export async function openCallBackDoor(options: CallBackDoorOptions): Promise<CallBackDoor> {
  const app = Fastify({
    bodyLimit: bodyBytesMax,
    requestTimeout: requestTimeoutMs,
    forceCloseConnections: true,
    logger: false, // a body must reach no log
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  )
  app.addHook('onSend', async (_request, reply) => {
    reply.headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
  })
  app.post('/call-backs', (request, reply) => takeCallBack({ request, reply, options }))
  app.setNotFoundHandler((_request, reply) =>
    refuse(reply, 404, 'nothing is here: call back with POST /call-backs'),
  )
  app.setErrorHandler<FastifyError>((error, _request, reply) => answerError({ error, reply, options }))
  const url = await app.listen({ host: options.host, port: options.port })
  return { url: `${url}/call-backs`, stop: () => app.close() }
}

async function takeCallBack(called: {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly options: CallBackDoorOptions
}): Promise<FastifyReply> {
  const { request, reply, options } = called
  const { clock, secrets, hooks } = options
  const header = (name: string): string => String(request.headers[name] ?? '')
  const id = header('webhook-id')
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  const shown = { id, timestamp: header('webhook-timestamp'), signature: header('webhook-signature'), body }
  const verdict = verifySignature(shown, { secrets, now: clock.now() })
  if (verdict.kind === 'forged') {
    hooks.onRefused('signature')
    return refuse(reply, 401, 'the signature does not fit: sign as Standard Webhooks says, with our secret')
  }
  if (verdict.kind === 'not-now') {
    hooks.onRefused('clock')
    return refuse(reply, 401, clockWords(verdict.secondsOff))
  }
  const read = readReport(body, id)
  if ('problem' in read) {
    hooks.onRefused('unreadable')
    return refuse(reply, 422, read.problem)
  }
  const taken = await options.take(read.report)
  hooks.onTaken(taken)
  if (taken === 'not-found') return refuse(reply, 404, 'Wren has sent no referral under this key')
  return reply.send({ result: taken })
}

/** Names the field, never what stood in it. */
function readReport(
  body: Buffer,
  id: string,
): { readonly report: ReceiverReport } | { readonly problem: string } {
  const parsed = ReceiverReport.safeParse(jsonIn(body))
  if (!parsed.success) {
    const [first] = parsed.error.issues
    const field = first === undefined || first.path.length === 0 ? 'the body' : first.path.join('.')
    return { problem: `${field} cannot be read: docs/portal-openapi.yaml describes a report` }
  }
  return parsed.data.id === id
    ? { report: parsed.data }
    : { problem: 'id must equal the header webhook-id, so that a repeat is known' }
}

function clockWords(secondsOff: number): string {
  const where = secondsOff > 0 ? 'behind' : 'ahead of'
  return `the timestamp is ${Math.abs(secondsOff)} seconds ${where} our clock, and may be ${toleranceSeconds} off: set the clock, and sign each attempt anew`
}

function answerError(failed: {
  readonly error: FastifyError
  readonly reply: FastifyReply
  readonly options: CallBackDoorOptions
}): FastifyReply {
  const { error, reply, options } = failed
  const status = error.statusCode ?? 500
  if (status === 413) {
    options.hooks.onRefused('too-large')
    return refuse(reply, 413, `the body is too large: at most ${bodyBytesMax} bytes`)
  }
  if (status < 500) {
    options.hooks.onRefused('unreadable')
    return refuse(reply, status, status === 415 ? 'send application/json' : 'the request is broken')
  }
  options.hooks.onFailure(error)
  return refuse(reply.header('retry-after', String(retryAfterSeconds)), 503, 'not saved: call again')
}

function refuse(reply: FastifyReply, status: number, problem: string): FastifyReply {
  return reply.status(status).send({ problem })
}

function jsonIn(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return undefined // the schema then says that the body cannot be read
  }
}
