import { randomUUID } from 'node:crypto'
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify'
import { isBearerOf } from './bearer-token.ts'
import { type MappedScreen, mediaTypes, readBodyType } from './body-type.ts'
import { answerRequest, type Intake, linesMax } from './screen-request.ts'

const retryAfterSeconds = 5
const requestTimeoutMs = 60_000

export interface HttpInletOptions extends Intake {
  readonly host: string
  /** 0 takes any free port; `url` tells which. */
  readonly port: number
  /** Senders show it as `Authorization: Bearer …`. */
  readonly token: string
  readonly bodyLimitBytes: number
  /** What reads extracts and engines' own JSON; senders name one in their content type. */
  readonly mapped?: readonly MappedScreen[]
}

export interface HttpInlet {
  readonly url: string
  /** Answers what is under way, then closes. */
  stop(): Promise<void>
}

/**
 * Takes attendances over HTTP. A message is acknowledged only after the store has saved its outcome: whatever a
 * sender was not told is safe it must send again, and the second time counts as a duplicate.
 */
export async function startHttpInlet(options: HttpInletOptions): Promise<HttpInlet> {
  const app = Fastify({
    bodyLimit: options.bodyLimitBytes,
    requestTimeout: requestTimeoutMs,
    forceCloseConnections: 'idle',
    genReqId: () => randomUUID(), // names each delivery, so it is never used twice
    logger: false, // a body must reach no log
  })
  takeBytes(app)
  app.addHook('onSend', async (_request, reply) => {
    reply.headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
  })
  app.get('/', async (_request, reply) => reply.type('text/plain; charset=utf-8').send(welcomeOf(options)))
  app.post('/attendances', {
    onRequest: async (request, reply) => refuseEarly({ request, reply, options }),
    handler: async (request, reply) => takeRequest({ request, reply, options }),
  })
  app.setNotFoundHandler((_request, reply) =>
    refuse(reply, 404, 'nothing is here: send attendances with POST /attendances'),
  )
  app.setErrorHandler<FastifyError>((error, _request, reply) => answerError({ error, reply, options }))
  const url = await app.listen({ host: options.host, port: options.port })
  return { url, stop: () => app.close() }
}

/** The bytes of a message are hashed and kept as they came, so nothing but the decoder may parse them. */
function takeBytes(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser([...mediaTypes], { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
}

/** Before a byte of the body is read. */
async function refuseEarly(asked: {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly options: HttpInletOptions
}): Promise<FastifyReply | undefined> {
  const { request, reply, options } = asked
  const {
    authorization,
    'content-encoding': encoding = 'identity',
    'content-type': type = '',
  } = request.headers
  if (!isBearerOf(options.token, authorization)) {
    reply.header('www-authenticate', 'Bearer')
    return refuse(reply, 401, 'send the intake token, as "Authorization: Bearer TOKEN"')
  }
  if (encoding !== 'identity') return refuse(reply, 415, 'send the body as it is, without Content-Encoding')
  const body = readBodyType(type, { screen: options.screen, mapped: options.mapped ?? [] })
  if ('problem' in body) return refuse(reply, 415, body.problem)
  return undefined
}

async function takeRequest(asked: {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly options: HttpInletOptions
}): Promise<FastifyReply> {
  const { request, reply, options } = asked
  const contentType = request.headers['content-type'] ?? ''
  const type = readBodyType(contentType, { screen: options.screen, mapped: options.mapped ?? [] })
  if ('problem' in type) return refuse(reply, 415, type.problem)
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  const answer = await answerRequest({ ...options, requestId: request.id, type, body })
  if (answer.status === 503) reply.header('retry-after', retryAfterSeconds)
  return reply.status(answer.status).send(answer.body)
}

function answerError(failed: {
  readonly error: FastifyError
  readonly reply: FastifyReply
  readonly options: HttpInletOptions
}): FastifyReply {
  const { error, reply, options } = failed
  const status = error.statusCode ?? 500
  if (status === 413) {
    return refuse(reply, 413, `the body is too large: at most ${options.bodyLimitBytes} bytes a request`)
  }
  if (status === 415) return refuse(reply, 415, `send one of ${mediaTypes.join(', ')}`)
  if (status < 500)
    return refuse(reply, status, 'the request is broken: its body did not arrive as announced')
  options.hooks.onFailure(error)
  return refuse(reply, 500, 'Wren failed, and nothing of this request is acknowledged. The log says why')
}

function refuse(reply: FastifyReply, status: number, problem: string): FastifyReply {
  return reply.status(status).send({ problem })
}

function welcomeOf({ bodyLimitBytes }: HttpInletOptions): string {
  return `Wren takes attendances here.

POST /attendances
  Authorization: Bearer TOKEN
  Content-Type:  application/json      one attendance
                 application/x-ndjson  one attendance a line, at most ${linesMax} lines
                 application/hl7-v2    one HL7 v2 message
                 application/fhir+json, application/fhir+xml
                                       one FHIR Bundle
                 application/json; mapping=NAME, text/csv; mapping=NAME
                                       your own JSON or CSV, by a mapping of WREN_MAPPINGS

At most ${bodyLimitBytes} bytes a request. The answer comes when the outcome of every message is saved.
The fields are described in docs/attendance-json.md; the other formats in docs/feeds.md.
`
}
