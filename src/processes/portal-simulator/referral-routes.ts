import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { ReferralPayload } from '../../referral/referral-schema.ts'
import type { CurrentMood, Mood } from './moods.ts'
import { type ReceivedReferral, toldReports } from './received-referral.ts'
import type { ReceivedReferrals } from './received-referrals.ts'

export interface ReferralRoutes {
  readonly received: ReceivedReferrals
  readonly mood: CurrentMood
  readonly accepts: (authorization: string) => Promise<boolean>
  readonly now: () => Temporal.Instant
  readonly slowMs: number
  /** How late it acknowledges when it acknowledges late. */
  readonly lateMs: number
  readonly retryAfterSeconds: number
  /** Ends the waiting of slow answers when the simulator stops. */
  readonly stopping: AbortSignal
}

interface FieldProblem {
  readonly field: string
  readonly message: string
}

/** The interface that docs/portal-openapi.yaml describes. */
export function addReferralRoutes(app: FastifyInstance, routes: ReferralRoutes): void {
  // As bytes: the same key must come with the same bytes.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  )

  app.post('/referrals', async (request, reply) => {
    const mood = routes.mood.take()
    if (isUnwell(mood)) return answerUnwell(reply, { mood, routes })
    if (!(await isAuthorised(request, routes))) return unauthorised(reply)
    const key = request.headers['idempotency-key']
    if (typeof key !== 'string' || key === '' || key.length > 255) {
      return problem(reply, 400, {
        title: 'Idempotency-Key is missing',
        detail: 'Send the header Idempotency-Key.',
      })
    }
    if (mood === 'refuse') {
      const detail = 'The portal simulator was told to refuse referrals.'
      return problem(reply, 400, { title: 'Refused', detail })
    }
    const body = request.body instanceof Uint8Array ? request.body : new Uint8Array()
    const read = readReferral(body, key)
    if ('problems' in read) {
      return problem(reply, 422, { title: 'The referral cannot be read', problems: read.problems })
    }
    const late = mood === 'acknowledge-late' ? { acknowledgeAfterMs: routes.lateMs } : {}
    const kept = await routes.received.keep({ key, body, referral: read.referral, ...late })
    if (kept.kind === 'other-body') {
      return problem(reply, 422, { title: 'This Idempotency-Key was used before with another referral' })
    }
    if (mood === 'decline') {
      const reason = 'The portal simulator was told to decline referrals.'
      await routes.received.decide(key, { status: 'declined', reason })
    }
    if (mood === 'lose-answer') return reply.hijack().raw.destroy()
    if (mood === 'slow') await wait(routes.slowMs, undefined, { signal: routes.stopping })
    const receipt = receiptOf(kept.received, routes.now())
    return reply.status(receipt.reference === null ? 202 : kept.kind === 'new' ? 201 : 200).send(receipt)
  })

  app.get<{ Params: { key: string } }>('/referrals/by-key/:key', async (request, reply) => {
    const mood = routes.mood.take()
    if (isUnwell(mood)) return answerUnwell(reply, { mood, routes })
    if (!(await isAuthorised(request, routes))) return unauthorised(reply)
    if (mood === 'slow') await wait(routes.slowMs, undefined, { signal: routes.stopping })
    const received = routes.received.byKey(request.params.key)
    if (received === null) return problem(reply, 404, { title: 'No referral came under this key' })
    const now = routes.now()
    return reply.send({ ...receiptOf(received, now), reports: toldReports(received, now) })
  })
}

/** A portal that acknowledges late gives a receipt, and no reference yet. */
function receiptOf(received: ReceivedReferral, now: Temporal.Instant) {
  const { reference, key, receivedAt } = received
  const isAcknowledged = toldReports(received, now).length > 0
  return isAcknowledged
    ? { reference, key, receivedAt }
    : { reference: null, receipt: `in ${receivedAt}`, key, receivedAt }
}

function readReferral(
  body: Uint8Array,
  key: string,
): { readonly referral: ReferralPayload } | { readonly problems: readonly FieldProblem[] } {
  const parsed = ReferralPayload.safeParse(jsonIn(body))
  if (!parsed.success) return { problems: parsed.error.issues.slice(0, 20).map(fieldProblem) }
  if (parsed.data.id === key) return { referral: parsed.data }
  return { problems: [{ field: 'id', message: 'must equal the Idempotency-Key' }] }
}

function fieldProblem({ path, message }: z.core.$ZodIssue): FieldProblem {
  return { field: path.length === 0 ? 'body' : path.join('.'), message }
}

function jsonIn(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return undefined // the schema then says that an object was expected
  }
}

type Unwell = Extract<Mood, 'down' | 'html-200' | 'rate-limit'>

/** Moods in which a request never gets as far as the portal's own program. */
function isUnwell(mood: Mood): mood is Unwell {
  return mood === 'down' || mood === 'html-200' || mood === 'rate-limit'
}

function answerUnwell(
  reply: FastifyReply,
  { mood, routes }: { mood: Unwell; routes: ReferralRoutes },
): FastifyReply {
  switch (mood) {
    case 'down':
      return problem(reply, 503, { title: 'Down' })
    case 'html-200':
      return reply
        .type('text/html')
        .send('<!doctype html><title>Welcome</title><p>Please sign in to the network.</p>')
    case 'rate-limit':
      return problem(reply.header('retry-after', String(routes.retryAfterSeconds)), 429, {
        title: 'Too busy',
      })
    default:
      throw new Error(`no answer for mood ${mood satisfies never}`)
  }
}

function isAuthorised({ headers }: FastifyRequest, { accepts }: ReferralRoutes): Promise<boolean> {
  return accepts(headers.authorization ?? '')
}

function unauthorised(reply: FastifyReply): FastifyReply {
  const title = 'The token is missing or not known'
  return problem(reply.header('www-authenticate', 'Bearer'), 401, { title })
}

/** RFC 9457 problem details. */
function problem(
  reply: FastifyReply,
  status: number,
  details: { readonly title: string; readonly detail?: string; readonly problems?: readonly FieldProblem[] },
): FastifyReply {
  return reply
    .status(status)
    .type('application/problem+json')
    .send({ status, ...details })
}
