import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeInBrowser, expectWellMade } from '../world/browser.ts'
import { openFlagNow } from '../world/flag-at-hand.ts'
import { attend, signIn, startTestWeb, type TestWeb } from '../world/web.ts'

await describeInBrowser('a nurse who finds a list empty', browser => {
  let web: TestWeb
  let page: Page
  beforeAll(async () => {
    web = await startTestWeb()
    page = await browser.newPage()
    await signIn(page, web.url, 'asha.patel')
  })
  afterAll(() => web[Symbol.asyncDispose]())

  test('reads on each that nothing has come yet, before anything has', async () => {
    await sees('/', 'Nothing has come yet')
    await sees('/set-aside', 'Nothing has come yet')
    await sees('/?tab=done', 'Nothing is closed yet', 'Nothing waits for review either.')
    await sees('/changed', 'Nothing is reviewed yet')
    await sees('/referrals', 'Nobody has been referred yet')
  })

  test('reads that nothing was flagged, and what came of all that was received', async () => {
    await attend(web, { words: 'Earache for two days.' })
    await attend(web, { words: 'Cut finger with butter knife, making toast.' })
    await sees('/', 'Nothing was flagged', 'Nothing waits for you. 2 messages received today: 2 clear.')
    await expectWellMade(page)
  })

  test('reads that the filters hide them all, however many there are', async () => {
    await openFlagNow({ web, page, wishes: { words: 'Threatened with a knife.', ageOnArrival: 16 } })
    await sees(
      '/?age=under-13',
      'The filters hide the one attendance here',
      '“To review” holds 1 attendance, and it does not match what you chose.',
    )
    await page.getByRole('link', { name: 'Clear filters and show it' }).click()
    expect(await page.locator('.app-queue__name').count()).toBe(1)
    await sees('/?tab=deferred&age=under-13', 'Nobody is put off')
    await sees('/?tab=done', 'Nothing is closed yet', '1 attendance waits for review.')
  })

  test('reads that all is done, and what is still to follow', async () => {
    await page.goto(web.url)
    await page.getByRole('link', { name: 'go on with it' }).click()
    await page.getByLabel('More information needed').check()
    await page.getByLabel('Reason', { exact: true }).fill('Ward rings back at noon.')
    await page.getByRole('button', { name: 'Save and go to list' }).click()
    await page.getByText('Saved: More information needed').waitFor()
    await sees(
      '/',
      'All done',
      'Everything flagged so far has been reviewed: 1 attendance today. Still to follow: 1 attendance with actions open. 3 messages received today: 1 flagged, 2 clear.',
    )
    await expectWellMade(page)
    await sees('/changed', 'Nothing has changed', 'none of 1 reviewed attendance')
    await sees('/?page=9', 'Nothing on this page')
    await page.getByRole('link', { name: 'Go to its first page' }).click()
    await page.getByRole('heading', { name: 'All done' }).waitFor()
  })

  test('never reads “no results”', async () => {
    for (const path of [
      '/',
      '/?tab=actions-open',
      '/?tab=done',
      '/set-aside',
      '/rules/suggestions',
      '/search',
    ])
      expect((await page.goto(`${web.url}${path}`).then(answer => answer?.text())) ?? '').not.toMatch(
        /no results/i,
      )
  })

  async function sees(path: string, heading: string, words?: string): Promise<void> {
    await page.goto(`${web.url}${path}`)
    const box = page.locator('.app-empty')
    await box.getByRole('heading', { name: heading }).waitFor()
    expect(await page.locator('.app-empty').count()).toBe(1)
    if (words !== undefined) expect(await box.innerText()).toContain(words)
  }
})
