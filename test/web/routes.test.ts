import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routes } from '../../src/web/routes.ts'
import { Visitor } from '../world/visitor.ts'
import { attend, people, startTestWeb, type TestWeb, type Username } from '../world/web.ts'

const isClinical = (path: string): boolean =>
  path === '/' ||
  /^\/(start|flags|bulk|changed|hand-over|set-aside|search|meeting|day-sheet|exports)/.test(path)

describe('the table of routes', () => {
  let web: TestWeb
  const visitors = new Map<Username, Visitor>()
  let flagPath = ''
  beforeAll(async () => {
    web = await startTestWeb()
    await attend(web, { patient: { given: 'Rowan', family: 'Canarybird' } })
    for (const { username } of people) visitors.set(username, await Visitor.signedIn(web.app, username))
    const [row] = await web.store.review.queue({ states: ['to-review'], limit: 1, offset: 0 })
    flagPath = `/flags/${row?.flag.id}`
  })
  afterAll(() => web[Symbol.asyncDispose]())

  test('it holds every address that the server answers, and no other', () => {
    const served = web.app.printRoutes({ commonPrefix: false, includeHooks: false })
    for (const { path } of routes) expect(served).toContain(path.split('/').at(-1))
    expect(new Set(routes.map(({ method, path }) => `${method} ${path}`)).size).toBe(routes.length)
  })

  test.each(routes.filter(route => isClinical(route.path)))(
    '$method $path, which shows children, is for nurses and leads only',
    route => {
      expect(route.roles).toEqual(['nurse', 'lead'])
    },
  )

  test.each(routes.filter(route => route.roles !== 'everyone'))(
    'nobody reaches $method $path without signing in',
    async route => {
      const stranger = new Visitor(web.app)
      const answer =
        route.method === 'GET' ? await stranger.get(fill(route.path)) : await stranger.post(fill(route.path))
      const isTurnedAway =
        answer.status === 403 || (answer.status === 303 && answer.location.startsWith('/sign-in'))
      expect(isTurnedAway, `${answer.status} ${answer.location}`).toBe(true)
      expect(answer.text).not.toContain('Canarybird')
    },
  )

  test.each(routes.filter(route => route.method === 'POST'))(
    'POST $path without the token of a form changes nothing and is refused',
    async route => {
      const nurse = visitors.get('asha.patel')
      const answer = await nurse?.post(fill(route.path), { username: 'asha.patel' }, { withToken: false })
      expect(answer?.status).toBe(403)
      expect(answer?.text).toContain('This form has expired')
    },
  )

  test.each(
    people.flatMap(({ username, role }) =>
      routes
        .filter(route => route.method === 'GET' && route.roles !== 'everyone' && !route.roles.includes(role))
        .map(route => ({ username, role, path: route.path })),
    ),
  )('$role is turned away from $path and reads no name', async ({ username, path }) => {
    const answer = await visitors.get(username)?.get(fill(path))
    expect([403, 303]).toContain(answer?.status)
    expect(answer?.text).not.toContain('Canarybird')
  })

  test.each(['dina.marsh', 'ewan.slade'] as const)('%s reads no name on any page at all', async username => {
    const visitor = visitors.get(username)
    for (const route of routes.filter(each => each.method === 'GET')) {
      const answer = await visitor?.get(fill(route.path))
      expect(answer?.text).not.toContain('Canarybird')
      expect(answer?.text).not.toContain('999 ')
    }
  })

  test('each role comes to a page it may see', async () => {
    for (const { username } of people) {
      const first = await visitors.get(username)?.follow('/')
      expect(first?.status).toBe(200)
    }
  })

  function fill(path: string): string {
    return path.replace('/flags/:id', flagPath).replace(':referral', 'none').replace(':id', 'weapon-blade')
  }
})
