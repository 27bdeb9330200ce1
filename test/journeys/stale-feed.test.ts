import { expect, test } from 'vitest'
import { describeInBrowser, expectWellMade } from '../world/browser.ts'
import { makeAttendance, makeDelivery, makeReceipt } from '../world/make-attendance.ts'
import { attend, signIn, startTestWeb, type TestWeb } from '../world/web.ts'

await describeInBrowser('a feed that has fallen silent', browser => {
  test('is told of in time, on every list, on paper and before a day is signed off', async () => {
    await using web = await startTestWeb()
    // Given that 15 messages an hour came on this weekday in the weeks before, by day and by night
    for (const day of ['2026-11-14', '2026-11-07']) await receive(web, { day, from: 5, to: 11 })
    await receive(web, { day: '2026-11-20', from: 20, to: 23 })
    await attend(web, {
      words: 'Threatened with a knife.',
      arrivedAt: '2026-11-21T09:20:00Z',
      patient: { given: 'Rowan', family: 'Ashdown' },
    })
    const page = await browser.newPage()
    await signIn(page, web.url, 'colm.fairley')

    // When the last attendance is ten minutes old, that stands by the heading and nothing warns
    await page.getByText('1 message received today. Last received today at 9:20am.').waitFor()
    expect(await page.getByRole('heading', { name: 'This list may be incomplete' }).count()).toBe(0)

    // When an hour has passed without another, in which 15 usually come
    web.pass({ hours: 1 })
    await signIn(page, web.url, 'colm.fairley')
    await page.getByRole('heading', { name: 'This list may be incomplete' }).waitFor()
    await page
      .getByText('the last message was received today at 9:20am. About 18 messages usually come')
      .waitFor()
    await expectWellMade(page)
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByRole('heading', { name: 'This list may be incomplete' }).isVisible()).toBe(true)
    await page.emulateMedia({ media: null })

    // then what was set aside, and a search that finds nobody, say so too
    await page.goto(`${web.url}/set-aside`)
    await page.getByRole('heading', { name: 'This list may be incomplete' }).waitFor()
    await page.getByRole('heading', { name: 'Nothing is set aside in what has come so far' }).waitFor()
    await page.goto(`${web.url}/search`)
    await page.getByLabel('Name, NHS number').fill('Zebedee')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'This list may be incomplete' }).waitFor()

    // and signing off yesterday waits, though not the day before it: what is held back may be of yesterday
    await page.goto(`${web.url}/accounting/2026-11-19/sign-off`)
    await page.getByText('Feeds at this hour').waitFor()
    expect(await page.getByText('1 late', { exact: true }).count()).toBe(0)
    await page.goto(`${web.url}/accounting/2026-11-20/sign-off`)
    expect(await page.getByRole('button', { name: /^Sign off Friday/ }).count()).toBe(0)
    await page.getByRole('link', { name: 'See which feed is late' }).click()
    await page.getByRole('heading', { name: 'Late feeds' }).waitFor()
    await page.getByText('signing off waits for it').waitFor()
    await expectWellMade(page)

    // When the feed is back, the banner is gone and the day can be signed off
    await attend(web, { words: 'Earache for two days.', arrivedAt: web.now().toString() })
    await page.goto(web.url)
    await page.getByText('2 messages received today').waitFor()
    expect(await page.getByRole('heading', { name: 'This list may be incomplete' }).count()).toBe(0)
    await page.goto(`${web.url}/accounting/2026-11-20/sign-off`)
    await page.getByRole('button', { name: /^Sign off Friday/ }).waitFor()
  })

  test('says so where nothing is listed: an empty list is no proof that nobody waits', async () => {
    await using web = await startTestWeb()
    for (const day of ['2026-11-14', '2026-11-07']) await receive(web, { day, from: 5, to: 11 })
    await receive(web, { day: '2026-11-21', from: 6, to: 7 })
    const page = await browser.newPage()
    await signIn(page, web.url, 'asha.patel')
    await page.getByRole('heading', { name: 'Nothing waits in what has come so far' }).waitFor()
    await page
      .getByText('That may not be all: 1 feed is late. 15 messages received today: 15 clear.')
      .waitFor()
    await expectWellMade(page)
  })
})

/** A message every four minutes between two hours of the day: nothing was found in any. */
async function receive(
  web: TestWeb,
  { day, from, to }: { day: string; from: number; to: number },
): Promise<void> {
  const receipts = Array.from({ length: (to - from) * 15 }, (_, index) => {
    const at = Temporal.Instant.from(`${day}T00:00:00Z`)
      .add({ hours: from, minutes: index * 4 })
      .toString()
    const attendance = makeAttendance({ arrivedAt: at, recordedAt: at })
    return makeReceipt({ attendance, delivery: makeDelivery({ receivedAt: at }) })
  })
  await web.store.screening.record({ receipts, held: [], deadLetters: [] })
}
