import { expect, test } from 'vitest'
import { answerReferral } from '../world/answer-referral.ts'
import { describeInBrowser } from '../world/browser.ts'
import { attend, signIn, startTestWeb } from '../world/web.ts'

await describeInBrowser('a nurse whose browser runs no scripts', browser => {
  test('defers one child, refers another, and reopens the first', async () => {
    await using web = await startTestWeb()
    await attend(web, { patient: { given: 'Rowan', family: 'Ashdown' } })
    await attend(web, { patient: { given: 'Isla', family: 'Merrick' } })
    const page = await browser.newPage({ javaScriptEnabled: false })
    await signIn(page, web.url, 'asha.patel')

    // When she closes the first
    await page.getByRole('button', { name: 'Start review (2 waiting)' }).click()
    await page.getByLabel('No safeguarding action needed').check()
    await page.getByLabel('Known already, nothing new').check()
    await page.getByLabel('Reason', { exact: true }).fill('Plan in place since June.')
    await page.getByRole('button', { name: 'Save and go to next' }).click()

    // and refers the next, changing a word on the way
    await page.getByRole('heading', { level: 1, name: 'Isla Merrick' }).waitFor()
    await page.getByLabel('Refer now').check()
    await page.getByLabel('Reason', { exact: true }).fill('Knife held to her by two older boys.')
    await page.getByRole('button', { name: 'Go on to the referral' }).click()
    await answerReferral(page)
    await page
      .getByRole('group', { name: 'Were the parents or carers told?' })
      .getByLabel('No', { exact: true })
      .check()
    await page.getByLabel('Why were they not told?').fill('She is afraid of her uncle.')
    await page.getByRole('button', { name: 'Read it before it is sent' }).click()
    await page.getByRole('button', { name: 'Change what you wrote' }).click()
    const concerns = page.getByLabel('What are you worried about?')
    expect(await concerns.inputValue()).toBe('Knife held to her by two older boys.')
    expect(await page.getByLabel('Why were they not told?').inputValue()).toBe('She is afraid of her uncle.')
    await concerns.fill('Knife held to her by three older boys.')
    await page.getByRole('button', { name: 'Read it before it is sent' }).click()
    await page.getByRole('button', { name: 'Authorise and send' }).click()
    await page.getByRole('heading', { name: 'Referral authorised' }).waitFor()

    // Then both are where they belong, and the referral says what she wrote last
    await page.getByRole('link', { name: 'Actions open' }).click()
    await page.getByRole('link', { name: 'Isla Merrick' }).click()
    expect(await page.getByText('Knife held to her by three older boys.').count()).toBeGreaterThan(0)
    await page.goto(`${web.url}/?tab=done`)
    await page.getByRole('link', { name: 'Rowan Ashdown' }).click()
    await page.getByText('Reopen it for anybody to review').click()
    await page.getByLabel('Why reopen it?').fill('The sister came in with the same story.')
    await page.getByRole('button', { name: 'Reopen' }).click()
    await page.getByText('Reopened. It is on the list to review again.').waitFor()
  })
})
