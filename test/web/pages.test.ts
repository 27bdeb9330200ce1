import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answerReferral } from '../world/answer-referral.ts'
import { describeInBrowser, expectWellMade } from '../world/browser.ts'
import { makeDelivery, makeUnreadable } from '../world/make-attendance.ts'
import { attend, signIn, startTestWeb, type TestWeb } from '../world/web.ts'

/** Each page and each state of it: no violation at 1366 and 320 pixels, and no sideways scroll. */
await describeInBrowser('every page is accessible', browser => {
  let web: TestWeb
  let page: Page
  const requested: string[] = []
  beforeAll(async () => {
    web = await startTestWeb()
    await attend(web, {
      words:
        'Stabbed to L thigh with a kinfe outside shop. Says it is "gang stuff". Denies carrying a knife.',
      patient: { given: 'Rowan', family: 'Ashdown' },
      alerts: ['looked-after'],
      codes: [{ system: 'icd10', code: 'X99', display: 'Assault by sharp object' }],
    })
    await attend(web, {
      words: 'Took 16 paracetamol, overdose.',
      patient: { given: 'Isla', family: 'Merrick' },
    })
    await attend(web, { words: 'Cut finger with butter knife, making toast.' })
    await attend(web, { words: 'Threatened with a gun.', arrivedAt: '2026-11-18T10:00:00Z' })
    const unreadable = makeUnreadable({ delivery: makeDelivery({ receivedAt: '2026-11-21T07:00:00Z' }) })
    const { receipt, deadLetter } = unreadable
    await web.store.screening.record({ receipts: [receipt], held: [], deadLetters: [deadLetter] })
    page = await browser.newPage()
    page.on('request', request => requested.push(request.url()))
  })
  afterAll(() => web[Symbol.asyncDispose]())

  test('sign-in, and sign-in refused', async () => {
    await page.goto(`${web.url}/sign-in`)
    await expectWellMade(page)
    await page.getByLabel('User name').fill('asha.patel')
    await page.getByLabel('Password', { exact: true }).fill('not this one')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('alert').getByText('is not right').waitFor()
    await expectWellMade(page)
  })

  test('the queue', async () => {
    await signIn(page, web.url, 'asha.patel')
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain('Review queue')
    expect(await page.getByRole('table').getByText('Overdue').count()).toBe(1)
    await expectWellMade(page)
  })

  test('an attendance nobody has, one of mine, and its form with problems', async () => {
    await page.getByRole('link', { name: 'Rowan Ashdown' }).click()
    await expectWellMade(page)
    await page.getByRole('button', { name: 'Review this attendance' }).click()
    await expectWellMade(page)
    await page.getByLabel('Defer').check()
    await page.getByRole('button', { name: 'Save and go to list' }).click()
    await page.getByRole('heading', { name: 'There is a problem' }).waitFor()
    await expectWellMade(page)
    await page.getByRole('link', { name: 'Select a day in the next 7 days' }).click()
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('deferUntil')
  })

  test('the referral: form, problems, check, authorised, and the attendance afterwards', async () => {
    await page.getByLabel('Refer now').check()
    await page.getByLabel('Reason', { exact: true }).fill('Stabbed outside a shop by older boys.')
    await page.getByRole('button', { name: 'Go on to the referral' }).click()
    await page.getByRole('heading', { name: 'Refer this child' }).waitFor()
    await expectWellMade(page)
    await page.getByRole('button', { name: 'Read it before it is sent' }).click()
    await page.getByRole('heading', { name: 'There is a problem' }).waitFor()
    await expectWellMade(page)
    await answerReferral(page)
    await page.getByRole('button', { name: 'Read it before it is sent' }).click()
    await page.getByRole('heading', { name: 'Check the referral before you send it' }).waitFor()
    await expectWellMade(page)
    await page.getByText('Exactly as it is sent').click()
    await expectWellMade(page)
    await page.getByRole('button', { name: 'Authorise and send' }).click()
    await page.getByRole('heading', { name: 'Referral authorised' }).waitFor()
    await expectWellMade(page)
    await page.getByRole('link', { name: 'See the attendance' }).click()
    await page.getByText('What the referral says').click()
    await expectWellMade(page)
  })

  test('a referral that was refused, on the attendance and at the top of the queue', async () => {
    const [leased] = await web.store.outbox.lease({ limit: 1, leaseMs: 60_000 })
    if (leased === undefined) throw new Error('no referral waits')
    await web.store.outbox.settle({
      ...leased,
      connector: 'REST',
      outcome: { kind: 'refused', problem: 'The portal answered 422: the postcode is missing.' },
      waitMs: 0,
    })
    await page.goto(`${web.url}/`)
    await page.getByRole('heading', { name: /Referrals that have not arrived/ }).waitFor()
    await expectWellMade(page)
    await page.getByRole('link', { name: /A referral was refused/ }).click()
    await page.getByRole('button', { name: 'Send again' }).waitFor()
    await expectWellMade(page)
  })

  test('a saved outcome, the lists it may be on, and a closed attendance', async () => {
    await page.goto(`${web.url}/`)
    await page.getByRole('button', { name: 'Start review' }).click()
    await page.getByLabel('Actions already complete').check()
    await expectWellMade(page)
    await page.getByLabel('Every line left open is not needed').fill('Seen in the notes.')
    await page.getByLabel('Reason', { exact: true }).fill('Mental health team saw her; plan in the record.')
    await page.getByRole('button', { name: 'Save and go to list' }).click()
    await page.getByText('Saved: Actions already complete').waitFor()
    await expectWellMade(page)
    for (const list of ['Actions open', 'Deferred', 'Done', 'Set aside']) {
      await page.getByRole('navigation', { name: 'Lists' }).getByRole('link', { name: list }).click()
      await page.locator(`[aria-current="page"]:has-text("${list}")`).waitFor()
      await expectWellMade(page)
    }
    await page.goto(`${web.url}/?tab=done`)
    await page.getByRole('table').getByRole('link').first().click()
    await page.getByText('Reopen it for anybody to review').click()
    await page.getByRole('button', { name: 'Reopen' }).click()
    await page.getByRole('link', { name: 'Enter why it is reopened' }).waitFor()
    await expectWellMade(page)
  })

  test.each(['/accounting', '/accounting?day=2026-11-20', '/rules', '/rules/weapon-blade', '/help'])(
    '%s',
    async path => {
      await page.goto(`${web.url}${path}`)
      await expectWellMade(page)
    },
  )

  test.each(['/accessibility', '/blank', '/stay', '/nothing-here', '/rules/none'])('%s', async path => {
    await page.goto(`${web.url}${path}`)
    await expectWellMade(page)
  })

  test('a page that the role may not see', async () => {
    const other = await browser.newPage()
    await signIn(other, web.url, 'ewan.slade')
    await expectWellMade(other)
    await other.goto(`${web.url}/set-aside`)
    await other.getByRole('heading', { name: 'You cannot see this page' }).waitFor()
    await expectWellMade(other)
  })

  test('nothing was asked of any other address', () => {
    const elsewhere = requested.filter(url => !url.startsWith(`${web.url}/`))
    expect(requested.length).toBeGreaterThan(50)
    expect(elsewhere).toEqual([])
  })
})

await describeInBrowser('a queue with nothing on it', browser => {
  test('says that nothing has come, and later that everything is done', async () => {
    await using web = await startTestWeb()
    const page = await browser.newPage()
    await signIn(page, web.url, 'asha.patel')
    await page.getByText('No attendance has been received yet').first().waitFor()
    await expectWellMade(page)
    await attend(web, { words: 'Earache for two days.' })
    await page.reload()
    await page.getByText('Nothing waits for you. 1 message received today: 1 clear.').waitFor()
    await expectWellMade(page)
  })
})

await describeInBrowser('a page of fifty', browser => {
  test('holds 50 rows, and the rest on the next page', async () => {
    await using web = await startTestWeb()
    for (let each = 0; each < 52; each++) await attend(web, { words: 'Threatened with a knife at school.' })
    const page = await browser.newPage()
    await signIn(page, web.url, 'asha.patel')
    expect(await page.getByRole('table').getByRole('rowheader').count()).toBe(50)
    await expectWellMade(page)
    await page.getByRole('link', { name: 'Next' }).click()
    expect(await page.getByRole('table').getByRole('rowheader').count()).toBe(2)
  })
})
