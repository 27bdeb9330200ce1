import { expect, test } from 'vitest'
import { describeInBrowser, expectNoSidewaysScroll } from '../world/browser.ts'
import { attend, signIn, startTestWeb } from '../world/web.ts'

const note =
  'Laceration to R palm. States a kinfe was pulled on him by older boys outside the chip shop, will not say who. Mum not aware. Denies carrying a weapon.'

await describeInBrowser('pages in other conditions', browser => {
  test('in print it is a table with a head, the rule stands in brackets, and the first row is on the first page', async () => {
    await using web = await startTestWeb()
    await attend(web, { words: note })
    const page = await browser.newPage()
    await signIn(page, web.url, 'asha.patel')
    await page.emulateMedia({ media: 'print' })
    await page.setViewportSize({ width: 700, height: 1000 })
    expect(await page.locator('mark').first().innerText()).toMatch(/kinfe \(.+\)/)
    expect(await page.getByRole('button', { name: 'Start review' }).isVisible()).toBe(false)
    const head = await page.getByRole('columnheader', { name: 'Why flagged' }).boundingBox()
    expect(head?.height, 'the table keeps its head on paper').toBeGreaterThan(5)
    const row = await page.getByRole('rowheader').first().boundingBox()
    expect(row?.y).toBeLessThan(300)
  })

  test('with forced colours the marks keep a background of their own', async () => {
    await using web = await startTestWeb()
    await attend(web, { words: note })
    const page = await browser.newPage({ forcedColors: 'active' })
    await signIn(page, web.url, 'asha.patel')
    const background = await page
      .locator('mark')
      .first()
      .evaluate(mark => [mark, document.body].map(element => getComputedStyle(element).backgroundColor))
    expect(background[0]).not.toBe(background[1])
  })

  test('text twice as large stays within the window', async () => {
    await using web = await startTestWeb()
    await attend(web, { words: note })
    const page = await browser.newPage()
    await signIn(page, web.url, 'asha.patel')
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '200%'
    })
    await expectNoSidewaysScroll(page)
    await page.getByRole('table').getByRole('link').first().click()
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '200%'
    })
    await expectNoSidewaysScroll(page)
  })

  test('no text is set in a serif face', async () => {
    await using web = await startTestWeb()
    await attend(web, { words: note })
    const page = await browser.newPage()
    await signIn(page, web.url, 'asha.patel')
    await page.getByRole('table').getByRole('link').first().click()
    const faces = await page.evaluate(() => [
      ...new Set(
        [...document.querySelectorAll('body *')].map(element => getComputedStyle(element).fontFamily),
      ),
    ])
    const others = faces.filter(face => !/^(Arial|monospace|Menlo)/i.test(face))
    expect(others).toEqual([])
  })

  test('"Blank screen", or Escape twice, hides the child until the nurse shows the page', async () => {
    await using web = await startTestWeb()
    await attend(web, { words: note, patient: { given: 'Rowan', family: 'Ashdown' } })
    const page = await browser.newPage()
    await signIn(page, web.url, 'asha.patel')
    const cover = page.getByRole('dialog', { name: 'Screen covered' })
    await page.getByRole('link', { name: 'Blank screen' }).click()
    await cover.waitFor()
    const covered = await cover.evaluate(element => {
      const { width, height } = element.getBoundingClientRect()
      return width >= innerWidth - 20 && height >= innerHeight
    })
    expect(covered).toBe(true)
    await page.keyboard.press('Escape')
    expect(await cover.isVisible()).toBe(true)
    await page.getByRole('button', { name: 'Show the page' }).click()
    expect(await cover.isVisible()).toBe(false)
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await cover.waitFor()
  })
})
