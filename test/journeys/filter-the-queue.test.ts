import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeInBrowser, expectWellMade } from '../world/browser.ts'
import { arriveNow } from '../world/flag-at-hand.ts'
import { signIn, startTestWeb, type TestWeb } from '../world/web.ts'

await describeInBrowser('a nurse who narrows the list', browser => {
  let web: TestWeb
  let page: Page
  beforeAll(async () => {
    web = await startTestWeb()
    const knife = 'Threatened with a knife.'
    await arriveNow(web, { patient: { given: 'Rowan', family: 'Ashdown' }, words: knife, ageOnArrival: 16 })
    await arriveNow(web, { patient: { given: 'Isla', family: 'Merrick' }, words: 'Took an overdose.' })
    await arriveNow(web, { patient: { given: 'Teo', family: 'Barlow' }, words: knife, site: 'RWP01' })
    await arriveNow(web, { patient: { given: 'Mina', family: 'Holloway' }, words: knife, ageOnArrival: null })
    page = await browser.newPage()
    await signIn(page, web.url, 'asha.patel')
  })
  afterAll(() => web[Symbol.asyncDispose]())

  test('the filters come after the list, say how many each would show, and a link skips to them', async () => {
    await page.keyboard.press('Tab')
    const skip = page.getByRole('link', { name: 'Skip to the filters' })
    await skip.focus()
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('filters')
    for (const label of ['Weapons (3)', 'Self-harm and overdose (1)', 'Alexandra (1)', 'Age not known (1)'])
      await page.getByRole('checkbox', { name: label, exact: true }).waitFor()
    const last = page.getByRole('link', { name: 'Mina Holloway' })
    const isAfter = await last.evaluate(
      link =>
        (document.getElementById('filters')?.compareDocumentPosition(link) ?? 0) &
        Node.DOCUMENT_POSITION_PRECEDING,
    )
    expect(isAfter).toBeTruthy()
  })

  test('she chooses a site and a harm: the list, the address and the counts follow, and what is hidden is said', async () => {
    await page.getByRole('checkbox', { name: /^Worcestershire Royal/ }).check()
    await page.getByRole('checkbox', { name: /^Weapons/ }).check()
    await page.getByRole('button', { name: 'Apply filters' }).click()
    await page
      .getByText('2 of 4 attendances shown. 2 are hidden by the filters, 2 of them under “Review first”.')
      .waitFor()
    expect(await names()).toEqual(['Rowan Ashdown', 'Mina Holloway'])
    expect(new URL(page.url()).search).toBe('?site=RWP50&theme=weapons')
    // The count of another harm is the one at her site; another site's is the one of her harm
    await page.getByRole('checkbox', { name: 'Self-harm and overdose (1)', exact: true }).waitFor()
    await page.getByRole('checkbox', { name: 'Alexandra (1)', exact: true }).waitFor()
    await expectWellMade(page)
  })

  test('“Start review” still takes the next of all that wait, and says so', async () => {
    await page.getByRole('button', { name: 'Start review (4 waiting)' }).waitFor()
    await page.getByText('Takes the next of all that wait, also of those the filters hide.').waitFor()
  })

  test('the filters stay with her on the other lists, and on paper they are words', async () => {
    await page.getByRole('link', { name: /^Deferred/ }).click()
    expect(new URL(page.url()).search).toBe('?tab=deferred&site=RWP50&theme=weapons')
    await page.getByRole('link', { name: /^Done/ }).click()
    await page.getByText('Your filters are kept for the other lists').waitFor()
    await page.getByRole('link', { name: /^To review/ }).click()
    await page.emulateMedia({ media: 'print' })
    const chosen = page.locator('.app-chosen')
    expect((await chosen.innerText()).replaceAll(/\s+/g, ' ')).toContain('Shown: Worcestershire Royal')
    expect(await page.locator('.app-filters').isVisible()).toBe(false)
    await page.emulateMedia({ media: null })
  })

  test('she saves the view, and nothing of how the list was ordered is in it', async () => {
    await page.getByRole('button', { name: 'Save this view' }).click()
    await page.getByText('View saved: Worcestershire Royal, Weapons.').waitFor()
    expect(await web.store.savedViews.list('asha.patel')).toEqual(['site=RWP50&theme=weapons'])
    // When she takes a chip away, and clears the rest
    await page.getByRole('link', { name: 'Weapons (remove this filter)' }).click()
    expect(await names()).toEqual(['Rowan Ashdown', 'Isla Merrick', 'Mina Holloway'])
    await page.getByRole('link', { name: 'Clear filters' }).first().click()
    expect(new URL(page.url()).search).toBe('')
    // Then one press brings the view back, in the order in which the list always is
    await page.goto(`${web.url}/?sort=name`)
    await page.getByRole('navigation', { name: 'Your views:' }).getByRole('link').click()
    expect(await names()).toEqual(['Rowan Ashdown', 'Mina Holloway'])
    await page.reload()
    expect(await names()).toEqual(['Rowan Ashdown', 'Mina Holloway'])
    await expectWellMade(page)
    await page.getByRole('button', { name: 'Remove the view “Worcestershire Royal, Weapons”' }).click()
    await page.getByText('The saved view is removed.').waitFor()
    expect(await page.getByRole('navigation', { name: 'Your views:' }).count()).toBe(0)
  })

  test('where the filters hide everybody she reads how many, and one press shows them', async () => {
    await page.goto(`${web.url}/?age=16-17&theme=self-harm`)
    await page.getByRole('heading', { name: 'The filters hide all 4 attendances here' }).waitFor()
    await expectWellMade(page)
    await page.getByRole('link', { name: 'Clear filters and show all 4' }).click()
    expect(await names()).toHaveLength(4)
  })

  test('what she is reviewing, what a colleague has, and whose age nobody knows, are a press each', async () => {
    await page.goto(`${web.url}/`)
    await page.getByRole('button', { name: 'Start review' }).click()
    await page.getByRole('heading', { level: 1, name: 'Rowan Ashdown' }).waitFor()
    await page.goto(`${web.url}/?with=me`)
    expect(await names()).toEqual(['Rowan Ashdown'])
    await page.goto(`${web.url}/?with=nobody&age=not-known`)
    expect(await names()).toEqual(['Mina Holloway'])
    const beth = await browser.newPage()
    await signIn(beth, web.url, 'beth.rowley')
    await beth.goto(`${web.url}/?with=somebody`)
    expect(await beth.locator('.app-queue__name').allInnerTexts()).toEqual(['Rowan Ashdown'])
    expect(beth.url()).not.toContain('asha')
  })

  test('on a narrow screen without scripts one link leads to the filters, and they work', async () => {
    const plain = await browser.newPage({ javaScriptEnabled: false, viewport: { width: 320, height: 700 } })
    await signIn(plain, web.url, 'beth.rowley')
    await plain.getByRole('link', { name: 'Filter this list' }).click()
    expect(new URL(plain.url()).hash).toBe('#filters')
    await plain.getByRole('checkbox', { name: /^Weapons/ }).check()
    await plain.getByRole('checkbox', { name: /^Alexandra/ }).check()
    await plain.getByRole('button', { name: 'Apply filters' }).click()
    expect(await plain.locator('.app-queue__name').allInnerTexts()).toEqual(['Teo Barlow'])
    await plain.getByRole('link', { name: 'Alexandra (remove this filter)' }).click()
    expect(await plain.locator('.app-queue__name').count()).toBe(3)
  })

  test.each([
    ['a site nobody knows', '?site=NOWHERE'],
    ['a harm that is none', '?theme=%3Cscript%3E'],
    ['a key that came twice, once in vain', '?band=high&band=medium&band=low&band=zero'],
    ['a name of the object itself', '?constructor=x&__proto__=y'],
  ])('%s in the address hides nobody', async (_reason, query) => {
    await page.goto(`${web.url}/${query}`)
    expect(await names()).toHaveLength(4)
  })

  async function names(): Promise<readonly string[]> {
    return page.locator('.app-queue__name').allInnerTexts()
  }
})
