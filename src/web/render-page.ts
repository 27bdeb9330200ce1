import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../services/actor.ts'
import { homeOf, navigationOf } from './home.ts'
import { roleNames } from './presenters/role.ts'
import { idleMs, takeNotice } from './session.ts'
import type { Wren } from './settings.ts'
import type { Answer } from './visit.ts'

interface Rendering {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly wren: Wren
  readonly actor: Actor | null
}

/** Renders a page with what every page has: who is signed in, the links, the notice, the token of its forms. */
export async function renderPage(
  { request, reply, wren, actor }: Rendering,
  page: Extract<Answer, { kind: 'page' }>,
): Promise<FastifyReply> {
  const path = request.url.split('?')[0] ?? '/'
  const html = await reply.viewAsync(page.view, {
    ...page.context,
    title: page.title,
    actor: actor === null ? null : { name: actor.name, role: roleNames[actor.role] },
    navigation: actor === null ? [] : navigationOf(actor.role, path),
    htmlAttributes: actor === null || !seesChildren(actor) ? {} : { 'data-marking': wren.settings.marking },
    home: actor === null ? '/sign-in' : homeOf(actor.role),
    notice: takeNotice(request.session),
    csrfToken: reply.generateCsrf(),
    cspNonce: reply.scriptNonce,
    assets: reply.assetsPath,
    isDemo: wren.settings.isDemo,
    demoPortalUrl: wren.settings.demoPortalUrl,
    helpContact: wren.settings.helpContact,
    idleMinutes: idleMs / 60_000,
  })
  return reply
    .code(page.status ?? 200)
    .type('text/html; charset=utf-8')
    .send(html)
}

/** Whose pages show children: on paper these say how to handle it. */
function seesChildren({ role }: Actor): boolean {
  return role === 'nurse' || role === 'lead'
}
