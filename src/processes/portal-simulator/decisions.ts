import type { FastifyInstance, FastifyReply } from 'fastify'
import { openViews } from './page-views.ts'
import { presentAgenda, presentDiscussion } from './present-decisions.ts'
import { DecisionForm, type FieldProblem, readDecision, type Typed } from './read-decision.ts'
import { type ReceivedReferral, standingOf } from './received-referral.ts'
import type { ReceivedReferrals } from './received-referrals.ts'

/**
 * The weekly meeting and the answers before it: people accept or decline a referral, set its pathway and step it
 * down. Each decision goes back to Wren by itself.
 */
export function addDecisions(
  app: FastifyInstance,
  {
    received,
    now,
    callsBack,
  }: {
    readonly received: ReceivedReferrals
    readonly now: () => Temporal.Instant
    /** Whether Wren is told by itself, or has to ask. */
    readonly callsBack: () => boolean
  },
): void {
  const views = openViews()
  const html = (reply: FastifyReply, status: number, view: string, context: object): FastifyReply =>
    reply.status(status).type('text/html; charset=utf-8').send(views.render(view, context))
  const discussion = (found: ReceivedReferral, typed: Typed, problems: readonly FieldProblem[]) =>
    presentDiscussion(found, { now: now(), callsBack: callsBack(), typed, problems })

  app.get<{ Querystring: { decided?: string } }>('/meeting', (request, reply) => {
    const decided = received.byReference(request.query.decided ?? '')
    return html(reply, 200, 'meeting.njk', {
      ...presentAgenda(received.newestFirst(), now()),
      decided: decided?.reference ?? null,
      callsBack: callsBack(),
    })
  })

  app.get<{ Params: { reference: string } }>('/meeting/:reference', (request, reply) => {
    const found = received.byReference(request.params.reference)
    if (found === null) return html(reply, 404, 'not-found.njk', {})
    return html(reply, 200, 'discussion.njk', discussion(found, {}, []))
  })

  app.post<{ Params: { reference: string } }>('/meeting/:reference', async (request, reply) => {
    const found = received.byReference(request.params.reference)
    if (found === null) return html(reply, 404, 'not-found.njk', {})
    const form = DecisionForm.safeParse(request.body)
    const typed = form.success ? form.data : {}
    const read = readDecision(typed, standingOf(found, now()))
    if ('problems' in read) return html(reply, 422, 'discussion.njk', discussion(found, typed, read.problems))
    const decided = await received.decide(found.key, read.decision)
    return decided === null
      ? reply.redirect(`/meeting/${found.reference}`, 303) // somebody was faster: this is how it stands now
      : reply.redirect(`/meeting?decided=${found.reference}`, 303)
  })
}
