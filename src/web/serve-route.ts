import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../services/actor.ts'
import { Fields } from './fields.ts'
import { homeOf } from './home.ts'
import { renderPage } from './render-page.ts'
import { beginSession, endedActor, endSession, putNotice, quietFor, resumeSession } from './session.ts'
import type { Wren } from './settings.ts'
import type { Answer, OpenVisit, Route, SignInLimit } from './visit.ts'

interface Serving {
  readonly route: Route
  readonly wren: Wren
  readonly limitOf: (request: FastifyRequest) => SignInLimit
}

/**
 * Serves one line of the table. In this order: a form that is not ours is refused, then who is signed in, then
 * whether the role may; only then the page is asked.
 */
export function serveRoute(app: FastifyInstance, { route, wren, limitOf }: Serving): void {
  app.route({
    method: route.method,
    url: route.path,
    ...(route.method === 'POST' ? { preValidation: app.csrfProtection } : {}),
    handler: async (request, reply) => {
      const nowMs = wren.ports.clock.now().epochMilliseconds
      const isQuiet = route.isQuiet === true
      const quietMs = quietFor(request.session, nowMs)
      const resumed = await resumeSession(request.session, { accounts: wren.ports.accounts, nowMs, isQuiet })
      const late = resumed === 'ended' ? await endedActor(request.session, wren.ports.accounts) : null
      // A session is ended only in answer to a person: what she types into a form is kept for her until then.
      if (resumed === 'ended' && !isQuiet) endSession(request.session)
      const actor = resumed === 'ended' ? null : resumed
      const visit: OpenVisit = {
        actor,
        params: new Fields(request.params),
        query: new Fields(request.query),
        form: new Fields(request.body),
        wren,
        signInLimit: limitOf(request),
        quietMs,
      }
      if (route.roles === 'everyone') return send({ request, reply, wren, actor }, await route.show(visit))
      if (actor === null && isQuiet) return reply.code(403).send()
      if (actor === null) {
        const hasEnded = resumed === 'ended'
        const isKept = late !== null && (await keepTyped({ route, visit, late }))
        return send({ request, reply, wren, actor }, askToSignIn(request, { hasEnded, isKept }))
      }
      if (!route.roles.includes(actor.role)) {
        return send({ request, reply, wren, actor }, turnAway(route, actor))
      }
      return send({ request, reply, wren, actor }, await route.show({ ...visit, actor }))
    },
  })
}

/** What came with a form after the session's end is kept for whoever the session was, and shown to nobody else. */
async function keepTyped({
  route,
  visit,
  late,
}: {
  route: Route
  visit: OpenVisit
  late: Actor
}): Promise<boolean> {
  if (route.roles === 'everyone' || route.keep === undefined || !route.roles.includes(late.role)) return false
  await route.keep({ ...visit, actor: late })
  return true
}

function askToSignIn(
  request: FastifyRequest,
  { hasEnded, isKept }: { hasEnded: boolean; isKept: boolean },
): Answer {
  if (request.method === 'POST') {
    const context = { isKept, after: request.url.replace(/\/[a-z/-]+$/, '') }
    return {
      kind: 'page',
      view: 'errors/session-ended.njk',
      title: 'You have been signed out',
      status: 403,
      context,
    }
  }
  const after = request.url === '/' ? '' : `?after=${encodeURIComponent(request.url)}`
  if (!hasEnded) return { kind: 'redirect', to: `/sign-in${after}` }
  return {
    kind: 'redirect',
    to: `/sign-in${after}`,
    notice: {
      tone: 'information',
      text: 'You have been signed out because nothing was pressed for 15 minutes. Sign in to carry on.',
    },
  }
}

function turnAway(route: Route, actor: Actor): Answer {
  if (route.path === '/') return { kind: 'redirect', to: homeOf(actor.role) }
  return { kind: 'page', view: 'errors/not-allowed.njk', title: 'You cannot see this page', status: 403 }
}

interface Sending {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly wren: Wren
  readonly actor: Actor | null
}

async function send({ request, reply, wren, actor }: Sending, answer: Answer): Promise<FastifyReply> {
  switch (answer.kind) {
    case 'page':
      return renderPage({ request, reply, wren, actor }, answer)
    case 'redirect':
      if (answer.notice !== undefined) putNotice(request.session, answer.notice)
      return reply.redirect(answer.to, 303)
    case 'not-found':
      return renderPage(
        { request, reply, wren, actor },
        { kind: 'page', view: 'errors/not-found.njk', title: 'Page not found', status: 404 },
      )
    case 'file':
      return reply
        .type(answer.type)
        .header('content-disposition', `attachment; filename="${answer.name}"`)
        .send(Buffer.from(answer.bytes))
    case 'json':
      return reply.send(answer.body)
    case 'done':
      return reply.code(204).send()
    case 'signed-in': {
      const nowMs = wren.ports.clock.now().epochMilliseconds
      beginSession(request.session, { account: answer.account, nowMs })
      return reply.redirect(answer.to, 303)
    }
    case 'signed-out':
      endSession(request.session, { tone: 'success', text: 'You have signed out.' })
      return reply.redirect('/sign-in', 303)
    default:
      throw new Error(`no way to send ${answer satisfies never}`)
  }
}
