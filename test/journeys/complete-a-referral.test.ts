import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { authoriseReferral } from '../world/authorise-referral.ts'
import { describeInBrowser, expectWellMade } from '../world/browser.ts'
import { attend, signIn, startTestWeb, type TestWeb } from '../world/web.ts'

/** At a press a second and 40 words a minute these take 135 seconds: of three minutes, 45 seconds are left to read. */
const pressesMax = 90
const wordsMax = 30

await describeInBrowser('a nurse completes a referral from the flag, with the keyboard alone', browser => {
  test('in few steps, and without telling again what Wren knows', async () => {
    await using web = await startTestWeb()
    const flagId = await givenAChildWhoWasReferredBefore(web)
    const page = await browser.newPage()
    await signIn(page, web.url, 'asha.patel')
    await page.goto(`${web.url}/flags/${flagId}`)
    const steps = { presses: 0, words: 0 }
    const hands = handsOn(page, steps)

    // From the flag to the form
    await hands.go('Review this attendance')
    await hands.choose('Refer now')
    await hands.type('Reason', 'Threatened with a knife again; older boys know where he lives.')
    await hands.go('Go on to the referral')
    await page.getByRole('heading', { name: 'Refer this child' }).waitFor()

    // What was told before stands there already
    const filled = await page.locator('.app-prefilled li').allInnerTexts()
    expect(filled).toEqual([
      'Carries, was threatened with or was hurt by a weapon (from the notes)',
      'What keeps the child safe? (from an earlier referral)',
      'What does the child say? (from an earlier referral)',
      'What do you make of it? (from earlier decisions)',
    ])
    expect(await page.getByLabel('What are you worried about?').inputValue()).toContain('older boys know')
    expect(await page.getByLabel('What does the child say?').inputValue()).toContain('go home by another way')
    await expectWellMade(page)

    // What only she knows
    await hands.choose('Likely', { group: 'Carries, was threatened with or was hurt by a weapon' })
    await hands.choose('High', { group: 'Overall risk' })
    await hands.choose('Yes', { group: 'Is the child suffering, or likely to suffer, significant harm?' })
    await hands.choose('Yes, referred', { group: 'Is there a referral to children’s social care?' })
    await hands.type('To whom, when, and under which reference?', 'Family Front Door, 9:10am')
    await hands.choose('Asked for', { group: 'Strategy discussion' })
    await hands.choose('Yes', { group: 'Have the police been told?' })
    await hands.choose('Asked, and given', { group: 'Was consent asked for?' })
    await hands.choose('Yes', { group: 'Were the parents or carers told?' })
    await hands.choose('Yes', { group: 'Was capacity considered?' })
    await hands.go('Read it before it is sent')
    await page.getByRole('heading', { name: 'Check the referral before you send it' }).waitFor()
    await page.getByText('Told on', { exact: false }).first().waitFor()
    await hands.go('Authorise and send')
    await page.getByRole('heading', { name: 'Referral authorised' }).waitFor()

    // Then one referral waits to be sent, and it took few steps
    const file = await web.store.review.flagFile(flagId)
    expect(file?.referrals).toMatchObject([
      { state: 'queued', destination: 'get-safe', authorisedBy: 'asha.patel' },
    ])
    expect(steps.presses).toBeLessThanOrEqual(pressesMax)
    expect(steps.words).toBeLessThanOrEqual(wordsMax)
    expect(await web.store.referralDrafts.find({ flagId, username: 'asha.patel' })).toBeNull()
  })
})

/** The child came before, was referred, and comes again. */
async function givenAChildWhoWasReferredBefore(web: TestWeb): Promise<string> {
  const patient = { given: 'Rowan', family: 'Ashdown' }
  const earlier = await attend(web, { patient, arrivedAt: '2026-10-01T08:00:00Z' })
  const same = { ...patient, nhsNumber: earlier.attendance.patient.nhsNumber }
  const [before] = await web.store.review.queue({ states: ['to-review'], limit: 1, offset: 0 })
  await authoriseReferral(web.store, { again: before?.flag.id ?? '' })
  await attend(web, { patient: same })
  const [now] = await web.store.review.queue({ states: ['to-review'], limit: 1, offset: 0 })
  if (now === undefined) throw new Error('the child is not on the queue')
  return now.flag.id
}

/**
 * Keys and nothing else. Every Tab, arrow, Space and Enter counts as a press; a person does as here: she tabs from
 * where she is, and takes the skip link where there is one.
 */
function handsOn(page: Page, steps: { presses: number; words: number }) {
  const press = async (key: string) => {
    steps.presses += 1
    await page.keyboard.press(key)
  }
  const tabTo = async (isThere: () => Promise<boolean>, name: string) => {
    for (let tabs = 0; tabs < 80; tabs += 1) {
      if (await isThere()) return
      await press('Tab')
      const focused = await page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')
      if (focused === 'Skip to the review' && name === 'Review this attendance') await press('Enter')
    }
    throw new Error(`Tab does not lead to ${name}`)
  }
  const isFocused = (selector: ReturnType<Page['locator']>) =>
    selector.first().evaluate(element => element === document.activeElement)
  return {
    go: async (button: string) => {
      await tabTo(() => isFocused(page.getByRole('button', { name: button, exact: true })), button)
      await press('Enter')
    },
    choose: async (label: string, { group = '' } = {}) => {
      const radios = group === '' ? page.locator('form') : page.getByRole('group', { name: group })
      const radio = radios.getByLabel(label, { exact: true })
      const name = await radio.first().getAttribute('name')
      await tabTo(
        () => page.evaluate(of => document.activeElement?.getAttribute('name') === of, name),
        `${group} ${label}`,
      )
      if (!(await radio.first().isChecked()) && (await isFocused(radio))) await press('Space')
      for (let arrows = 0; !(await radio.first().isChecked()); arrows += 1) {
        if (arrows > 12) throw new Error(`arrows do not lead to ${label}`)
        await press('ArrowDown')
      }
    },
    type: async (label: string, text: string) => {
      await tabTo(() => isFocused(page.getByLabel(label, { exact: true })), label)
      steps.words += text.split(' ').length
      await page.keyboard.type(text)
    },
  }
}
