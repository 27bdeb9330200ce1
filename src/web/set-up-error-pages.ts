import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { renderPage } from './render-page.ts'
import { resumeSession } from './session.ts'
import type { Wren } from './settings.ts'
import type { Answer } from './visit.ts'

type Page = Extract<Answer, { kind: 'page' }>

/** Pages for what goes wrong. None of them repeats anything of the request or of the error. */
export function setUpErrorPages(app: FastifyInstance, wren: Wren): void {
  app.setNotFoundHandler(async (request, reply) => {
    const actor = await actorOf(request, wren)
    return renderPage({ request, reply, wren, actor }, notFoundPage)
  })
  app.setErrorHandler<Error & { statusCode?: number; code?: string }>(async (error, request, reply) => {
    const page = pageOf(error)
    if (page.status === 500) {
      wren.log.error({ err: error, route: request.routeOptions.url, method: request.method }, 'a page failed')
    }
    return renderOrSay({ request, reply, wren }, page)
  })
}

/** For an address that no page can be looked up for, such as "/%": no session is known there, so no page of ours. */
export function answerBadAddress(_error: unknown, _request: FastifyRequest, reply: FastifyReply): void {
  reply.code(404).header('content-security-policy', "default-src 'none'").type('text/html; charset=utf-8')
  reply.send(badAddressPage)
}

const badAddressPage = `<!doctype html>
<html lang="en">
<title>Page not found – Wren</title>
<h1>Page not found</h1>
<p>The address is not one of Wren’s. <a href="/">Go to Wren</a></p>
</html>
`

const notFoundPage: Page = {
  kind: 'page',
  view: 'errors/not-found.njk',
  title: 'Page not found',
  status: 404,
}

const failedPage: Page = {
  kind: 'page',
  view: 'errors/failed.njk',
  title: 'Sorry, there is a problem',
  status: 500,
}

function pageOf(error: { statusCode?: number; code?: string }): Page {
  if (error.code?.startsWith('FST_CSRF_') === true) {
    return { kind: 'page', view: 'errors/form-expired.njk', title: 'This form has expired', status: 403 }
  }
  if (error.statusCode === 413) {
    return { kind: 'page', view: 'errors/too-long.njk', title: 'That is too much text', status: 413 }
  }
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return { ...notFoundPage, status: error.statusCode }
  }
  return failedPage
}

async function renderOrSay(
  { request, reply, wren }: { request: FastifyRequest; reply: FastifyReply; wren: Wren },
  page: Page,
): Promise<FastifyReply> {
  try {
    const actor = await actorOf(request, wren)
    return await renderPage({ request, reply, wren, actor }, page)
  } catch (error) {
    // The store or the templates are what failed: these words need neither.
    wren.log.error({ err: error }, 'an error page failed')
    return reply.code(500).type('text/plain; charset=utf-8').send(plainWords)
  }
}

const plainWords = 'Sorry, there is a problem with Wren. Nothing was saved. Try again in a few minutes.\n'

async function actorOf(request: FastifyRequest, { ports }: Wren) {
  const nowMs = ports.clock.now().epochMilliseconds
  const resumed = await resumeSession(request.session, { accounts: ports.accounts, nowMs })
  return resumed === 'ended' ? null : resumed
}
