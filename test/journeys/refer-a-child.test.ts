import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { answerReferral } from '../world/answer-referral.ts'
import { describeInBrowser, expectAccessible } from '../world/browser.ts'
import { makeNhsNumber } from '../world/make-attendance.ts'
import { signIn } from '../world/web.ts'
import { startTestWren, type TestWren } from '../world/wren.ts'

const canary = { given: 'Zephyrine', family: 'Canarybird', nhsNumber: makeNhsNumber(424_242) }
const words =
  'Lac to L forearm. States kinfe pulled on her outside chip shop by older lads, "county business".'

await describeInBrowser(
  'a child with a knife wound, from the emergency department to the partnership',
  browser => {
    test('over HTTP: the note arrives, the nurse refers, the portal has it once, under the reference she reads', async () => {
      await using wren = await startTestWren()

      // Given a note that the hospital sends, and sends again because it missed the answer
      const message = attendanceOf(canary, words)
      expect(await wren.send(message)).toBe(200)
      expect(await wren.send(message)).toBe(200)

      // When the nurse starts her review
      const page = await browser.newPage()
      await signIn(page, wren.webUrl, 'asha.patel')
      expect(await page.getByRole('table').getByRole('rowheader').count()).toBe(1)
      await page.getByText('0 of 1 reviewed').waitFor()
      await page.getByRole('button', { name: 'Start review (1 waiting)' }).click()
      await page.getByRole('heading', { level: 1, name: 'Zephyrine Canarybird' }).waitFor()
      expect(await page.locator('mark').allInnerTexts()).toContainEqual(expect.stringContaining('kinfe'))

      // and refers the child
      await referNow(page)
      await page.getByRole('heading', { name: 'Referral authorised' }).waitFor()

      // Then the portal has exactly one referral, and the page shows its reference
      const [only, ...more] = await receivedBy(wren)
      expect(more).toEqual([])
      await page.getByRole('link', { name: 'See the attendance' }).click()
      await page.getByText('Referral received').waitFor()
      await page.getByText(only?.reference ?? 'no reference', { exact: true }).waitFor()
      expect(only?.referral).toMatchObject({
        authorised: { by: 'Asha Patel' },
        child: { family: 'Canarybird' },
      })
      await expectAccessible(page)

      // and the day is accounted for: two messages, one of them a duplicate
      await page.getByRole('link', { name: 'Accounting' }).click()
      await page.getByText('Every message received has its outcome.').waitFor()
      const total = page.getByRole('row', { name: /All sources/ })
      expect((await total.innerText()).split(/\s*\t\s*/).slice(-7)).toEqual([
        '2',
        '1',
        '0',
        '0',
        '1',
        '0',
        '0',
      ])

      // and nothing of the child stands in a log line or a metric
      const told = `${wren.log.join('')}${await wren.metrics()}`
      expect(told).toContain('wren_decisions_total')
      for (const secret of [canary.given, canary.family, canary.nhsNumber, 'chip shop', 'kinfe']) {
        expect(told).not.toContain(secret)
      }
    })

    test('the portal refuses, the nurse sees it on top of her list and sends it again', async () => {
      await using wren = await startTestWren()
      await wren.send(attendanceOf(canary, words))
      await setMood(wren, 'refuse')
      const page = await browser.newPage()
      await signIn(page, wren.webUrl, 'asha.patel')
      await page.getByRole('button', { name: /Start review/ }).click()
      await referNow(page)
      await page.getByRole('heading', { name: 'Referral authorised' }).waitFor()

      // Given that the portal refused it
      await expect
        .poll(async () => (await wren.store.outbox.countByState()).failed, { timeout: 30_000 })
        .toBe(1)

      // When she comes to her list, then it stands on top with whom to ring
      await page.goto(wren.webUrl)
      await page.getByText('If a child cannot wait, ring 01905 000 000').waitFor()
      await page.getByRole('link', { name: /A referral was refused by the portal/ }).click()
      await page.getByText('GET SAFE did not take it').waitFor()

      // and once the portal is well again, one press sends it
      await setMood(wren, 'well')
      await page.getByRole('button', { name: 'Send again' }).click()
      await page.getByText('Wren is sending the referral again.').waitFor()
      expect(await receivedBy(wren)).toHaveLength(1)
      await page.reload()
      await page.getByText('Referral received').waitFor()
    })
  },
)

async function referNow(page: Page): Promise<void> {
  await page.getByLabel('Refer now').check()
  await page
    .getByLabel('Reason', { exact: true })
    .fill('Threatened and cut by older boys; speaks of county lines.')
  await page.getByRole('button', { name: 'Go on to the referral' }).click()
  await page.getByRole('heading', { name: 'Refer this child' }).waitFor()
  const weapon = page.getByRole('group', { name: /hurt by a weapon/ })
  expect(await weapon.getByLabel('Evidence').inputValue()).toContain('kinfe pulled on her')
  await weapon.getByLabel('Present', { exact: true }).check()
  await answerReferral(page)
  await page.getByLabel('Asked, and refused').check()
  await page.getByLabel('Why share it without consent?').fill('Risk of serious harm.')
  await page.getByRole('group', { name: 'On what lawful basis?' }).getByRole('radio').first().check()
  await page.getByRole('button', { name: 'Read it before it is sent' }).click()
  await page.getByText('Risk of serious harm.', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Authorise and send' }).click()
}

function attendanceOf(patient: typeof canary, text: string): string {
  const arrivedAt = Temporal.Now.instant().subtract({ minutes: 20 }).toString()
  return JSON.stringify({
    source: 'ed-worcester',
    attendanceId: 'ED-2026-0042',
    site: 'RWP50',
    arrivedAt,
    patient: { ...patient, localId: 'W424242', birthDate: '2012-02-29', sex: 'female' },
    notes: [{ section: 'triage', text }],
  })
}

interface Received {
  readonly reference: string
  readonly referral: unknown
}

/** What the portal holds, once it holds anything. */
async function receivedBy({ portal }: TestWren): Promise<readonly Received[]> {
  const ask = async (): Promise<readonly Received[]> => {
    const answer = await fetch(new URL('/simulator/received', portal.url))
    return ((await answer.json()) as { received: readonly Received[] }).received
  }
  await expect.poll(async () => (await ask()).length, { timeout: 30_000 }).toBeGreaterThan(0)
  return ask()
}

async function setMood({ portal }: TestWren, mood: string): Promise<void> {
  const answer = await fetch(new URL('/simulator/mood', portal.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ mood }),
  })
  expect(answer.status).toBeLessThan(400)
}
