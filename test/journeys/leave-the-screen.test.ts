import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeInBrowser, expectWellMade } from '../world/browser.ts'
import { arriveNow } from '../world/flag-at-hand.ts'
import { signIn, startTestWeb, type TestWeb } from '../world/web.ts'

await describeInBrowser('a nurse who leaves her screen', browser => {
  let web: TestWeb
  let page: Page
  beforeAll(async () => {
    web = await startTestWeb()
    await arriveNow(web, {
      patient: { given: 'Rowan', family: 'Ashdown' },
      words: 'Threatened with a knife.',
    })
    page = await nurse()
  })
  afterAll(() => web[Symbol.asyncDispose]())

  test('what comes while she reads is told in one line, which moves nothing; she shows it when she likes', async () => {
    const list = page.locator('#list')
    const before = await list.boundingBox()
    await arriveNow(web, { patient: { given: 'Isla', family: 'Merrick' }, words: 'Took an overdose.' })
    await arriveNow(web, { patient: { given: 'Teo', family: 'Barlow' }, words: 'Stabbed in thigh.' })
    const beth = await nurse('beth.rowley')
    await beth.getByRole('button', { name: 'Start review' }).click()
    await beth.getByRole('button', { name: 'Save and go to next' }).waitFor()
    await pass({ minutes: 1 })
    await page.getByRole('status').getByText('2 more have come').waitFor()
    expect(await list.boundingBox()).toEqual(before)
    expect(await names()).toEqual(['Rowan Ashdown'])
    await expectWellMade(page)
    await page.getByRole('link', { name: 'Show them' }).click()
    await page.getByText('Beth Rowley is reviewing').waitFor()
    expect(await names()).toHaveLength(3)
    // When a colleague changes one that she sees, that is told too
    await beth.getByRole('button', { name: 'Give it back without an outcome' }).click()
    await beth.getByText('waiting').first().waitFor()
    await pass({ minutes: 1 })
    await page.getByRole('status').getByText('1 has changed.').waitFor()
  })

  test('after five minutes without a press the child is covered, and one press shows the page as she left it', async () => {
    await page.keyboard.press('Shift')
    await pass({ minutes: 4 })
    const cover = page.getByRole('dialog', { name: 'Screen covered' })
    expect(await cover.isVisible()).toBe(false)
    await pass({ minutes: 1 })
    await cover.waitFor()
    await expectWellMade(page)
    await page.keyboard.press('Escape')
    expect(await cover.isVisible()).toBe(true)
    await page.getByRole('button', { name: 'Show the page' }).click()
    expect(await cover.isVisible()).toBe(false)
  })

  test('two minutes before the end she is warned over the cover, and one press keeps her signed in', async () => {
    await page.reload()
    await pass({ minutes: 12, seconds: 50 })
    const warning = page.getByRole('dialog', { name: 'You are about to be signed out' })
    expect(await warning.isVisible()).toBe(false)
    await pass({ seconds: 20 })
    await warning.waitFor()
    await expectWellMade(page)
    await page.getByRole('button', { name: 'Stay signed in' }).click()
    await expect.poll(() => warning.isVisible()).toBe(false)
    await page.getByRole('button', { name: 'Show the page' }).click()
  })

  test('who works on another page is neither warned on this one nor sent away', async () => {
    await page.reload()
    const other = await page.context().newPage()
    await pass({ minutes: 10 })
    await other.goto(`${web.url}/search`)
    const asked = page.waitForResponse(answer => answer.url().endsWith('/seen'))
    await pass({ minutes: 5 })
    await asked
    const warning = page.getByRole('dialog', { name: 'You are about to be signed out' })
    expect(await warning.isVisible()).toBe(false)
    expect(new URL(page.url()).pathname).toBe('/')
    await other.close()
  })

  test('after fifteen minutes the page has left the screen, though it asked for news all the time', async () => {
    await page.goto(`${web.url}/?theme=weapons`)
    for (let minute = 0; minute < 15; minute++) await pass({ minutes: 1 })
    await pass({ seconds: 10 })
    await page.waitForURL(/\/sign-in/)
    expect(await page.getByText('Ashdown').count()).toBe(0)
    expect(web.told.requests.filter(each => each.startsWith('GET /waiting')).length).toBeGreaterThan(10)
    // When she signs in again she is where she was, with her filters
    await page.getByLabel('User name').fill('asha.patel')
    await page.getByLabel('Password', { exact: true }).fill('a password for tests only')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL(`${web.url}/?theme=weapons`)
  })

  /** A page whose clock goes with Wren's. */
  async function nurse(username: 'asha.patel' | 'beth.rowley' = 'asha.patel'): Promise<Page> {
    const opened = await browser.newPage()
    await opened.clock.install({ time: web.now().epochMilliseconds })
    await signIn(opened, web.url, username)
    return opened
  }

  async function pass(duration: { minutes?: number; seconds?: number }): Promise<void> {
    web.pass(duration)
    await page.clock.runFor((duration.minutes ?? 0) * 60_000 + (duration.seconds ?? 0) * 1_000)
  }

  async function names(): Promise<readonly string[]> {
    return page.locator('.app-queue__name').allInnerTexts()
  }
})
