import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { describeInBrowser, expectWellMade } from '../world/browser.ts'
import { makeAttendance, makeDelivery, makeReceipt, makeUnreadable } from '../world/make-attendance.ts'
import { attend, signIn, startTestWeb, type TestWeb } from '../world/web.ts'

const day = '2026-11-20'

await describeInBrowser('a lead who proves that a day is complete', browser => {
  test('finds who never came, the numbers without a message and the unreadable, and leaves nothing open', async () => {
    await using web = await startTestWeb({ sampleSize: 0 })
    await receive(web)
    const page = await browser.newPage()
    await signIn(page, web.url, 'colm.fairley')

    // Given a day on which not everything came
    await page.goto(`${web.url}/accounting/${day}/sign-off`)
    for (const words of ['2 missing', '1 unreadable']) await page.getByText(words, { exact: true }).waitFor()
    await expectWellMade(page)

    // When she gives a list that is none, she reads which line is wrong
    await page.goto(`${web.url}/accounting?day=${day}`)
    await expectWellMade(page)
    await page.getByRole('link', { name: 'Compare with the hospital’s own list' }).click()
    await expectWellMade(page)
    await give(page, 'attendance,arrived\nE1,9:10\n,9:30\n')
    await page.getByRole('link', { name: 'line 3 has no attendance number in column 1' }).waitFor()
    await expectWellMade(page)

    // and with the right one, who never came and who could not be read
    await give(page, 'Arrived,Attendance number\n09:10,E1\n09:20,E2\n09:30,E3\n')
    await page.getByText('1 of 3 attendances on the hospital’s list were received').waitFor()
    expect(await page.locator('#never-received + p + ul').innerText()).toBe('E3')
    expect(await page.locator('#could-not-be-read + p + ul').innerText()).toBe('E2')
    await page.getByText('Given by Colm Fairley, 21 November 2026 at 9:30am').waitFor()
    await expectWellMade(page)

    // Then each thing that is open leads to where it is put right
    await page.goto(`${web.url}/accounting/${day}/sign-off`)
    await page.getByRole('link', { name: 'See who is on the hospital’s list only' }).click()
    await page.getByRole('heading', { name: 'Never received' }).waitFor()
    const late = makeAttendance({ attendanceId: 'E3', arrivedAt: `${day}T09:00:00Z` })
    await record(web, makeReceipt({ attendance: late, delivery: deliveryAt(6) }))

    await page.goto(`${web.url}/accounting/${day}/sign-off`)
    await page.getByRole('link', { name: 'Say what became of the missing numbers' }).click()
    await page.getByRole('link', { name: /^Say why/ }).click()
    await expectWellMade(page)
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('link', { name: 'Enter why no message has these numbers' }).waitFor()
    await page.getByLabel('Why has no message these numbers?').fill('The engine writes in transactions.')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('The engine writes in transactions. (Colm Fairley').waitFor()
    await expectWellMade(page)

    await page.getByRole('link', { name: /^Deal with it/ }).click()
    await expectWellMade(page)
    await page.getByRole('button', { name: 'Record that it was dealt with' }).click()
    await page.getByRole('link', { name: 'Enter what was done about this message' }).waitFor()
    await expectWellMade(page)
    await page.getByLabel('Was it dealt with another way? Say how').fill('Sent again by the ward as E2.')
    await page.getByRole('button', { name: 'Record that it was dealt with' }).click()
    await page.getByText('Sent again by the ward as E2. (Colm Fairley').waitFor()

    // and the day can be signed off
    await page.goto(`${web.url}/accounting/${day}/sign-off`)
    await page.getByText('Nothing is open. You, Colm Fairley').waitFor()
    await page.getByText('3 of 3 came to Wren').waitFor()

    // Each number of the account leads to what it counts, at any width
    await page.goto(`${web.url}/accounting?day=${day}`)
    await page.getByRole('link', { name: '1 unreadable, http' }).click()
    await page.getByRole('cell', { name: 'Could not be read' }).waitFor()
    await expectWellMade(page)
    await page.goto(`${web.url}/accounting/days`)
    await expectWellMade(page)
  })
})

async function give(page: Page, text: string): Promise<void> {
  const file = { name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(text) }
  await page.getByLabel('The list').setInputFiles(file)
  await page.getByRole('button', { name: 'Compare' }).click()
}

function deliveryAt(offset: number) {
  return makeDelivery({ channel: 'kafka:one', offset: String(offset), receivedAt: `${day}T09:05:00Z` })
}

/** E1, numbers 3 and 4 without a message, and a message with E2 in it that could not be read. */
async function receive(web: TestWeb): Promise<void> {
  await attend(web, { words: 'Earache.', arrivedAt: `${day}T08:00:00Z` })
  const attendance = makeAttendance({ attendanceId: 'E1', arrivedAt: `${day}T09:00:00Z` })
  const bytes = new TextEncoder().encode('{"attendanceId":"E2","notes":[')
  const broken = makeUnreadable({ bytes, delivery: deliveryAt(5) })
  await record(web, makeReceipt({ attendance, delivery: deliveryAt(2) }))
  await web.store.screening.record({
    receipts: [broken.receipt],
    held: [],
    deadLetters: [broken.deadLetter],
  })
}

async function record(web: TestWeb, receipt: ReturnType<typeof makeReceipt>): Promise<void> {
  await web.store.screening.record({ receipts: [receipt], held: [], deadLetters: [] })
}
