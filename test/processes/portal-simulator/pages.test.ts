import { existsSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import chromiumPackage from '@sparticuz/chromium'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openRestPortal } from '../../../src/adapters/portal/rest-portal.ts'
import {
  type PortalSimulator,
  startPortalSimulator,
} from '../../../src/processes/portal-simulator/start-portal-simulator.ts'
import { makeReferral } from '../../world/make-referral.ts'

let browser: Browser
let simulator: PortalSimulator

beforeAll(async () => {
  const given = [process.env.CHROMIUM_PATH, '/usr/bin/chromium'].find(path => path && existsSync(path))
  const executablePath = given ?? (await chromiumPackage.executablePath())
  browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
  })
})

beforeEach(async () => {
  simulator = await startPortalSimulator({ host: '127.0.0.1', port: 0 })
})

afterEach(() => simulator.stop())

afterAll(() => browser?.close())

/** A page at this address, with everything the browser complained of. */
async function open(path: string, width: number): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ viewport: { width, height: 800 } })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', message => complaints.push(message.text()))
  page.on('pageerror', error => complaints.push(error.message))
  await page.goto(`${simulator.url}${path}`)
  return { page, complaints }
}

async function violations(page: Page): Promise<readonly string[]> {
  const found = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' ')}`)
}

describe('the pages of the simulator', () => {
  test.each([1366, 320])(
    'are usable by everybody at %i px, empty, filled, changed and missing',
    async width => {
      const { page, complaints } = await open('/', width)
      const keeps = async (): Promise<void> => {
        expect(await violations(page)).toEqual([])
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
      }
      await keeps()
      const { id: key, ...sending } = makeReferral({
        concerns: `Chased home by boys. ${'Supercalifragilistic'.repeat(20)}`,
      })
      await openRestPortal({ url: simulator.referralsUrl, token: simulator.token }).deliver({
        ...sending,
        key,
      })
      await page.reload()
      await keeps()
      await page.goto(`${simulator.url}/?problem=mood`)
      await keeps()
      await page.getByRole('link', { name: /^GS-/ }).first().click()
      await keeps()
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toMatch(/^GS-\d{4}-\d{6}$/)
      expect(complaints).toEqual([])
      await page.goto(`${simulator.url}/received/GS-1999-000001`)
      await keeps()
    },
  )

  test('let a meeting set a pathway, and say how Wren learns of it', async () => {
    const referrals = [makeReferral(), makeReferral()]
    const portal = openRestPortal({ url: simulator.referralsUrl, token: simulator.token })
    for (const { id: key, ...sending } of referrals) await portal.deliver({ ...sending, key })
    for (const width of [320, 1366]) {
      const { page, complaints } = await open('/meeting', width)
      const keeps = async (): Promise<void> => {
        expect(await violations(page)).toEqual([])
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
      }
      await keeps()
      const waiting = page.getByRole('region', { name: 'Waiting for a pathway' })
      await waiting.getByRole('link', { name: /^GS-/ }).first().click()
      await page.getByRole('button', { name: 'Record it' }).click()
      await page.getByRole('link', { name: 'Select what was decided' }).click()
      await page.getByLabel('Set the pathway').check()
      await page.getByRole('button', { name: 'Record it' }).click()
      await page.getByRole('link', { name: 'Enter the reason' }).waitFor()
      await keeps()
      await page.getByLabel('Amber').check()
      await page.getByLabel('Reason (not needed to accept)').fill('Older boys hold his debts')
      await page.getByLabel('Who leads (optional)').fill('Fern Hallow')
      await page.getByLabel('Next review (optional)').fill('2027-01-06')
      await page.getByRole('button', { name: 'Record it' }).click()
      await page.getByText(/Recorded for GS-/).waitFor()
      const reviewed = page.getByRole('region', { name: 'On a pathway' })
      await reviewed.getByText('6 January 2027 (Pathway: Amber)').first().waitFor()
      await keeps()
      await reviewed.getByRole('link', { name: /^GS-/ }).first().click()
      await page.getByText('Led by Fern Hallow').waitFor()
      if (width === 320) await page.getByText('Wren learns of it when it asks').waitFor()
      simulator.callBackTo({ url: 'http://127.0.0.1:9/call-backs', secret: new Uint8Array(32) })
      await page.reload()
      await page.getByText('Wren has not been told yet').waitFor()
      await page.getByLabel('Step it down').waitFor()
      expect(await page.getByLabel('Decline it').count()).toBe(0)
      // A refused form is answered 422, which the browser tells its console.
      expect(complaints.filter(each => !each.includes('422'))).toEqual([])
    }
  })

  test('let the mood be changed by keyboard alone', async () => {
    const { page } = await open('/', 1366)
    await page.getByLabel('Working', { exact: true }).focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Tab')
    await page.keyboard.type('3')
    await page.keyboard.press('Enter')
    await page.getByText('Changed.').waitFor()
    expect(await page.getByText('Now:').textContent()).toMatch(/Down\s+for 3 more requests/)
    await page.getByLabel('Working', { exact: true }).check()
    await page.getByRole('button', { name: 'Change' }).click()
    expect(await page.getByText('Now:').textContent()).toMatch(/Now: Working$/)
  })

  test('are drawn in a plain sans-serif typeface, from their own style sheet', async () => {
    const { page } = await open('/', 1366)
    const drawn = await page.evaluate(() => getComputedStyle(document.body).fontFamily)
    expect(drawn).toMatch(/^Arial/)
  })
})
