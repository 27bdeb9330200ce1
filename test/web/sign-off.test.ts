import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makeAttendance, makeDelivery, makeReceipt, makeUnreadable } from '../world/make-attendance.ts'
import { Visitor } from '../world/visitor.ts'
import { attend, startTestWeb, type TestWeb } from '../world/web.ts'

const why = 'The ward is chasing the message; Beth rings them on Monday.'

describe('signing off a day', () => {
  let web: TestWeb
  let lead: Visitor
  // Each test has a day of its own, the next one back from day.
  let [day, page] = ['2026-11-21', '']
  beforeAll(async () => {
    web = await startTestWeb()
    lead = await Visitor.signedIn(web.app, 'colm.fairley')
  })
  beforeEach(() => {
    day = Temporal.PlainDate.from(day).subtract({ days: 1 }).toString()
    page = `/accounting/${day}/sign-off`
  })
  afterAll(() => web[Symbol.asyncDispose]())

  test('a day of which nothing is open is signed off, with who, when and what was found', async () => {
    await attend(web, { words: 'Earache for two days.', arrivedAt: `${day}T08:00:00Z` })
    const check = await lead.get(page)
    expect(check.text).toContain('1 = 0 flagged + 1 clear')
    const signed = await lead.post(page, { read: '' })
    expect(signed.location).toBe(`/accounting/${day}/signed-off`)
    const record = await lead.get(signed.location)
    expect(record.text).toContain('Friday 20 November 2026 signed off')
    expect(record.text).toContain('Colm Fairley, 21 November 2026 at 9:30am')
    expect(record.text).toContain('WREN-20261120-1')
    expect(record.text).toContain('1 = 0 flagged + 1 clear')
    expect((await lead.get(`/accounting?day=${day}`)).text).toContain('Colm Fairley signed this day off')
    const [entry] = await web.store.audit.about(`day ${day}`, 10)
    expect(entry).toMatchObject({ who: 'colm.fairley', did: 'signed off day', why: null })
    expect(await web.store.signOffs.lastSignedAt()).toBe('2026-11-21T09:30:00Z')
  })

  test.each([
    ['no message at all', async () => {}, 'No message was received on this day'],
    ['a flag nobody has reviewed', knife, '1 flagged attendance that nobody has reviewed'],
    ['a message that could not be read', unreadable, '1 message that could not be read'],
  ])('%s is a gap: it is named, and needs a reason', async (_what, happens, words) => {
    await happens(web, day)
    expect((await lead.get(page)).text).not.toContain('Nothing is open')
    const gaps = await lead.get(`${page}/gaps`)
    expect(gaps.text).toContain(words)
    const read = /name="read" value="([^"]+)"/.exec(gaps.text)?.[1] ?? ''
    const without = await lead.post(page, { read, why: '  ' })
    expect(without.status).toBe(422)
    expect(without.text).toContain('Enter why the day is signed off with gaps')
    expect(await web.store.signOffs.history(day)).toEqual([])
    const signed = await lead.follow((await lead.post(page, { read, why })).location)
    expect(signed.text).toContain('signed off with gaps')
    expect(signed.text).toContain(why)
  })

  test('a gap that appears after the page was read is read first', async () => {
    await attend(web, { words: 'Earache for two days.', arrivedAt: `${day}T08:00:00Z` })
    await lead.get(page)
    await knife(web, day)
    const answer = await lead.post(page, { read: '' })
    expect(answer.status).toBe(409)
    expect(answer.text).toContain('The day has changed since you opened this page')
    expect(await web.store.signOffs.history(day)).toEqual([])
  })

  test('another number of gaps than was read is read again, and the reason typed is kept', async () => {
    await knife(web, day)
    await lead.get(`${page}/gaps`)
    await knife(web, day)
    const answer = await lead.post(page, { read: 'unreviewed 1', why })
    expect(answer.text).toContain('The gaps have changed since you read them')
    expect(answer.text).toContain('2 flagged attendances that nobody has reviewed')
    expect(answer.text).toContain(why)
    expect(await web.store.signOffs.history(day)).toEqual([])
  })

  test('today cannot be signed off: its messages still come', async () => {
    await attend(web, { words: 'Earache for two days.' })
    await lead.get('/accounting')
    expect((await lead.post('/accounting/2026-11-21/sign-off', { read: '' })).location).toBe('/accounting')
    expect(await web.store.signOffs.history('2026-11-21')).toEqual([])
  })

  test('open actions and deferred attendances do not keep a day open; they are carried over by name', async () => {
    await knife(web, day)
    const rows = await web.store.review.queue({ states: ['to-review'], limit: 50, offset: 0 })
    const flag = rows.map(row => row.flag).find(each => each.raisedAt.startsWith(day))
    if (flag === undefined) throw new Error('nothing was flagged')
    await lead.get(`/flags/${flag.id}`)
    await lead.post(`/flags/${flag.id}/claim`, { version: String(flag.version) })
    const decision = { outcome: 'defer', reason: 'School rings back.', deferUntil: '2026-11-23' }
    await lead.post(`/flags/${flag.id}/decision`, { ...decision, version: String(flag.version + 1) })
    const check = await lead.get(page)
    expect(check.text).toContain('1 attendance deferred to a later day')
    expect((await lead.post(page, { read: '' })).location).toContain('signed-off')
  })

  test('two leads who sign at once leave one sign-off', async () => {
    await attend(web, { words: 'Earache for two days.', arrivedAt: `${day}T08:00:00Z` })
    const other = await Visitor.signedIn(web.app, 'colm.fairley')
    await lead.get(page)
    await other.get(page)
    await Promise.all([lead.post(page, { read: '' }), other.post(page, { read: '' })])
    expect(await web.store.signOffs.history(day)).toHaveLength(1)
    expect(await web.store.audit.about(`day ${day}`, 10)).toHaveLength(1)
  })

  test('a day is reopened with a reason only, and its first sign-off stays in the history', async () => {
    const record = await signed()
    const [{ reference = '' } = {}] = await web.store.signOffs.history(day)
    await lead.get(record)
    const without = await lead.post(`/accounting/${day}/reopen`, { reference, why: '' })
    expect(without.text).toContain('Enter why the day is reopened')
    const asked = { reference, why: 'A letter was found.' }
    const reopened = await lead.post(`/accounting/${day}/reopen`, asked)
    expect((await lead.follow(reopened.location)).text).toContain('The day is reopened')
    expect((await lead.get('/accounting/days')).text).toContain('Reopened')
    expect((await web.store.signOffs.history(day))[0]?.reopened).toMatchObject({ by: 'colm.fairley' })
    await lead.get(page)
    await lead.post(page, { read: '' })
    const again = await lead.get(record)
    expect(again.text).toContain(`WREN-${day.replaceAll('-', '')}-2`)
    expect(again.text).toContain('A letter was found.')
    const [last] = await web.store.audit.about(`day ${day}`, 10)
    expect(last).toMatchObject({ did: 'signed off day' })
  })

  test('a sign-off that somebody reopened meanwhile is not reopened twice', async () => {
    await signed()
    const [{ reference = '' } = {}] = await web.store.signOffs.history(day)
    await lead.get(`/accounting/${day}/signed-off`)
    await lead.post(`/accounting/${day}/reopen`, { reference, why: 'First.' })
    const second = await lead.post(`/accounting/${day}/reopen`, { reference, why: 'Second.' })
    expect((await lead.follow(second.location)).text).toContain('Somebody reopened this day already')
  })

  test('what arrives late stands in a supplement: a new attendance does, one known before does not', async () => {
    const known = await attend(web, { words: 'Earache.', arrivedAt: `${day}T08:00:00Z` })
    const record = await signed()
    expect((await lead.get(record)).text).toContain('Nothing has come to this day')
    web.pass({ minutes: 10 })
    const late = makeAttendance({ arrivedAt: `${day}T22:00:00Z` })
    const delivery = (): { receivedAt: string } => ({ receivedAt: '2026-11-21T09:35:00Z' })
    await web.store.screening.record({
      receipts: [
        makeReceipt({ attendance: late, delivery: makeDelivery(delivery()) }),
        makeReceipt({
          attendance: { ...known.attendance, recordedAt: '2026-11-21T09:34:00Z' },
          delivery: makeDelivery(delivery()),
        }),
      ],
      ...{ held: [], deadLetters: [] },
    })
    const supplement = await lead.get(record)
    expect(supplement.text).toContain('1 attendance of this day came to Wren late')
    expect(supplement.text).toContain(late.attendanceId)
    expect(supplement.text).not.toContain(known.attendance.attendanceId)
  })

  test('the calendar of five weeks says how each day stands, the latest first', async () => {
    await signed()
    const days = await lead.get('/accounting/days')
    const rows = [...days.text.matchAll(/accounting\?day=(2026-\d\d-\d\d)"/g)].map(found => found[1])
    // From Monday 19 October on: each day once in the calendar, oldest first, and once in the list.
    expect(rows).toHaveLength(2 * 33)
    expect([rows[0], rows[32], rows[33], rows.at(-1)]).toEqual([
      '2026-10-19',
      '2026-11-20',
      '2026-11-20',
      '2026-10-19',
    ])
    expect(days.text).toContain('By Colm Fairley, 21 November 2026 at 9:30am')
  })

  async function signed(): Promise<string> {
    await attend(web, { words: 'Sore throat.', arrivedAt: `${day}T09:00:00Z` })
    await lead.get(page)
    return (await lead.post(page, { read: '' })).location
  }
})

describe('who may sign off', () => {
  const day = '2026-11-20'
  const page = `/accounting/${day}/sign-off`
  let web: TestWeb
  beforeAll(async () => {
    web = await startTestWeb()
    await knife(web, day)
  })
  afterAll(() => web[Symbol.asyncDispose]())

  test('a nurse reads what is open and that a lead signs off; she has no button', async () => {
    const nurse = await Visitor.signedIn(web.app, 'asha.patel')
    const account = await nurse.get(`/accounting?day=${day}`)
    expect(account.text).toContain('A safeguarding lead signs it off')
    expect(account.text).toContain('1 flagged attendance that nobody has reviewed')
    expect(account.text).not.toContain(`href="${page}"`)
    expect((await nurse.get(page)).status).toBe(403)
    expect((await nurse.post(page, { read: 'unreviewed 1', why })).status).toBe(403)
    expect(await web.store.signOffs.history(day)).toEqual([])
  })
})

async function knife(web: TestWeb, day: string): Promise<void> {
  await attend(web, { words: 'Threatened with a knife.', arrivedAt: `${day}T10:00:00Z` })
}

async function unreadable(web: TestWeb, day: string): Promise<void> {
  const { receipt, deadLetter } = makeUnreadable({
    delivery: makeDelivery({ receivedAt: `${day}T07:00:00Z` }),
  })
  await web.store.screening.record({ receipts: [receipt], held: [], deadLetters: [deadLetter] })
}
