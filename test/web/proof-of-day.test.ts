import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeAttendance, makeDelivery, makeReceipt, makeUnreadable } from '../world/make-attendance.ts'
import { Visitor } from '../world/visitor.ts'
import { attend, startTestWeb, type TestWeb } from '../world/web.ts'

const day = '2026-11-20'
const census = `/accounting/${day}/census`
let web: TestWeb
let nurse: Visitor
beforeAll(async () => {
  web = await startTestWeb()
  nurse = await Visitor.signedIn(web.app, 'asha.patel')
})
afterAll(() => web[Symbol.asyncDispose]())

test('a list is given without any script, is kept with who gave it, and is compared again each time', async () => {
  await receive(makeAttendance({ attendanceId: 'E1' }))
  await nurse.get(census)
  const given = await nurse.postFile(census, { name: 'file', text: 'E1\nE2\n' })
  expect(given.location).toBe(census)
  const compared = await nurse.get(census)
  expect(compared.text).toContain('1 of 2 attendances on the hospital’s list were received')
  expect(compared.text).toContain('Given by Asha Patel')
  await receive(makeAttendance({ attendanceId: 'E2' }))
  expect((await nurse.get(census)).text).toContain('All 2 attendances on the hospital’s list were received')
  const [entry] = await web.store.audit.about(`day ${day}`, 1)
  expect(entry).toMatchObject({ who: 'asha.patel', did: 'gave the list of a hospital' })
})

test.each([
  ['nothing', '', 422, 'Choose the hospital’s list, or paste it'],
  ['a workbook', 'PK\u0003\u0004', 422, 'this is an Excel workbook'],
  ['a line without a number', 'attendance,at\nE1,9\n,10\n', 422, 'line 3 has no attendance number'],
  ['a script for a number', 'attendance\n<script>x</script>\n', 303, ''],
  ['more than a list can be', 'E1\n'.repeat(700_000), 413, 'That is too much text'],
])('%s: the answer says what to do', async (_what, text, status, words) => {
  await nurse.get(census)
  const answer = await nurse.postFile(census, { name: 'file', text })
  expect(answer.status).toBe(status)
  expect(answer.text).toContain(words)
  expect((await nurse.get(census)).text).not.toContain('<script>x')
})

test('a list without the token of its form is refused, and nothing is kept', async () => {
  const before = await web.store.proofs.census(day)
  const answer = await nurse.postFile(census, { name: 'file', text: 'E7\n', withToken: false })
  expect(answer.status).toBe(403)
  expect(await web.store.proofs.census(day)).toEqual(before)
})

test('each number of the account leads to its messages; ops see when, and neither attendance nor child', async () => {
  const held = await attend(web, { words: 'Threatened with a knife.', arrivedAt: `${day}T10:00:00Z` })
  const { attendanceId } = held.attendance
  const account = await nurse.get(`/accounting?day=${day}`)
  const link = /href="(\/accounting\/[^"]+outcome=flagged[^"]*)"/.exec(account.text)?.[1] ?? ''
  const listed = await nurse.get(link.replaceAll('&amp;', '&'))
  expect(listed.text).toContain(attendanceId)
  expect(listed.text).toContain('href="/flags/')
  const ops = await Visitor.signedIn(web.app, 'ewan.slade')
  const seen = await ops.get(link.replaceAll('&amp;', '&'))
  expect(seen.text).toContain('20 November 2026 at 10am')
  expect(seen.text).not.toContain(attendanceId)
  expect(seen.text).not.toContain('href="/flags/')
  expect((await ops.get(census)).status).toBe(403)
})

test('an unreadable message that was dealt with says by whom, and holds the day up no longer', async () => {
  const lead = await Visitor.signedIn(web.app, 'colm.fairley')
  const broken = makeUnreadable({ delivery: makeDelivery({ receivedAt: `${day}T12:00:00Z` }) })
  await web.store.screening.record({
    ...{ receipts: [broken.receipt], held: [], deadLetters: [broken.deadLetter] },
  })
  const check = `/accounting/${day}/sign-off`
  const open = /app-tag">\s*1 unreadable/
  expect((await lead.get(check)).text).toMatch(open)
  const page = `/accounting/${day}/unreadable/${broken.deadLetter.eventId}`
  const shown = await lead.get(page)
  expect(shown.text).not.toContain('&quot;trust&quot;')
  await lead.post(page, { why: 'The ward sent it again.' })
  expect((await lead.get(`/accounting?day=${day}`)).text).toContain('The ward sent it again. (Colm Fairley')
  expect((await lead.get(check)).text).not.toMatch(open)
  expect((await lead.get(check)).text).toContain('1 message could not be read, 1 dealt with')
})

test('a feed that was silent for longer than usual holds the day up until a list shows that nobody is missing', async () => {
  const lead = await Visitor.signedIn(web.app, 'colm.fairley')
  const silent = '2026-11-17'
  for (const weeks of [1, 2]) {
    const usual = Temporal.PlainDate.from(silent).subtract({ weeks }).toString()
    const times = Array.from({ length: 24 }, (_, index) => `${usual}T1${index % 6}:${10 + index}:00Z`)
    for (const receivedAt of times) await receive(makeAttendance(), receivedAt)
  }
  await receive(makeAttendance({ attendanceId: 'E9' }), `${silent}T09:00:00Z`)
  const check = `/accounting/${silent}/sign-off`
  expect((await lead.get(check)).text).toContain('Silent for longer than usual once')
  expect((await lead.get(`/accounting?day=${silent}`)).text).toContain('10am to midnight')
  expect((await lead.get(check)).text).not.toContain('Nothing is open')
  await lead.get(`/accounting/${silent}/census`)
  await lead.postFile(`/accounting/${silent}/census`, { name: 'file', text: 'E9\n' })
  const signed = await lead.get(check)
  expect(signed.text).toContain('the hospital’s own list shows that nothing is missing')
  expect(signed.text).toContain('Nothing is open')
})

async function receive(
  attendance: ReturnType<typeof makeAttendance>,
  receivedAt = `${day}T09:00:00Z`,
): Promise<void> {
  const receipt = makeReceipt({ attendance, delivery: makeDelivery({ receivedAt }) })
  await web.store.screening.record({ receipts: [receipt], held: [], deadLetters: [] })
}
