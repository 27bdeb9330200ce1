import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { arriveNow } from '../world/flag-at-hand.ts'
import { Visitor } from '../world/visitor.ts'
import { startTestWeb, type TestWeb } from '../world/web.ts'

describe('what a page asks for by itself', () => {
  let web: TestWeb
  let flagId = ''
  beforeAll(async () => {
    web = await startTestWeb()
    flagId = await arriveNow(web, { words: 'Threatened with a knife.', patient: { family: 'Canarybird' } })
  })
  afterAll(() => web[Symbol.asyncDispose]())

  test('says what waits by numbers only, and for how long nobody pressed anything', async () => {
    const nurse = await Visitor.signedIn(web.app, 'asha.patel')
    const waiting = await nurse.get('/waiting')
    expect(JSON.parse(waiting.text)).toEqual({ waiting: `${flagId}.1` })
    expect(waiting.headers['cache-control']).toBe('no-store')
    web.pass({ minutes: 4 })
    expect(JSON.parse((await nurse.get('/seen')).text)).toEqual({ quietMs: 4 * 60_000 })
    await nurse.get('/help')
    expect(JSON.parse((await nurse.get('/seen')).text)).toEqual({ quietMs: 0 })
  })

  test('keeps no session alive', async () => {
    const nurse = await Visitor.signedIn(web.app, 'asha.patel')
    for (let minute = 1; minute < 15; minute++) {
      web.pass({ minutes: 1 })
      const answer = await nurse.get(minute % 2 === 0 ? '/waiting' : '/seen')
      expect(answer.status).toBe(200)
      expect(answer.headers['set-cookie'], 'the cookie with the last press stays as it was').toBeUndefined()
    }
    web.pass({ minutes: 1 })
    expect((await nurse.get('/waiting')).status).toBe(403)
    expect((await nurse.get('/')).location).toContain('/sign-in')
  })

  test('ends none either: what she typed comes late and is kept for her all the same', async () => {
    const nurse = await Visitor.signedIn(web.app, 'asha.patel')
    await nurse.get(`/flags/${flagId}`)
    await nurse.post(`/flags/${flagId}/claim`, { version: '1' })
    await nurse.get(`/flags/${flagId}`)
    web.pass({ minutes: 16 })
    expect((await nurse.get('/waiting')).status).toBe(403)
    const late = await nurse.post(`/flags/${flagId}/draft`, { reason: 'Mum rings at noon.' })
    expect(late.text).toContain('You have been signed out')
    const again = await Visitor.signedIn(web.app, 'asha.patel')
    await again.post(`/flags/${flagId}/claim`, { version: '2' })
    expect((await again.get(`/flags/${flagId}`)).text).toContain('Mum rings at noon.')
  })
})
