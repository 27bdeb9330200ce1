import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { routes } from '../../src/web/routes.ts'
import { authoriseReferral } from '../world/authorise-referral.ts'
import { describeInBrowser } from '../world/browser.ts'
import { arriveNow, flagFileOf } from '../world/flag-at-hand.ts'
import { makeDelivery, makeUnreadable } from '../world/make-attendance.ts'
import { type Paper, printPage } from '../world/print-page.ts'
import { attend, signIn, startTestWeb, type TestWeb } from '../world/web.ts'

const marking = 'OFFICIAL-SENSITIVE – safeguarding. Do not copy.'
const note =
  'Laceration to R palm. States a kinfe was pulled on him by older boys outside the chip shop, will not say who. Mum not aware. Denies carrying a weapon.'

/** Scripts alone ask for these. */
const noPages = new Set(['/waiting', '/seen'])

await describeInBrowser('on paper', browser => {
  let web: TestWeb
  let page: Page
  let fill: (path: string) => string
  beforeAll(async () => {
    web = await startTestWeb()
    for (let each = 0; each < 20; each++) await attend(web, { words: note, alerts: ['looked-after'] })
    await attend(web, { words: 'Cut finger with butter knife, making toast.' })
    const flagId = await arriveNow(web, { words: note })
    await authoriseReferral(web.store, { again: flagId })
    const unreadable = makeUnreadable({ delivery: makeDelivery({ receivedAt: '2026-11-20T07:00:00Z' }) })
    const { receipt, deadLetter } = unreadable
    await web.store.screening.record({ receipts: [receipt], held: [], deadLetters: [deadLetter] })
    const referral = (await flagFileOf(web, flagId)).referrals[0]?.id ?? ''
    page = await browser.newPage()
    await signIn(page, web.url, 'colm.fairley')
    const [exported, search] = [await makeSheet('/day-sheet'), await searchFor('Fernleigh')]
    fill = path =>
      path
        .replace('/unreadable/:id', `/unreadable/${receipt.eventId}`)
        .replace('/flags/:id', `/flags/${flagId}`)
        .replace('/rules/:id', '/rules/weapon-air-gun')
        .replace(':referral', referral)
        .replace(':export', exported)
        .replace(':search', search)
        .replace(':day', '2026-11-20')
  })
  afterAll(() => web[Symbol.asyncDispose]())

  test.each(routes.filter(({ method, path }) => method === 'GET' && !noPages.has(path)))(
    '$path begins on its first page, no page of it is empty, and each says which of how many it is',
    async ({ path }) => {
      await page.goto(`${web.url}${fill(path)}`)
      const papers = await printPage(page, marking)
      const empty = papers.flatMap(({ words }, index) => (words.length < 5 ? [`page ${index + 1}`] : []))
      expect(empty).toEqual([])
      expect(papers.map(({ words }) => words).join('\n')).not.toMatch(/https?:|\/flags\/|\/accounting\//)
      expect(papers.map(({ margins }) => margins)).toEqual(
        papers.map((_, index) => `${marking}, Page ${index + 1} of ${papers.length}`),
      )
    },
  )

  test('a queue of 20 takes three pages of A4 at most, with the head of its columns on each', async () => {
    await page.goto(`${web.url}/`)
    const papers = await printPage(page, marking)
    expect(papers.length).toBeLessThanOrEqual(3)
    for (const { words } of papers) expect(words).toContain('Why flagged')
    const all = wordsOf(papers)
    expect(all.match(/Fernleigh/g)?.length).toBe(20)
    expect(all).toContain('kinfe (Knife or other blade)')
    expect(all).toContain('Weapon, lowered')
    expect(all).toContain('Looked-after child')
  })

  test('a day sheet of 21 takes three pages at most, with the head of its columns on each', async () => {
    await page.goto(`${web.url}${fill('/exports/:export')}`)
    const papers = await printPage(page, marking)
    expect(papers.length).toBeLessThanOrEqual(3)
    for (const { words } of papers) expect(words).toContain('Still to do')
    expect(papers[0]?.words).toContain('1 of 21')
    expect(papers.at(-1)?.words).toContain('21 of 21')
    expect(wordsOf(papers)).not.toContain('Print this page')
  })

  test('the papers for the meeting lie crosswise, and leave room for the decision', async () => {
    await page.goto(`${web.url}/exports/${await makeSheet('/meeting')}`)
    const papers = await printPage(page, marking)
    expect(papers.map(({ isLandscape }) => isLandscape)).toEqual([true])
    for (const words of ['Decision of the meeting', '☐ Amber', 'Wren suggests red', 'is set by the meeting'])
      expect(wordsOf(papers)).toContain(words)
  })

  test('a page that shows no child to anybody is not marked as if it did', async () => {
    const stranger = await browser.newPage()
    await stranger.goto(`${web.url}/help`)
    const papers = await printPage(stranger, marking)
    expect(papers[0]?.margins).toBe(`Page 1 of ${papers.length}`)
  })

  /** The id in the address of the page that was made. */
  async function makeSheet(path: '/day-sheet' | '/meeting'): Promise<string> {
    await page.goto(`${web.url}${path}`)
    if (path === '/meeting') await page.getByRole('checkbox').first().check()
    await page.getByLabel('Audit, inspection or supervision').check()
    await page.getByLabel('On paper').check()
    await page.getByRole('button', { name: /^Make the/ }).click()
    await page.getByRole('button', { name: 'Print this page' }).waitFor()
    return page.url().split('/').at(-1) ?? ''
  }

  async function searchFor(name: string): Promise<string> {
    await page.goto(`${web.url}/search`)
    await page.getByRole('textbox').fill(name)
    await page.getByRole('main').getByRole('button', { name: 'Search' }).click()
    await page.waitForURL(/\/search\/.+/)
    return page.url().split('/').at(-1) ?? ''
  }
})

function wordsOf(papers: readonly Paper[]): string {
  return papers.map(({ words }) => words.replace(/\s+/g, ' ')).join(' ')
}
