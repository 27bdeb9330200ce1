import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { authoriseReferral } from '../world/authorise-referral.ts'
import { describeInBrowser, expectWellMade } from '../world/browser.ts'
import { arriveNow, flagFileOf, openFlagNow } from '../world/flag-at-hand.ts'
import type { AttendanceWishes } from '../world/make-attendance.ts'
import { signIn, startTestWeb, type TestWeb } from '../world/web.ts'

await describeInBrowser('a nurse who works through the day', browser => {
  let web: TestWeb
  let page: Page
  beforeAll(async () => {
    web = await startTestWeb()
    page = await browser.newPage()
    await signIn(page, web.url, 'asha.patel')
  })
  afterAll(() => web[Symbol.asyncDispose]())
  const arrive = (wishes: AttendanceWishes) => arriveNow(web, wishes)
  const openFor = (wishes: AttendanceWishes) => openFlagNow({ web, page, wishes })
  const fileOf = (id: string) => flagFileOf(web, id)

  test('one green button starts with the child who comes first, and says how many wait', async () => {
    await arrive({ patient: { given: 'Ellis', family: 'Tranter' }, words: 'Knife seen by teacher.' })
    await arrive({ patient: { given: 'Mina', family: 'Holloway' }, words: 'Stabbed in thigh with a knife.' })
    await page.goto(web.url)
    await page.getByRole('button', { name: 'Start review (2 waiting)' }).click()
    await page.getByRole('heading', { level: 1 }).waitFor()
    expect((await queue())[0]?.flag.state).toBe('in-review')
  })

  test('without an outcome nothing is saved and she is told so; after a save the next child has the focus', async () => {
    await page.getByRole('button', { name: 'Save and go to next' }).click()
    await page.getByRole('link', { name: 'Select an outcome' }).waitFor()
    expect(await page.title()).toBe('Error: 1 of 2 – Attendance – Wren')
    // When she saves, and her next presses come at once
    await page.clock.install()
    await page.clock.pauseAt(Date.now() + 60_000)
    await moreInformation('Ward rings back at noon.')
    await page.getByRole('button', { name: 'Save and go to next' }).click()
    await page.getByText('Saved: More information needed.').waitFor()
    // Then the heading of the next child has the focus and the title says where she is
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('child')
    expect(await page.title()).toBe('2 of 2 – Attendance – Wren')
    // and what she presses in the first 400 milliseconds is not an answer
    await page.getByLabel('Defer').click()
    expect(await page.getByLabel('Defer').isChecked()).toBe(false)
    await page.clock.runFor(400)
    await page.getByLabel('Defer').click()
    expect(await page.getByLabel('Defer').isChecked()).toBe(true)
    await page.clock.resume()
    await expectWellMade(page)
  })

  test('Undo is one press for ten minutes; later a change needs a reason, and the old outcome is struck through', async () => {
    const id = await openFor({ patient: { given: 'Sam', family: 'Whitlock' } })
    await page.getByLabel('No safeguarding action needed').check()
    await page.getByLabel('Known already, nothing new').check()
    await page.getByLabel('Reason', { exact: true }).fill('Seen last week, plan in place.')
    await page.getByRole('button', { name: 'Save and go to list' }).click()
    // When she undoes it from the banner, the form is as she left it
    await page.getByText('It is under “Done”').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('Taken back.').waitFor()
    expect(await page.getByLabel('Reason', { exact: true }).inputValue()).toBe(
      'Seen last week, plan in place.',
    )
    expect((await fileOf(id)).flag).toMatchObject({ state: 'in-review', claimedBy: 'asha.patel' })
    await page.getByRole('button', { name: 'Save and go to list' }).click()
    await page.getByText('It is under “Done”').waitFor()
    // When more than ten minutes have passed, there is no Undo, and a reason is asked for
    web.pass({ minutes: 11 })
    await page.goto(`${web.url}/flags/${id}`)
    expect(await page.getByRole('button', { name: 'Undo' }).count()).toBe(0)
    await page.getByText('Change the outcome').first().click()
    await page.getByRole('button', { name: 'Change the outcome' }).click()
    await page.getByRole('link', { name: 'Enter why the outcome changes' }).waitFor()
    await page.getByLabel('Why does it change?').fill('Social worker says the plan has ended.')
    await page.getByRole('button', { name: 'Change the outcome' }).click()
    await page.getByText('Taken back.').waitFor()
    expect(await page.locator('.app-decision s').first().innerText()).toBe('No safeguarding action needed')
    await page.getByText(/taken back by Asha Patel.*the plan has ended/).waitFor()
    expect((await fileOf(id)).decisions).toHaveLength(2)
    await expectWellMade(page)
    await page.getByRole('button', { name: 'Give it back without an outcome' }).click()
  })

  test('undoing a referral does not recall it, and says where to cancel it', async () => {
    const id = await arrive({ patient: { given: 'Zayn', family: 'Ferris' } })
    await authoriseReferral(web.store, { again: id })
    await page.goto(`${web.url}/flags/${id}`)
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('The outcome is taken back. The referral is not').waitFor()
    expect((await fileOf(id)).referrals.map(({ state }) => state)).toEqual(['queued'])
    await page.getByRole('link', { name: 'Go to the referral to cancel it' }).click()
    await page.getByRole('radio', { name: 'Cancel it' }).waitFor()
    await page.goto(`${web.url}/flags/${id}`)
    await page.getByRole('button', { name: 'Give it back without an outcome' }).click()
  })

  test('a child put off with a reason and a day comes back by itself on that day, on top, and says so', async () => {
    const id = await openFor({ patient: { given: 'Reece', family: 'Underhill' } })
    await page.getByLabel('Defer').check()
    await page.getByLabel('Bring it back on').selectOption('2026-11-22')
    await page.getByLabel('Reason', { exact: true }).fill('School opens tomorrow.')
    await page.getByRole('button', { name: 'Save and go to list' }).click()
    await page.getByText('It is under “Deferred”').waitFor()
    web.pass({ hours: 24 })
    await signIn(page, web.url, 'asha.patel')
    const first = page.getByRole('row').nth(1)
    expect(await first.innerText()).toContain('Reece Underhill')
    expect(await first.innerText()).toContain('Deferred until today')
    expect((await fileOf(id)).flag.state).toBe('to-review')
  })

  test('what she skips is offered after the others, without a reason, and still waits', async () => {
    await page.getByRole('button', { name: /Start review/ }).click()
    await page.getByRole('heading', { level: 1, name: 'Reece Underhill' }).waitFor()
    await page.getByRole('button', { name: 'Skip for now' }).click()
    await page.getByText('Skipped for now.').waitFor()
    expect(await page.getByRole('heading', { level: 1 }).innerText()).not.toBe('Reece Underhill')
    await page.goto(web.url)
    expect(await page.getByRole('row', { name: 'Reece Underhill' }).innerText()).toContain('Skipped by you')
    await expectWellMade(page)
  })

  test('she hands over one child, and then all she has, and the receiver reads who, why and what', async () => {
    await openFor({ patient: { given: 'Jude', family: 'Okafor' } })
    await page.getByText('Hand it over').click()
    await page.getByRole('button', { name: 'Hand over', exact: true }).click()
    await page.getByRole('link', { name: 'Select who takes it over' }).waitFor()
    await page.getByLabel('Who takes it over?').selectOption({ label: 'Beth Rowley, safeguarding nurse' })
    await page.getByLabel('What do they need to know?').fill('Mum rings at 2pm, in Polish.')
    await page.getByRole('button', { name: 'Hand over', exact: true }).click()
    await page.getByText('Handed over to Beth Rowley.').waitFor()
    // When she goes home, one form hands over the rest
    await page.getByRole('link', { name: 'Hand over all you have' }).click()
    await expectWellMade(page)
    await page.getByLabel('Who takes it over?').selectOption({ label: 'Any safeguarding lead' })
    await page.getByLabel('What do they need to know?').fill('My shift ends.')
    await page.getByRole('button', { name: /^Hand over \d/ }).click()
    await page.getByText(/handed over to any safeguarding lead/).waitFor()
    expect(await web.store.work.heldBy('asha.patel')).toEqual([])
    // Then Beth reads it in her list and begins with it
    const beth = await browser.newPage()
    await signIn(beth, web.url, 'beth.rowley')
    const row = await beth.getByRole('row', { name: 'Jude Okafor' }).innerText()
    expect(row).toContain('Handed to you by Asha Patel')
    expect(row).toContain('Mum rings at 2pm, in Polish.')
  })

  test('a closed child is reopened with a reason and is on the list again', async () => {
    const id = await openFor({ patient: { given: 'Amara', family: 'Quist' } })
    await page.getByLabel('No safeguarding action needed').check()
    await page.getByLabel('Transferred to another team').check()
    await page.getByLabel('Reason', { exact: true }).fill('Moved to Gloucester.')
    await page.getByRole('button', { name: 'Save and go to list' }).click()
    await page.getByRole('link', { name: 'See what you saved' }).click()
    await page.getByText('Reopen it for anybody to review').click()
    await page.getByLabel('Why reopen it?').fill('They have not moved.')
    await page.getByRole('button', { name: 'Reopen' }).click()
    await page.getByText('Reopened. It is on the list to review again.').waitFor()
    expect((await fileOf(id)).flag.state).toBe('to-review')
    expect(await page.locator('.app-history').innerText()).toContain('They have not moved.')
  })

  test('several of one rule are closed together, from the low band only, after every name was read', async () => {
    const low = 'Denies carrying a knife. Fell off scooter, grazed knee.'
    for (const given of ['Aled', 'Bryn', 'Carys'])
      await arrive({ patient: { given, family: 'Powell' }, words: low })
    await page.goto(web.url)
    await page.getByRole('link', { name: 'Close or hand over several of one rule' }).click()
    await page.getByRole('link', { name: 'Knife or other blade' }).click()
    expect(await page.getByRole('checkbox', { name: /Mina Holloway/ }).count()).toBe(0)
    await page.getByRole('button', { name: 'Read every name' }).click()
    await page.getByRole('link', { name: 'Select at least one attendance' }).waitFor()
    await expectWellMade(page)
    await page.getByRole('checkbox', { name: /Aled Powell/ }).check()
    await page.getByRole('checkbox', { name: /Bryn Powell/ }).check()
    await page.getByLabel('Known already, nothing new').check()
    await page.getByLabel('Reason, for each of them').fill('Read each note: nobody carried anything.')
    await page.getByRole('button', { name: 'Read every name' }).click()
    await page.getByRole('heading', { name: 'Read every name: 2 children' }).waitFor()
    expect(await page.locator('.nhsuk-panel').innerText()).toContain('Aled Powell')
    expect(await page.locator('.nhsuk-panel').innerText()).not.toContain('Carys Powell')
    await expectWellMade(page)
    await page.getByRole('button', { name: 'Close 2' }).click()
    await page.getByText('2 attendances closed with no action needed.').waitFor()
    expect(await page.getByRole('row', { name: 'Carys Powell' }).count()).toBe(1)
  })

  async function queue() {
    return web.store.review.queue({ states: ['to-review', 'in-review'], limit: 50, offset: 0 })
  }

  async function moreInformation(reason: string): Promise<void> {
    await page.getByLabel('More information needed').check()
    await page.getByLabel('Reason', { exact: true }).fill(reason)
  }
})
