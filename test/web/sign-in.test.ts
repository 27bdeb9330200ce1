import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Visitor } from '../world/visitor.ts'
import { password, startTestWeb, type TestWeb } from '../world/web.ts'

describe('signing in', () => {
  let web: TestWeb
  beforeAll(async () => {
    web = await startTestWeb()
  })
  afterAll(() => web[Symbol.asyncDispose]())

  test.each([
    ['a wrong password', 'asha.patel', 'nearly right'],
    ['a name that nobody has', 'nobody.here', password],
    ['nothing at all', '', ''],
  ])('%s is answered with the same words', async (_what, username, typed) => {
    const visitor = new Visitor(web.app)
    await visitor.get('/sign-in')
    const answer = await visitor.post('/sign-in', { username, password: typed })
    expect(answer.status).toBe(401)
    expect(answer.text).toContain('The user name or the password is not right')
  })

  test('a name may be typed in capitals and with spaces around it', async () => {
    const visitor = new Visitor(web.app)
    await visitor.get('/sign-in')
    const answer = await visitor.post('/sign-in', { username: ' Asha.Patel ', password })
    expect(answer.location).toBe('/')
  })

  test('ten wrong passwords for one name stop the eleventh, right or wrong, and nobody else', async () => {
    const visitor = new Visitor(web.app)
    await visitor.get('/sign-in')
    for (let attempt = 0; attempt < 10; attempt++) {
      await visitor.post('/sign-in', { username: 'colm.fairley', password: `guess ${attempt}` })
    }
    const stopped = await visitor.post('/sign-in', { username: 'colm.fairley', password })
    expect(stopped.status).toBe(429)
    expect(stopped.text).toContain('Wait 15 minutes')
    expect(web.told.failures).toContain('limited')
    await expect(Visitor.signedIn(web.app, 'beth.rowley')).resolves.toBeInstanceOf(Visitor)
  })

  test.each([
    ['an address elsewhere', 'https://elsewhere.example/', '/'],
    ['an address elsewhere that begins like a path', '//elsewhere.example', '/'],
    ['the same with a backslash', '/\\elsewhere.example', '/'],
    ['a page of ours', '/rules/weapon-blade', '/rules/weapon-blade'],
  ])('%s after the sign-in leads to the right page', async (_what, after, to) => {
    const visitor = new Visitor(web.app)
    await visitor.get('/sign-in')
    const answer = await visitor.post('/sign-in', { username: 'asha.patel', password, after })
    expect(answer.location).toBe(to)
  })

  test('a page asked for while signed out is where the sign-in leads', async () => {
    const visitor = new Visitor(web.app)
    const asked = await visitor.get('/accounting?day=2026-11-20')
    expect(asked.location).toBe('/sign-in?after=%2Faccounting%3Fday%3D2026-11-20')
  })

  test('demo sign-ins are shown in the demo and nowhere else', async () => {
    const demoSignIns = [{ username: 'demo.nurse', password: 'shown', name: 'Demo', role: 'nurse' }] as const
    await using demo = await startTestWeb({ isDemo: true, demoSignIns })
    await using real = await startTestWeb({ isDemo: false, demoSignIns })
    expect((await new Visitor(demo.app).get('/sign-in')).text).toContain('demo.nurse')
    expect((await new Visitor(real.app).get('/sign-in')).text).not.toContain('demo.nurse')
  })
})

describe('a session', () => {
  let web: TestWeb
  beforeAll(async () => {
    web = await startTestWeb({ secureCookies: true })
  })
  afterAll(() => web[Symbol.asyncDispose]())

  test('ends after 15 minutes without a press, and says so', async () => {
    const nurse = await Visitor.signedIn(web.app, 'asha.patel')
    web.pass({ minutes: 14 })
    expect((await nurse.get('/')).status).toBe(200)
    web.pass({ minutes: 15 })
    const ended = await nurse.get('/')
    expect(ended.location).toBe('/sign-in')
    expect((await nurse.get('/sign-in')).text).toContain('nothing was pressed for 15 minutes')
  })

  test('ends after 12 hours, however busy the nurse is', async () => {
    const nurse = await Visitor.signedIn(web.app, 'asha.patel')
    const statuses: number[] = []
    for (let minutes = 0; minutes < 12 * 60; minutes += 10) {
      statuses.push((await nurse.get('/help')).status)
      await nurse.get('/stay')
      web.pass({ minutes: 10 })
    }
    expect(new Set(statuses)).toEqual(new Set([200]))
    expect((await nurse.get('/')).location).toBe('/sign-in')
  })

  test('of an account that was disabled ends at once', async () => {
    const nurse = await Visitor.signedIn(web.app, 'beth.rowley')
    const account = await web.store.accounts.find('beth.rowley')
    if (account === null) throw new Error('the account is gone')
    await web.store.accounts.save({ ...account, disabled: true })
    expect((await nurse.get('/')).location).toBe('/sign-in')
    await web.store.accounts.save(account)
  })

  test('is over after signing out', async () => {
    const nurse = await Visitor.signedIn(web.app, 'asha.patel')
    await nurse.get('/')
    expect((await nurse.post('/sign-out')).location).toBe('/sign-in')
    expect((await nurse.get('/')).location).toBe('/sign-in')
  })

  test('a form sent after it ended saves nothing and says so', async () => {
    const nurse = await Visitor.signedIn(web.app, 'asha.patel')
    await nurse.get('/')
    web.pass({ minutes: 16 })
    const answer = await nurse.post('/start')
    expect(answer.status).toBe(403)
    expect(answer.text).toContain('What you had just typed was not saved')
  })

  test('its cookie is out of reach of scripts and of other sites, and holds nothing to read', async () => {
    const stranger = new Visitor(web.app)
    const { headers } = await stranger.get('/sign-in')
    expect(String(headers['set-cookie'])).toMatch(/; Path=\/; HttpOnly; Secure; SameSite=Lax/)
    const nurse = await Visitor.signedIn(web.app, 'asha.patel')
    expect(nurse.cookie).not.toContain('asha')
  })
})

describe('every answer', () => {
  let web: TestWeb
  beforeAll(async () => {
    web = await startTestWeb()
  })
  afterAll(() => web[Symbol.asyncDispose]())

  test.each(['/sign-in', '/', '/nothing-here', '/rules'])('to %s is guarded by its headers', async path => {
    const { headers } = await new Visitor(web.app).get(path)
    expect(String(headers['content-security-policy']).replace(/'nonce-[^']+'/, "'nonce'")).toBe(
      [
        "default-src 'none'; script-src 'self' 'nonce'; style-src 'self'; img-src 'self'; font-src 'self'",
        "connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
      ].join('; '),
    )
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    })
    expect(headers['permissions-policy']).toContain('camera=()')
  })

  test('the style sheet may be kept, under a name that changes with it', async () => {
    const { text } = await new Visitor(web.app).get('/sign-in')
    const path = /href="(\/assets\/[0-9a-f]{12}\/wren\.css)"/.exec(text)?.[1] ?? ''
    const { status, headers } = await new Visitor(web.app).get(path)
    expect(status).toBe(200)
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable')
  })

  test('the style sheet asks for no font from elsewhere', async () => {
    const { text } = await new Visitor(web.app).get('/sign-in')
    const path = /href="(\/assets\/[^"]+\.css)"/.exec(text)?.[1] ?? ''
    const { text: css } = await new Visitor(web.app).get(path)
    expect(css).not.toMatch(/https?:|Frutiger|@font-face/)
    expect(css).toContain('Liberation Sans')
  })
})
