import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Visitor } from '../world/visitor.ts'
import { attend, startTestWeb, type TestWeb } from '../world/web.ts'

const canary = 'Zephyrine Canarybird'

describe('when something goes wrong', () => {
  let web: TestWeb
  let nurse: Visitor
  beforeAll(async () => {
    web = await startTestWeb()
    await attend(web, { patient: { given: 'Zephyrine', family: 'Canarybird' } })
    nurse = await Visitor.signedIn(web.app, 'asha.patel')
  })
  afterAll(() => web[Symbol.asyncDispose]())

  test.each([
    '/flags/none',
    '/flags/%00',
    '/flags/..%2f..%2fetc',
    `/flags/${'x'.repeat(150)}`,
    `/flags/${'x'.repeat(300)}`,
    '/flags/none/referral',
    '/flags/none/referral/authorised',
    '/rules/none',
    '/?tab=none',
    '/?tab=constructor',
    '/?page=0',
    '/?page=99999999',
    '/?tab=done&tab=deferred',
    '/set-aside?page=999999',
    '/accounting?day=2026-02-30',
    '/accounting?day=2099-01-01',
    '/accounting?day=yesterday',
    '/accounting?day=0001-01-01',
    '/%',
  ])('%s answers in words', async path => {
    const answer = await nurse.get(path)
    expect([200, 400, 404, 414]).toContain(answer.status)
    expect(answer.text).toContain('<h1')
  })

  test.each(['/flags/none/claim', '/flags/none/release', '/flags/none/reopen', '/flags/none/decision'])(
    'POST %s on nothing answers in words',
    async path => {
      await nurse.get('/')
      const answer = await nurse.post(path, {
        version: 'x',
        outcome: 'actions-complete',
        reason: 'r',
        why: 'w',
      })
      expect([303, 404, 409]).toContain(answer.status)
    },
  )

  test('a form longer than Wren takes is refused in words', async () => {
    await nurse.get('/')
    const answer = await nurse.post('/flags/none/decision', { reason: 'x'.repeat(1_100_000) })
    expect(answer.status).toBe(413)
    expect(answer.text).toContain('Nothing was saved')
  })

  test('a store that does not answer is told in words, and neither page nor log quotes a child', async () => {
    await using broken = await startTestWeb()
    await attend(broken, { patient: { given: 'Zephyrine', family: 'Canarybird' } })
    const visitor = await Visitor.signedIn(broken.app, 'asha.patel')
    expect((await visitor.get('/')).text).toContain(canary)
    await broken.store.close()
    const answer = await visitor.get('/')
    expect(answer.status).toBe(500)
    expect(answer.text).toContain('there is a problem')
    expect(answer.text).not.toContain('Canarybird')
    expect(broken.log.length).toBeGreaterThan(0)
    expect(broken.log.join()).not.toContain('Canarybird')
  })

  test('requests are counted by template, never by address', () => {
    expect(web.told.requests).toContain('GET /flags/:id 404')
    expect(web.told.requests.join()).not.toContain('/flags/none')
  })
})
