import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { type CurrentMood, MoodRequest, moodNames, moods } from './moods.ts'
import { openViews, viewsFolder } from './page-views.ts'
import { standingWordsOf } from './present-decisions.ts'
import { presentArrival, presentReferral } from './present-referral.ts'
import type { ReceivedReferrals } from './received-referrals.ts'

/** Referrals on the first page; the count above them tells of all. */
const arrivalsShownMax = 50

/** The pages for people, and what a demo or a test asks of the simulator itself. */
export function addPages(
  app: FastifyInstance,
  {
    received,
    mood,
    now,
  }: {
    readonly received: ReceivedReferrals
    readonly mood: CurrentMood
    readonly now: () => Temporal.Instant
  },
): void {
  const views = openViews()
  for (const [name, type] of [
    ['simulator.css', 'text/css'],
    ['icon.svg', 'image/svg+xml'],
  ] as const) {
    const bytes = readFileSync(join(viewsFolder, name))
    app.get(`/${name}`, (_request, reply) => reply.type(type).send(bytes))
  }

  app.get<{ Querystring: { changed?: string; problem?: string } }>('/', (request, reply) => {
    const all = received.newestFirst()
    const page = views.render('arrivals.njk', {
      count: all.length,
      arrivals: all
        .slice(0, arrivalsShownMax)
        .map(each => ({ ...presentArrival(each), standing: standingWordsOf(each, now()) })),
      moods: moodNames.map(name => ({ name, ...moods[name], isCurrent: name === mood.mood })),
      current: { ...moods[mood.mood], isWell: mood.mood === 'well', left: mood.left },
      hasChanged: request.query.changed !== undefined,
      hasProblem: request.query.problem !== undefined,
    })
    return reply.type('text/html; charset=utf-8').send(page)
  })

  app.get<{ Params: { reference: string } }>('/received/:reference', (request, reply) => {
    const found = received.byReference(request.params.reference)
    reply.type('text/html; charset=utf-8')
    if (found === null) return reply.status(404).send(views.render('not-found.njk', {}))
    const standing = standingWordsOf(found, now())
    return reply.send(views.render('referral.njk', { ...presentReferral(found), standing }))
  })

  app.get('/simulator/received', (_request, reply) => reply.send({ received: received.newestFirst() }))

  app.post('/simulator/mood', (request, reply) => {
    const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true
    const asked = MoodRequest.safeParse(request.body)
    if (!asked.success) {
      if (isForm) return reply.redirect('/?problem=mood', 303)
      const problems = asked.error.issues.map(({ path, message }) => ({ field: path.join('.'), message }))
      return reply.status(400).send({ problems })
    }
    mood.change({ mood: asked.data.mood, times: asked.data.times ?? null })
    return isForm ? reply.redirect('/?changed=mood', 303) : reply.send({ mood: mood.mood, times: mood.left })
  })
}
