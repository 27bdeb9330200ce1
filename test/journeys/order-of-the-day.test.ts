import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeInBrowser, expectWellMade } from '../world/browser.ts'
import { arriveNow, openFlagNow } from '../world/flag-at-hand.ts'
import { signIn, startTestWeb, type TestWeb } from '../world/web.ts'

/** A page at a time she reads: what she presses in the first 400 milliseconds would not count. */
const readingMs = 450

await describeInBrowser('a nurse whose day has an order', browser => {
  let web: TestWeb
  let page: Page
  beforeAll(async () => {
    web = await startTestWeb()
    page = await browser.newPage()
    await signIn(page, web.url, 'asha.patel')
    // Given a child of each band, the lowest first, and two of the highest, the older of whom was told of later
    await arrive('Aled', 'Cannabis use at weekends.', '08:00')
    await arrive('Bryn', 'Missing from home since Friday.', '08:10')
    await arrive('Carys', 'Stabbed in thigh with a knife.', '09:20')
    await arrive('Dewi', 'Took an overdose.', '09:10')
  })
  afterAll(() => web[Symbol.asyncDispose]())

  test('when she puts a child off without saying why, or until when, she is asked; a week is the longest', async () => {
    await openFlagNow({
      web,
      page,
      wishes: { patient: { given: 'Ebba', family: 'Penrose' }, words: 'Cannabis use at weekends.' },
    })
    expect(await describing('Reason')).toBe('Write facts; others will read this')
    await page.getByLabel('Defer').check()
    await page.getByRole('button', { name: 'Save and go to list' }).click()
    const problems = page.getByRole('alert')
    await problems.getByRole('link', { name: 'Select a day in the next 7 days' }).waitFor()
    expect(await problems.getByRole('link').count()).toBe(2)
    const days = await page
      .getByLabel('Bring it back on')
      .getByRole('option')
      .evaluateAll(options => options.map(option => option.getAttribute('value')))
    expect(days).toHaveLength(8)
    expect([days[1], days.at(-1)]).toEqual(['2026-11-22', '2026-11-28'])
    await page.getByLabel('Bring it back on').selectOption('2026-11-22')
    await page.getByLabel('Reason', { exact: true }).fill('Youth worker rings on Sunday.')
    await page.getByRole('button', { name: 'Save and go to list' }).click()
    await page.getByText('It is under “Deferred”').waitFor()
  })

  test('on that day the child put off comes first, then the bands, and in a band who arrived first', async () => {
    web.pass({ hours: 24 })
    await signIn(page, web.url, 'asha.patel')
    const order = ['Ebba Penrose', 'Dewi Penrose', 'Carys Penrose', 'Bryn Penrose', 'Aled Penrose']
    expect(await page.locator('.app-queue__name').allInnerTexts()).toEqual(order)
    const back = page.getByRole('table', { name: 'Back on the list' })
    expect(await back.getByRole('row', { name: 'Ebba Penrose' }).innerText()).toContain(
      'Deferred until today',
    )
    await expectWellMade(page)
    await page.getByRole('button', { name: 'Start review (5 waiting)' }).click()
    await sees('Ebba Penrose')
    // When she skips her, nobody asks why, and the next is before her
    await page.getByRole('button', { name: 'Skip for now' }).click()
    for (const name of order.slice(1)) {
      await sees(name)
      await answer('Ward rings back at noon.')
    }
    // Then after the last the one she skipped is offered again
    await sees('Ebba Penrose')
  })

  test('the day she skipped a child of cannot be signed off but with gaps, until the child is decided', async () => {
    await page.waitForTimeout(readingMs)
    await page.getByRole('button', { name: 'Skip for now' }).click()
    await page.getByText('Skipped, and no other waits: this is the last one.').waitFor()
    await page.waitForTimeout(readingMs)
    await page.getByRole('button', { name: 'Give it back without an outcome' }).click()
    await page.getByRole('heading', { name: 'Review queue' }).waitFor()
    const lead = await browser.newPage()
    await signIn(lead, web.url, 'colm.fairley')
    await lead.goto(`${web.url}/accounting/2026-11-21/sign-off`)
    await lead.getByText('1 to review').first().waitFor()
    expect(await lead.getByRole('button', { name: /^Sign off Saturday/ }).count()).toBe(0)
    await lead.getByRole('button', { name: 'Sign off with gaps' }).waitFor()
    // When a colleague takes her after all, who skipped her is no hindrance
    await lead.goto(web.url)
    await lead.getByRole('button', { name: 'Start review (1 waiting)' }).click()
    await lead.getByRole('heading', { level: 1, name: 'Ebba Penrose' }).waitFor()
    await answer('Youth worker has rung, she is safe.', lead)
    await lead.getByText('Nobody else waits.').waitFor()
    // Then nothing holds the day, and what is still to do is carried over by name
    await lead.goto(`${web.url}/accounting/2026-11-21/sign-off`)
    await lead.getByText('5 attendances with actions open').waitFor()
    await lead.getByRole('button', { name: 'Sign off Saturday 21 November 2026' }).click()
    await lead.getByRole('heading', { name: 'Saturday 21 November 2026 signed off' }).waitFor()
  })

  test('she hands a child to whoever of a team is next: each of them reads who and why, and begins with it', async () => {
    await arriveNow(web, { patient: { given: 'Fflur', family: 'Penrose' }, words: 'Took an overdose.' })
    await openFlagNow({
      web,
      page,
      wishes: { patient: { given: 'Gwen', family: 'Penrose' }, words: 'Cannabis use at weekends.' },
    })
    await page.getByText('Hand it over').click()
    await page.getByLabel('Who takes it over?').selectOption({ label: 'Any safeguarding lead' })
    await page.getByLabel('What do they need to know?').fill('Her social worker wants a lead to ring.')
    await page.getByRole('button', { name: 'Hand over', exact: true }).click()
    await page.getByText('Handed over to any safeguarding lead.').waitFor()
    const lead = await browser.newPage()
    await signIn(lead, web.url, 'colm.fairley')
    const row = await lead.getByRole('row', { name: 'Gwen Penrose' }).innerText()
    expect(row).toContain('Handed to any safeguarding lead by Asha Patel')
    expect(row).toContain('Her social worker wants a lead to ring.')
    await lead.getByRole('button', { name: /Start review/ }).click()
    await lead.getByRole('heading', { level: 1, name: 'Gwen Penrose' }).waitFor()
    await lead.locator('#review').getByText('Her social worker wants a lead to ring.').waitFor()
    await lead.getByRole('button', { name: 'Give it back without an outcome' }).click()
  })

  test('at most 25 of one rule go together, to one receiver; “Review first” never does', async () => {
    for (let each = 1; each <= 26; each++)
      await arriveNow(web, {
        patient: { given: 'Hedd', family: `Quill ${each}` },
        words: 'Denies carrying a knife. Fell off scooter, grazed knee.',
      })
    const first = await arriveNow(web, {
      patient: { given: 'Idris', family: 'Quill' },
      words: 'Found with a knife in his bag.',
    })
    await page.goto(`${web.url}/bulk`)
    await expectWellMade(page)
    await page.getByRole('link', { name: 'Knife or other blade' }).click()
    expect(await page.getByRole('checkbox').count()).toBe(26)
    for (const box of await page.getByRole('checkbox').all()) await box.check()
    await handOverToBeth('Same playground, one call to the school.')
    await page.getByRole('link', { name: 'Select at most 25 attendances' }).waitFor()
    // When a form asks for a child of "Review first" all the same, nothing goes
    const [one, ...others] = await page.getByRole('checkbox').all()
    for (const box of others) await box.uncheck()
    await one?.evaluate((box, id) => box.setAttribute('name', `chosen-${id}`), first)
    await page.getByRole('button', { name: 'Read every name' }).click()
    await page.getByRole('link', { name: 'Select at least one attendance' }).waitFor()
    expect((await web.store.review.flagFile(first))?.flag.state).toBe('to-review')
    // When she chooses two, she reads both names before they go
    await page.getByRole('checkbox', { name: /^Hedd Quill 3,/ }).check()
    await page.getByRole('checkbox', { name: /^Hedd Quill 4,/ }).check()
    await page.getByRole('button', { name: 'Read every name' }).click()
    await page.getByRole('heading', { name: 'Read every name: 2 children' }).waitFor()
    const panel = await page.locator('.nhsuk-panel').innerText()
    for (const words of ['handed over to Beth Rowley', 'Hedd Quill 3', 'Hedd Quill 4'])
      expect(panel).toContain(words)
    await page.getByRole('button', { name: 'Hand over 2' }).click()
    await page.getByText('2 attendances handed over.').waitFor()
    const beth = await browser.newPage()
    await signIn(beth, web.url, 'beth.rowley')
    expect(await beth.getByText('Same playground, one call to the school.').count()).toBe(2)
  })

  async function handOverToBeth(note: string): Promise<void> {
    await page.getByRole('radio', { name: 'Hand over' }).check()
    await page.getByLabel('Who takes it over?').selectOption({ label: 'Beth Rowley, safeguarding nurse' })
    await page.getByLabel('What do they need to know?').fill(note)
    await page.getByRole('button', { name: 'Read every name' }).click()
  }

  async function arrive(given: string, words: string, time: string): Promise<void> {
    const arrivedAt = `2026-11-21T${time}:00Z`
    await arriveNow(web, { patient: { given, family: 'Penrose' }, words, arrivedAt, recordedAt: arrivedAt })
  }

  async function sees(name: string): Promise<void> {
    await page.getByRole('heading', { level: 1, name }).waitFor()
  }

  async function answer(reason: string, on = page): Promise<void> {
    await on.waitForTimeout(readingMs)
    await on.getByLabel('More information needed').check()
    await on.getByLabel('Reason', { exact: true }).fill(reason)
    await on.getByRole('button', { name: 'Save and go to next' }).click()
  }

  /** What a screen reader says of a field after its label. */
  async function describing(label: string): Promise<string> {
    return page
      .getByLabel(label, { exact: true })
      .evaluate(
        field => document.getElementById(field.getAttribute('aria-describedby') ?? '')?.innerText ?? '',
      )
  }
})
