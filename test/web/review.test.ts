import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Flag } from '../../src/review/flag.ts'
import { Visitor } from '../world/visitor.ts'
import { attend, startTestWeb, type TestWeb } from '../world/web.ts'

const reason = 'Known to the team since June; plan in place.'
const noAction = { outcome: 'no-action', noAction: 'known-nothing-new', reason, goTo: 'list' }

describe('reviewing', () => {
  let web: TestWeb
  let asha: Visitor
  let beth: Visitor
  beforeAll(async () => {
    web = await startTestWeb()
    asha = await Visitor.signedIn(web.app, 'asha.patel')
    beth = await Visitor.signedIn(web.app, 'beth.rowley')
  })
  afterAll(() => web[Symbol.asyncDispose]())

  test('two nurses who start at once get two different children', async () => {
    await attend(web)
    await attend(web)
    const [first, second] = await Promise.all([start(asha), start(beth)])
    expect(first).toMatch(/^\/flags\//)
    expect(second).toMatch(/^\/flags\//)
    expect(first).not.toBe(second)
  })

  test('a colleague reads who is reviewing, and may take over; it is recorded', async () => {
    const flag = await claimedBy(asha)
    const seen = await beth.get(`/flags/${flag.id}`)
    expect(seen.text).toContain('Asha Patel is reviewing this')
    expect(seen.text).not.toContain('What is the outcome?')
    await beth.post(`/flags/${flag.id}/claim`, { version: String(flag.version), from: 'asha.patel' })
    const taken = await beth.get(`/flags/${flag.id}`)
    expect(taken.text).toContain('What is the outcome?')
    expect(taken.text).toContain('Took over the review')
  })

  test('a claim on what a colleague has just taken changes nothing and names her', async () => {
    const flag = await raised()
    await asha.get(`/flags/${flag.id}`)
    await asha.post(`/flags/${flag.id}/claim`, { version: String(flag.version) })
    await beth.get(`/flags/${flag.id}`)
    const answer = await beth.post(`/flags/${flag.id}/claim`, { version: String(flag.version) })
    expect((await beth.follow(answer.location)).text).toContain('Asha Patel is reviewing this already')
    expect((await fileOf(flag)).flag.claimedBy).toBe('asha.patel')
  })

  test.each([
    ['no outcome', {}, 'Select an outcome'],
    ['an outcome without a reason', { outcome: 'actions-complete' }, 'Enter which actions were completed'],
    ['no action without a kind', { outcome: 'no-action', reason }, 'Select why no safeguarding action'],
    ['a deferral without a day', { outcome: 'defer', reason }, 'Select a day in the next 7 days'],
    [
      'a deferral too far',
      { outcome: 'defer', reason, deferUntil: '2027-01-01' },
      'Select a day in the next',
    ],
  ])('%s is not saved; what was typed stays', async (_what, fields, problem) => {
    const flag = await claimedBy(asha)
    const answer = await asha.post(`/flags/${flag.id}/decision`, {
      ...fields,
      version: String(flag.version),
    })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain(problem)
    expect(answer.text).toContain('<title>Error: ')
    if ('reason' in fields) expect(answer.text).toContain(reason)
    expect((await fileOf(flag)).decisions).toEqual([])
  })

  test('an outcome is saved, told, and shown with its reason and its author', async () => {
    const flag = await claimedBy(asha)
    const saved = await asha.post(`/flags/${flag.id}/decision`, {
      ...noAction,
      version: String(flag.version),
    })
    const list = await asha.follow(saved.location)
    expect(list.text).toContain('Saved: No safeguarding action needed. Known already, nothing new.')
    const shown = await asha.get(`/flags/${flag.id}`)
    expect(shown.text).toContain(reason)
    expect(shown.text).toContain('Asha Patel, 21 November 2026 at 9:30am')
    expect(web.told.decisions).toContain('no-action')
  })

  test('a save over a newer version shows both, keeps the text, and can be saved on purpose', async () => {
    const flag = await claimedBy(asha)
    const bethReads = await fileOf(flag)
    await beth.get(`/flags/${flag.id}`)
    await beth.post(`/flags/${flag.id}/claim`, { version: String(flag.version), from: 'asha.patel' })
    const mine = { outcome: 'more-information', reason: 'Waiting for the school to ring back.' }
    const stale = await asha.post(`/flags/${flag.id}/decision`, { ...mine, version: String(flag.version) })
    expect(stale.status).toBe(409)
    expect(stale.text).toContain('Somebody changed this first')
    expect(stale.text).toContain('Beth Rowley, today at 9:30am: Took over the review')
    expect(stale.text).toContain(mine.reason)
    expect((await fileOf(flag)).decisions).toEqual([])

    const version = String(bethReads.flag.version + 1)
    const onPurpose = { ...mine, version, takeOver: 'yes', from: 'beth.rowley' }
    expect((await asha.post(`/flags/${flag.id}/decision`, onPurpose)).status).toBe(303)
    const after = await fileOf(flag)
    expect(after.decisions.map(decision => decision.reason)).toEqual([mine.reason])
    expect(after.history.map(entry => entry.did)).toContain('took over flag')
  })

  test('a text typed while a colleague closed the attendance is shown, to be copied', async () => {
    const flag = await claimedBy(asha)
    await beth.get(`/flags/${flag.id}`)
    await beth.post(`/flags/${flag.id}/claim`, { version: String(flag.version), from: 'asha.patel' })
    await beth.post(`/flags/${flag.id}/decision`, { ...noAction, version: String(flag.version + 1) })
    const answer = await asha.post(`/flags/${flag.id}/decision`, {
      outcome: 'actions-complete',
      reason: 'Social worker rang, visit at 2pm.',
      version: String(flag.version),
    })
    expect(answer.status).toBe(409)
    expect(answer.text).toContain('Your text, not saved')
    expect(answer.text).toContain('Social worker rang, visit at 2pm.')
  })

  test('a closed attendance is reopened with a reason only, and keeps its outcome', async () => {
    const flag = await claimedBy(asha)
    await asha.post(`/flags/${flag.id}/decision`, { ...noAction, version: String(flag.version) })
    const version = String((await fileOf(flag)).flag.version)
    const without = await asha.post(`/flags/${flag.id}/reopen`, { version, why: ' ' })
    expect(without.text).toContain('Enter why it is reopened')
    await asha.post(`/flags/${flag.id}/reopen`, { version, why: 'Sister named in the same incident.' })
    const after = await fileOf(flag)
    expect(after.flag.state).toBe('to-review')
    expect(after.decisions).toHaveLength(1)
    expect((await asha.get(`/flags/${flag.id}`)).text).toContain('Sister named in the same incident.')
  })

  test('a deferred attendance comes back on its day, on top and tagged', async () => {
    const flag = await claimedBy(asha)
    const defer = { outcome: 'defer', reason: 'School is closed.', deferUntil: '2026-11-22' }
    await asha.post(`/flags/${flag.id}/decision`, { ...defer, version: String(flag.version) })
    expect((await asha.get('/?tab=deferred')).text).toContain('Deferred until Sunday 22 November')
    web.pass({ hours: 24 })
    asha = await Visitor.signedIn(web.app, 'asha.patel')
    const list = await asha.get('/')
    expect(list.text).toContain('Deferred until today')
    expect(list.text.indexOf(`/flags/${flag.id}`)).toBe(list.text.indexOf('/flags/'))
  })

  test('opening an attendance is recorded before anything is shown', async () => {
    const flag = await raised()
    const lead = await Visitor.signedIn(web.app, 'colm.fairley')
    await lead.get(`/flags/${flag.id}`)
    const views = (await fileOf(flag)).history.filter(({ did }) => did === 'opened flag')
    expect(views.map(({ who, role }) => [who, role])).toEqual([['colm.fairley', 'lead']])
  })

  async function start(visitor: Visitor): Promise<string> {
    await visitor.get('/')
    return (await visitor.post('/start')).location
  }

  async function raised(): Promise<Flag> {
    const { attendance } = await attend(web)
    const rows = await web.store.review.queue({ states: ['to-review'], limit: 50, offset: 0 })
    const row = rows.find(each => each.attendance.attendanceId === attendance.attendanceId)
    if (row === undefined) throw new Error('the attendance was not flagged')
    return row.flag
  }

  async function claimedBy(visitor: Visitor): Promise<Flag> {
    const flag = await raised()
    await visitor.get(`/flags/${flag.id}`)
    await visitor.post(`/flags/${flag.id}/claim`, { version: String(flag.version) })
    await visitor.get(`/flags/${flag.id}`)
    return (await fileOf(flag)).flag
  }

  async function fileOf(flag: Flag) {
    const file = await web.store.review.flagFile(flag.id)
    if (file === null) throw new Error('the flag is gone')
    return file
  }
})
