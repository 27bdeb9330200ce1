import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { systems } from '../../adapters/portal/fhir/fhir-element.ts'
import { heldMessage, type Issue, outcomeOf, searchset } from './fhir-answers.ts'
import type { Mood } from './moods.ts'
import { readReferralMessage } from './read-referral-message.ts'
import type { ReferralRoutes } from './referral-routes.ts'

/** Headers without which a message is turned away: NHS England's Booking and Referral Standard. */
const headersNeeded = [
  'x-request-id',
  'x-correlation-id',
  'nhsd-target-identifier',
  'nhsd-end-user-organisation',
  'nhsd-requesting-software',
] as const

/** The same portal for those who speak FHIR: `$process-message`, and a search for a referral by its identifier. */
export function addFhirDoor(app: FastifyInstance, routes: ReferralRoutes): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/fhir+json', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  )
  app.addHook('onSend', async ({ headers }, reply) => {
    for (const name of ['x-request-id', 'x-correlation-id'] as const) {
      if (headers[name] !== undefined) reply.header(name, headers[name])
    }
  })

  app.post('/fhir/$process-message', async (request, reply) => {
    const mood = routes.mood.take()
    const problem = await problemBefore(request, { mood, routes })
    if (problem !== null) return answerProblem(reply, problem)
    if (mood === 'refuse') {
      return answerIssue(reply, 400, {
        code: 'business-rule',
        coding: 'REC_BAD_REQUEST',
        diagnostics: 'The portal simulator was told to refuse referrals.',
      })
    }
    const body = request.body instanceof Uint8Array ? request.body : new Uint8Array()
    const read = readReferralMessage(jsonIn(body))
    if (read.kind === 'unreadable') {
      return answerIssue(reply, 422, unprocessable(`The message cannot be read: ${read.problems.join('; ')}`))
    }
    const { referral, messageId } = read
    const late = mood === 'acknowledge-late' ? { acknowledgeAfterMs: routes.lateMs } : {}
    const kept = await routes.received.keep({ key: referral.id, body, referral, ...late })
    if (kept.kind === 'other-body') {
      return answerIssue(reply, 422, unprocessable('This identifier came before with another referral.'))
    }
    if (mood === 'decline') {
      const reason = 'The portal simulator was told to decline referrals.'
      await routes.received.decide(referral.id, { status: 'declined', reason })
    }
    if (mood === 'lose-answer') return reply.hijack().raw.destroy()
    if (mood === 'slow') await wait(routes.slowMs, undefined, { signal: routes.stopping })
    if (kept.kind === 'repeat') {
      const diagnostics = 'This message was processed before.'
      return answerIssue(reply, 409, { code: 'duplicate', coding: 'REC_CONFLICT', diagnostics })
    }
    return answer(reply, 200, heldMessage({ received: kept.received, now: routes.now() }, messageId))
  })

  app.get<{ Querystring: { identifier?: string } }>('/fhir/ServiceRequest', async (request, reply) => {
    const mood = routes.mood.take()
    const problem = await problemBefore(request, { mood, routes })
    if (problem !== null) return answerProblem(reply, problem)
    if (mood === 'slow') await wait(routes.slowMs, undefined, { signal: routes.stopping })
    const [system, value = ''] = (request.query.identifier ?? '').split('|')
    const key = value.replace(/^urn:uuid:/, '')
    const received = system === systems.uri ? routes.received.byKey(key) : null
    const held = received === null ? null : { received, now: routes.now() }
    const self = `ServiceRequest?identifier=${encodeURIComponent(request.query.identifier ?? '')}`
    return answer(reply, 200, searchset(held, self))
  })
}

type Problem =
  | { readonly kind: 'web-page' }
  | { readonly kind: 'issue'; readonly status: number; readonly issue: Issue; readonly waitSeconds?: number }

/** What stands between a request and the portal's own program: its mood, who asks, and the headers. */
async function problemBefore(
  { headers }: FastifyRequest,
  { mood, routes }: { readonly mood: Mood; readonly routes: ReferralRoutes },
): Promise<Problem | null> {
  if (mood === 'html-200') return { kind: 'web-page' }
  if (mood === 'down') {
    const issue = { code: 'transient', coding: 'REC_UNAVAILABLE', diagnostics: 'Down' }
    return { kind: 'issue', status: 503, issue }
  }
  if (mood === 'rate-limit') {
    const issue = { code: 'throttled', coding: 'REC_TOO_MANY_REQUESTS', diagnostics: 'Too busy' }
    return { kind: 'issue', status: 429, issue, waitSeconds: routes.retryAfterSeconds }
  }
  if (!(await routes.accepts(headers.authorization ?? ''))) {
    const diagnostics = 'The token is missing or not known'
    const issue = { code: 'security', coding: 'REC_UNAUTHORIZED', diagnostics }
    return { kind: 'issue', status: 401, issue }
  }
  const missing = headersNeeded.filter(name => headers[name] === undefined)
  if (missing.length === 0) return null
  const diagnostics = `Send these headers: ${missing.join(', ')}`
  const issue = { code: 'required', coding: 'REC_BAD_REQUEST', diagnostics }
  return { kind: 'issue', status: 400, issue }
}

function answerProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  if (problem.kind === 'web-page') {
    return reply
      .type('text/html')
      .send('<!doctype html><title>Welcome</title><p>Please sign in to the network.</p>')
  }
  const { status, issue, waitSeconds } = problem
  if (waitSeconds !== undefined) reply.header('retry-after', String(waitSeconds))
  return answerIssue(reply, status, issue)
}

function unprocessable(diagnostics: string): Issue {
  return { code: 'processing', coding: 'REC_UNPROCESSABLE_ENTITY', diagnostics }
}

function answerIssue(reply: FastifyReply, status: number, issue: Issue): FastifyReply {
  return answer(reply, status, outcomeOf(issue))
}

function answer(reply: FastifyReply, status: number, resource: object): FastifyReply {
  return reply.status(status).type('application/fhir+json').send(JSON.stringify(resource))
}

function jsonIn(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return undefined // the schema then says that an object was expected
  }
}
