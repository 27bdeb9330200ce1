import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Visitor } from '../world/visitor.ts'
import { attend, startTestWeb, type TestWeb } from '../world/web.ts'

const yesterday = '2026-11-20'
const page = `/set-aside/readings/${yesterday}`

describe('reading again what was set aside', () => {
  let web: TestWeb
  let nurse: Visitor
  beforeAll(async () => {
    web = await startTestWeb()
    nurse = await Visitor.signedIn(web.app, 'asha.patel')
    for (let each = 0; each < 7; each++) await butterKnife()
  })
  afterAll(() => web[Symbol.asyncDispose]())

  test('the page of what was set aside asks for the sample, and knows no rate before anything was read', async () => {
    const setAside = await nurse.get('/set-aside')
    expect(setAside.text).toContain('5 drawn at random from Friday 20 November 2026 are to be read')
    expect(setAside.text).toContain('how much is missed is not known')
  })

  test('the sample of a day is drawn once: what is set aside later changes nothing of it', async () => {
    const first = idsIn((await nurse.get(page)).text)
    expect(first).toHaveLength(5)
    await butterKnife()
    expect(idsIn((await nurse.get(page)).text)).toEqual(first)
  })

  test('while any is unread the day has a gap, with the link where it is read', async () => {
    const lead = await Visitor.signedIn(web.app, 'colm.fairley')
    const check = await lead.get(`/accounting/${yesterday}/sign-off`)
    expect(check.text).toContain('5 to read')
    expect(check.text).toContain(`href="${page}"`)
  })

  test('one that is agreed with stays set aside; its reading is audited', async () => {
    const [first = ''] = idsIn((await nurse.get(page)).text)
    await nurse.post(page, { trust: 'RWP', attendanceId: first, verdict: 'rightly-set-aside' })
    const shown = await nurse.get(page)
    expect(shown.text).toContain('Agree, rightly set aside: Asha Patel, 21 November 2026 at 9:30am')
    expect(shown.text).toContain('1 of 5 read')
    const [entry] = await web.store.audit.about(`RWP/${first}`, 5)
    expect(entry).toMatchObject({ who: 'asha.patel', did: 'read again: rightly-set-aside' })
    expect((await web.store.review.countByState())['to-review']).toBe(0)
  })

  test('one that is put in the queue has its flag, and counts as missed', async () => {
    const [first = ''] = idsIn((await nurse.get(page)).text)
    await nurse.post(page, { trust: 'RWP', attendanceId: first, verdict: 'put-in-queue' })
    expect((await web.store.review.countByState())['to-review']).toBe(1)
    const setAside = await nurse.get('/set-aside')
    expect(setAside.text).toContain('2 attendances of the daily samples were read again')
    expect(setAside.text).toContain('1 should have been in the queue, about 1 in 2')
    expect(setAside.text).toContain('between 9.5% and 90.5% (95% interval)')
  })

  test('an attendance is read once: the second answer changes nothing and says so', async () => {
    const [first = ''] = idsIn((await nurse.get(page)).text)
    const reading = { trust: 'RWP', attendanceId: first, verdict: 'rightly-set-aside' }
    await nurse.post(page, reading)
    const second = await nurse.post(page, { ...reading, verdict: 'put-in-queue' })
    expect((await nurse.follow(second.location)).text).toContain('Somebody has read this one already')
    expect(await web.store.secondReadings.countVerdicts('2026-01-01')).toEqual({ read: 3, missed: 1 })
  })

  test('a day that is not over has no sample yet', async () => {
    expect((await nurse.get('/set-aside/readings/2026-11-21')).status).toBe(404)
  })

  test('a day on which nothing was set aside says so', async () => {
    expect((await nurse.get('/set-aside/readings/2026-11-19')).text).toContain(
      'Nothing was set aside on this day',
    )
  })

  async function butterKnife(): Promise<void> {
    const words = 'Cut finger with butter knife, making toast.'
    const { outcome } = await attend(web, { words, arrivedAt: `${yesterday}T10:00:00Z` })
    expect(outcome).toBe('clear')
  }
})

test('turned off, nothing is drawn, nothing waits for the sign-off, and both pages say so', async () => {
  await using web = await startTestWeb({ sampleSize: 0 })
  const words = 'Cut finger with butter knife, making toast.'
  await attend(web, { words, arrivedAt: `${yesterday}T10:00:00Z` })
  const lead = await Visitor.signedIn(web.app, 'colm.fairley')
  expect((await lead.get('/set-aside')).text).toContain('Second reading is turned off here')
  expect((await lead.get(page)).text).toContain(
    'turned off here, so nothing was drawn from 1 attendance set aside',
  )
  expect(await web.store.secondReadings.sample(yesterday)).toBeNull()
  expect((await lead.get(`/accounting/${yesterday}/sign-off`)).text).toContain('Nothing is open.')
})

/** The attendances on the page that wait to be read. */
function idsIn(text: string): string[] {
  return [...text.matchAll(/name="attendanceId" value="([^"]+)"/g)].map(found => found[1] ?? '')
}
