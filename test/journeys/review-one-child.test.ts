import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeInBrowser, expectWellMade } from '../world/browser.ts'
import { arriveNow, flagFileOf, openFlagNow } from '../world/flag-at-hand.ts'
import type { AttendanceWishes } from '../world/make-attendance.ts'
import { signIn, startTestWeb, type TestWeb } from '../world/web.ts'

await describeInBrowser('a nurse who reviews one child', browser => {
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

  test('opening the form claims it: others see her full name, may read, and take over in one recorded press', async () => {
    // Given a child that Asha is reviewing
    const id = await openFor({ patient: { given: 'Rowan', family: 'Ashdown' } })
    // When Beth looks at the list and opens it
    const beth = await browser.newPage()
    await signIn(beth, web.url, 'beth.rowley')
    expect(await beth.getByRole('row', { name: 'Rowan Ashdown' }).innerText()).toContain(
      'Asha Patel is reviewing',
    )
    await beth.getByRole('link', { name: 'Rowan Ashdown' }).click()
    await beth.getByText('Asha Patel is reviewing this').waitFor()
    // Then Asha reads that Beth is viewing it
    await page.reload()
    await page.getByText('Beth Rowley is viewing this').waitFor()
    // and when Beth presses once, it is hers, and that stands in the history
    await beth.getByRole('button', { name: 'Take over' }).click()
    await beth.getByRole('group', { name: 'What is the outcome?' }).waitFor()
    expect(await beth.locator('.app-history').innerText()).toContain('Took over the review')
    // and what Asha saves over it shows both, and keeps her words
    await page.getByLabel('More information needed').check()
    await page.getByLabel('Reason', { exact: true }).fill('School to ring back.')
    await page.getByRole('button', { name: 'Save and go to list' }).click()
    await page.getByText('Somebody changed this first').waitFor()
    expect(await page.getByLabel('Reason', { exact: true }).inputValue()).toBe('School to ring back.')
    await expectWellMade(page)
    // and when Beth signs out, the child is free for all
    await beth.getByRole('button', { name: 'Sign out' }).click()
    await beth.getByText('You have signed out.').waitFor()
    expect((await fileOf(id)).flag).toMatchObject({ state: 'to-review', claimedBy: null })
  })

  test('a claim lapses after 20 minutes without a press, and nothing of it is decided', async () => {
    const id = await openFor({})
    web.pass({ minutes: 21 })
    const beth = await browser.newPage()
    await signIn(beth, web.url, 'beth.rowley')
    const { flag, decisions, history } = await fileOf(id)
    expect(flag).toMatchObject({ state: 'to-review', claimedBy: null })
    expect(decisions).toEqual([])
    expect(history.map(({ did }) => did)).toContain('claim lapsed')
    await signIn(page, web.url, 'asha.patel')
  })

  test('the checklist: each line done with evidence, not needed with a reason, or to do with owner and date', async () => {
    const id = await openFor({ patient: { given: 'Isla', family: 'Merrick' } })
    // When she answers some lines, one of them by halves, and finds consent and capacity apart
    for (const label of ['Consent considered', 'Mental capacity considered']) await line(label).waitFor()
    await line('Police told').getByRole('radio', { name: 'Done' }).check()
    await line('Police told').getByLabel('Evidence').fill('Told by the ward at 3am, reference 0412.')
    await line('Trafficking considered').getByRole('radio', { name: 'Done' }).check()
    await line('Trafficking considered').getByLabel('Evidence').fill('Considered with social care.')
    await line('GP told').getByRole('radio', { name: 'To do' }).check()
    await line('GP told').getByLabel('What is to be done').fill('Letter to the practice')
    await line('GP told').getByLabel('By when').fill('24/11/2026')
    await page.getByLabel('Actions already complete').check()
    await page.getByLabel('Reason', { exact: true }).fill('All seen in the record.')
    await page.getByRole('button', { name: 'Save and go to list' }).click()
    // Then she is told what is missing, line by line, and nothing is saved
    const summary = page.locator('.nhsuk-error-summary')
    expect(await summary.innerText()).toContain('Enter who will do it: GP told')
    expect(await summary.innerText()).toContain('Enter who leads: Trafficking considered')
    await summary.getByRole('link', { name: /Enter who leads/ }).click()
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('detail-nrm')
    await expectWellMade(page)
    // When every line is answered, but one is still to do, it is not complete
    await page.getByLabel('Who leads?').fill('Children’s social care')
    await line('GP told').getByLabel('Who will do it').fill('Asha Patel')
    await page.getByLabel('Every line left open is not needed').fill('Read with the ward: none applies.')
    await page.getByRole('button', { name: 'Save and go to list' }).click()
    await page.getByText('“GP told” is still to do').first().waitFor()
    // and is saved as open, with its owner and day on the list of open actions
    await page.getByLabel('More information needed').check()
    await page.getByRole('button', { name: 'Save and go to list' }).click()
    await page.getByText('It is under “Actions open”').waitFor()
    await page.getByRole('link', { name: 'Actions open' }).click()
    expect(await page.getByRole('row', { name: 'Isla Merrick' }).innerText()).toContain(
      'To do: GP told. Letter to the practice. Asha Patel, by Tuesday 24 November',
    )
    await expectWellMade(page)
    // When it is done later, she says so without a new outcome, then closes it
    await page.getByRole('link', { name: 'Isla Merrick' }).click()
    await line('GP told').getByRole('radio', { name: 'Done' }).check()
    await line('GP told').getByLabel('Evidence').fill('Letter sent, copy in the record.')
    await expectWellMade(page)
    await page.getByRole('button', { name: 'Save the checklist' }).click()
    await page.getByText('1 line of the checklist saved. The outcome is as it was.').waitFor()
    await page.getByRole('button', { name: 'Review again' }).click()
    await page.getByLabel('Actions already complete').check()
    await page.getByLabel('Reason', { exact: true }).fill('All done.')
    await page.getByRole('button', { name: 'Save and go to list' }).click()
    await page.getByText('It is under “Done”').waitFor()
    expect((await fileOf(id)).checklist.every(({ answer }) => answer !== 'to-do')).toBe(true)
  })

  test('MACE in the place of social care is not closed, unless a lead says why', async () => {
    const id = await openFor({ patient: { given: 'Teo', family: 'Barlow' } })
    const mace = line('MACE or partnership meeting')
    await mace.getByRole('radio', { name: 'Done' }).check()
    await mace.getByLabel('Evidence').fill('Discussed on Thursday.')
    await mace.getByRole('radio', { name: 'Yes' }).check()
    await page.getByLabel('Every line left open is not needed').fill('Discussed at the meeting.')
    await page.getByLabel('Actions already complete').check()
    await page.getByLabel('Reason', { exact: true }).fill('Discussed at MACE.')
    await page.getByRole('button', { name: 'Save and go to list' }).click()
    await page.getByText('MACE does not replace child protection').first().waitFor()
    expect((await fileOf(id)).decisions).toEqual([])
  })

  test('five outcomes, and of a wrong match which word; the rules team learns of it without the child', async () => {
    const id = await openFor({
      patient: { given: 'Finn', family: 'Calloway' },
      words: 'Says he had a knife on him for fishing. Dad present.',
    })
    // Given the five outcomes and no other
    const outcomes = await page.getByRole('group', { name: 'What is the outcome?' }).getByRole('radio').all()
    const labels = await Promise.all(outcomes.map(each => each.evaluate(input => input.getAttribute('name'))))
    expect(labels.filter(name => name === 'outcome')).toHaveLength(5)
    // When she says that the match was wrong
    await page.getByLabel('No safeguarding action needed').check()
    await page.getByLabel('Wrong match: the words mean something else').check()
    await page.getByText('Ready phrases').click()
    await page.getByRole('button', { name: /Read in full/ }).click()
    expect(await page.getByLabel('Reason', { exact: true }).inputValue()).toContain('Read in full')
    await page.getByRole('button', { name: 'Save and go to list' }).click()
    await page.getByText('Saved: No safeguarding action needed. Wrong match').waitFor()
    expect((await fileOf(id)).decisions[0]?.wrongMatch?.term).toContain('knife')
    // and tells the rules team with a sentence of her own, not with his name
    await page.getByRole('link', { name: 'See what you saved' }).click()
    await page
      .getByRole('link', { name: /Tell the rules team/ })
      .first()
      .click()
    await page.getByLabel('A sentence that you invent').fill('Finn had a knife for fishing')
    await page.getByRole('button', { name: 'Tell the rules team' }).click()
    await page.getByText('Leave out the child’s name and numbers').first().waitFor()
    await expectWellMade(page)
    await page.getByLabel('A sentence that you invent').fill('fell in river, knife for fishing in bag')
    await page.getByRole('button', { name: 'Tell the rules team' }).click()
    await page.getByText('The rules team is told.').waitFor()
    // Then the maintainer reads both, and nothing of the child
    const dina = await browser.newPage()
    await signIn(dina, web.url, 'dina.marsh')
    await dina.getByRole('link', { name: 'Suggestions from nurses' }).click()
    const said = await dina.getByRole('table').innerText()
    expect(said).toContain('This match was wrong')
    expect(said).toContain('fell in river, knife for fishing in bag')
    expect(await dina.content()).not.toContain('/flags/')
    await expectWellMade(dina)
  })

  test('why it was flagged: words, rule, letters, meaning, standing and reason of each mention', async () => {
    await openFor({ words: 'Brought by police. Threatened with a machette at the bus stop.' })
    const row = page.getByRole('table', { name: 'Words that were found' }).getByRole('row').nth(1)
    const words = await row.innerText()
    expect(words).toContain('“machette”')
    expect(words).toContain('1 letter different from “machete”')
    expect(words).toContain('Stated')
    expect(words).toContain('Counted')
    expect(await page.getByText(/Read with rules version/).count()).toBe(1)
  })

  test('what she types is kept as she types, and is there after the session has ended', async () => {
    const id = await openFor({ patient: { given: 'Leila', family: 'Marsh' } })
    await page.getByLabel('More information needed').check()
    await page.getByLabel('Reason', { exact: true }).fill('Health visitor away until Monday.')
    await line('GP told').getByRole('radio', { name: 'Not needed' }).check()
    await page.getByText('Kept as you type, for you only.').waitFor()
    // When the session ends while she is away, and she sends the form all the same
    web.pass({ minutes: 16 })
    await page.getByLabel('Reason', { exact: true }).fill('Health visitor away until Tuesday.')
    await page.getByRole('button', { name: 'Save and go to list' }).click()
    await page.getByText('What you had typed is kept.').waitFor()
    await expectWellMade(page)
    // Then nothing was decided, a colleague sees none of it, and after the sign-in it is in the form
    expect((await fileOf(id)).decisions).toEqual([])
    const beth = await browser.newPage()
    await signIn(beth, web.url, 'beth.rowley')
    await beth.goto(`${web.url}/flags/${id}`)
    expect(await beth.content()).not.toContain('Health visitor away')
    await page.getByRole('link', { name: 'Sign in and go on' }).click()
    await page.getByLabel('User name').fill('asha.patel')
    await page.getByLabel('Password', { exact: true }).fill('a password for tests only')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('and did not save').waitFor()
    if (await page.getByRole('button', { name: 'Review this attendance' }).isVisible())
      await page.getByRole('button', { name: 'Review this attendance' }).click()
    await expect
      .poll(() => page.getByLabel('Reason', { exact: true }).inputValue())
      .toContain('until Tuesday')
    expect(await line('GP told').getByRole('radio', { name: 'Not needed' }).isChecked()).toBe(true)
    await expectWellMade(page)
  })

  test('when later text adds a word, a reviewed child comes back as Updated, with what was added and removed', async () => {
    const visit = { attendanceId: 'E700', patient: { given: 'Noor', family: 'Siddle', localId: 'W700' } }
    const id = await openFor({ ...visit, words: 'Hit by older boy. He had a knife. Mum on her way.' })
    await page.getByLabel('No safeguarding action needed').check()
    await page.getByLabel('Known already, nothing new').check()
    await page.getByLabel('Reason', { exact: true }).fill('Plan in place since June.')
    await page.getByRole('button', { name: 'Save and go to list' }).click()
    await page.getByText('It is under “Done”').waitFor()
    // When the text changes and no new word is in it, it is listed apart
    web.pass({ minutes: 2 })
    await arrive({ ...visit, words: 'Hit by older boy. He had a knife. Mum is here.' })
    await page.getByRole('link', { name: 'Changed, nothing new' }).click()
    const changed = page.getByRole('article', { name: 'Noor Siddle' })
    expect(await changed.locator('ins').allTextContents()).toEqual(['[added: is here]'])
    expect(await changed.locator('del').allTextContents()).toEqual(['[removed: on her way]'])
    await expectWellMade(page)
    // When a new word is in it, it is on the list again
    web.pass({ minutes: 2 })
    await arrive({ ...visit, words: 'Hit by older boy. He had a knife and a machete. Mum is here.' })
    await page.goto(web.url)
    expect(await page.getByRole('row', { name: 'Noor Siddle' }).innerText()).toContain('Updated')
    await page.getByRole('link', { name: 'Noor Siddle' }).click()
    const changes = page.getByRole('region', { name: /What changed since it was reviewed/ })
    expect(await changes.innerText()).toContain('New words were found: “machete”')
    expect(await changes.locator('ins').allTextContents()).toContainEqual(
      expect.stringContaining('[added:  and a machete]'),
    )
    expect(await changes.locator('del').count()).toBeGreaterThan(0)
    expect(await page.getByText('Plan in place since June.').count()).toBeGreaterThan(0)
    expect((await fileOf(id)).flag.reopened).toBe(true)
    await expectWellMade(page)
  })

  function line(label: string) {
    return page.getByRole('radiogroup', { name: label }).first()
  }
})
