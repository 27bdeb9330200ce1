import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { describeInBrowser, expectWellMade } from '../world/browser.ts'
import { makeAttendance, makeDelivery, makeReceipt } from '../world/make-attendance.ts'
import { attend, signIn, startTestWeb } from '../world/web.ts'

await describeInBrowser('a lead who signs off yesterday', browser => {
  test('finds what is open, signs off with gaps, reopens, and signs off the day that is complete', async () => {
    await using web = await startTestWeb()
    await attend(web, { words: 'Earache for two days.', arrivedAt: '2026-11-20T08:00:00Z' })
    await attend(web, {
      words: 'Threatened with a knife.',
      arrivedAt: '2026-11-20T16:00:00Z',
      patient: { given: 'Rowan', family: 'Ashdown' },
    })
    await attend(web, {
      words: 'Cut finger with butter knife, making toast.',
      arrivedAt: '2026-11-20T18:00:00Z',
    })
    const page = await browser.newPage()
    await signIn(page, web.url, 'colm.fairley')

    // Given that she looks whether every message is accounted for
    await page.getByRole('link', { name: 'See how every message is accounted for' }).click()
    await page.getByText('Yesterday is not signed off yet').waitFor()
    await expectWellMade(page)

    // When she begins to sign off yesterday, she reads that a child waits, and where
    await press(page, 'Sign off Friday 20 November 2026')
    await page.getByRole('heading', { name: 'Sign off the day' }).waitFor()
    expect(await page.getByRole('link', { name: 'Go to the review queue' }).getAttribute('href')).toBe('/')
    await expectWellMade(page)

    // and that one that was set aside is to be read again: neither lets her sign off but with gaps
    await page.getByText('1 to read').first().waitFor()
    expect(await page.getByRole('button', { name: /^Sign off Friday/ }).count()).toBe(0)

    // and may go on only with a reason
    await press(page, 'Sign off with gaps')
    await page.getByRole('heading', { name: 'This day has gaps' }).waitFor()
    await expectWellMade(page)
    await press(page, 'Sign off with gaps')
    await page.getByRole('link', { name: 'Enter why the day is signed off with gaps' }).waitFor()
    await expectWellMade(page)
    await page
      .getByLabel('Why is it signed off with gaps?')
      .fill('Rowan is on the ward; Asha reviews her at 10am.')
    await press(page, 'Sign off with gaps')
    await page.getByRole('heading', { name: 'Friday 20 November 2026 signed off with gaps' }).waitFor()

    const panel = await page.locator('.nhsuk-panel').innerText()
    expect(panel).toContain('Colm Fairley, 21 November 2026 at 9:30am')
    expect(panel).toContain('WREN-20261120-1')
    await page.getByText('3 = 1 flagged + 2 clear').waitFor()

    // Then an attendance that comes late stands beside what was signed
    const delivery = makeDelivery({ receivedAt: '2026-11-21T09:40:00Z' })
    const late = makeReceipt({ attendance: makeAttendance({ arrivedAt: '2026-11-20T23:10:00Z' }), delivery })
    await web.store.screening.record({ receipts: [late], held: [], deadLetters: [] })
    await page.reload()
    await page.getByText('1 attendance of this day came to Wren late').waitFor()
    await expectWellMade(page)

    // When what was set aside is read again
    await page.goto(`${web.url}/set-aside`)
    await expectWellMade(page)
    await press(page, 'Read them')
    await page.getByText('0 of 1 read').waitFor()
    await expectWellMade(page)
    await page.getByRole('button', { name: /^Agree, rightly set aside/ }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('1 of 1 read').waitFor()
    await expectWellMade(page)

    // and the child is reviewed, she reopens the day, and signs it off without a gap
    await page.goto(`${web.url}/`)
    await press(page, 'Start review (1 waiting)')
    await page.getByLabel('Actions already complete').check()
    await page.getByLabel('Every line left open is not needed').fill('Seen in the notes.')
    await page.getByLabel('Reason', { exact: true }).fill('Social worker was there; plan in the record.')
    await press(page, 'Save and go to list')
    await page.getByText('Saved: Actions already complete').waitFor()
    await page.goto(`${web.url}/accounting/2026-11-20/signed-off`)
    await page.getByText('Reopen this day').click()
    await page.getByLabel('Why is it reopened?').fill('Rowan is reviewed.')
    await press(page, 'Reopen the day')
    await page.getByText('The day is reopened').waitFor()
    await expectWellMade(page)
    await press(page, 'Sign off Friday 20 November 2026')
    await page.getByText('Nothing is open. You, Colm Fairley').waitFor()
    await expectWellMade(page)
    await press(page, 'Sign off Friday 20 November 2026')
    await page.getByRole('heading', { name: 'Friday 20 November 2026 signed off' }).waitFor()
    await page.getByText('Rowan is reviewed.').waitFor()
    await expectWellMade(page)

    await page.getByRole('link', { name: 'See the calendar of days' }).click()
    await page.getByRole('heading', { name: 'Days signed off' }).waitFor()
    await expectWellMade(page)
  })
})

/** By the keyboard: what is pressed is focused, and Enter pressed on it. */
async function press(page: Page, name: string): Promise<void> {
  const control = page
    .getByRole('button', { name })
    .or(page.getByRole('link', { name, exact: true }))
    .first()
  await control.focus()
  await page.keyboard.press('Enter')
}
