import { access, constants } from 'node:fs/promises'
import { AxeBuilder } from '@axe-core/playwright'
import sparticuz from '@sparticuz/chromium'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'

/** A page as wide as a ward's screen, and the narrowest that must do without scrolling sideways. */
export const widths = [1366, 320] as const

const systemChromium = '/usr/bin/chromium'
/** For our own pages in tests only: without a sandbox a browser also starts as root. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** CHROMIUM_PATH, then Debian's, then the one that npm brings; null where none can be had. */
export async function findChromium(): Promise<string | null> {
  for (const path of [process.env.CHROMIUM_PATH, systemChromium]) {
    if (path !== undefined && path !== '' && (await canRun(path))) return path
  }
  const unpacked = await sparticuz.executablePath().catch(() => null)
  return unpacked !== null && (await canRun(unpacked)) ? unpacked : null
}

export interface TestBrowser {
  /** A page in a profile of its own: nobody is signed in. Closed with the suite. */
  newPage(wishes?: BrowserContextOptions): Promise<Page>
}

/** A suite in a real browser. Where there is none it is skipped, and its title says why. */
export async function describeInBrowser(title: string, suite: (browser: TestBrowser) => void): Promise<void> {
  const executablePath = await findChromium()
  if (executablePath === null) {
    const why = 'skipped: no Chromium. Set CHROMIUM_PATH to one, or install it'
    describe.skip(`${title} (${why})`, () => suite({ newPage: () => Promise.reject(new Error(why)) }))
    return
  }
  describe(title, () => {
    let browser: Browser | undefined
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath, args: flags })
    })
    afterAll(async () => browser?.close())
    suite({
      async newPage(wishes = {}) {
        if (browser === undefined) throw new Error('a page was asked for before the browser had started')
        const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, ...wishes })
        return context.newPage()
      },
    })
  })
}

/** Fails with one line a violation of WCAG 2.0 to 2.2 (A and AA) or of good practice. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations, passes } = await new AxeBuilder({ page })
    .setLegacyMode() // without frames there is nothing to put together, and it is twice as fast
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'])
    .analyze()
  expect(passes.length, 'axe looked at the page').toBeGreaterThan(10)
  const lines = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html }) => `${id}: ${help}\n  ${html}`),
  )
  const ids = await page.locator('[id]').evaluateAll(elements => elements.map(element => element.id))
  const twice = ids.filter((id, index) => ids.indexOf(id) < index)
  lines.push(
    ...twice.map(id => `duplicate-id: a label or link that names "${id}" leads to one of two places`),
  )
  if (lines.length > 0) expect.fail(`${page.url()} is not accessible\n${lines.join('\n')}`)
}

/** Nothing of the page lies to the right of the window. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const { needed, given } = await page.evaluate(() => ({
    needed: document.documentElement.scrollWidth,
    given: document.documentElement.clientWidth,
  }))
  expect(needed, `width of ${page.url()}`).toBeLessThanOrEqual(given)
}

/** Both at both widths; the page is as wide as before afterwards. */
export async function expectWellMade(page: Page): Promise<void> {
  const before = page.viewportSize()
  for (const width of widths) {
    await page.setViewportSize({ width, height: 768 })
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
  }
  if (before !== null) await page.setViewportSize(before)
}

async function canRun(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}
