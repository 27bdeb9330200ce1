import { expect, test } from 'vitest'
import { describeInBrowser } from '../world/browser.ts'
import { tabTo } from '../world/keyboard.ts'
import { attend, password, startTestWeb } from '../world/web.ts'

await describeInBrowser('a nurse who uses the keyboard alone', browser => {
  test('signs in, starts, reads, decides, and comes to the next child', async () => {
    await using web = await startTestWeb()
    await attend(web, { patient: { given: 'Rowan', family: 'Ashdown' } })
    await attend(web, { patient: { given: 'Isla', family: 'Merrick' } })
    const page = await browser.newPage()

    // Given that she signs in without a mouse
    await page.goto(`${web.url}/sign-in`)
    await tabTo(page, 'User name')
    await page.keyboard.type('asha.patel')
    await tabTo(page, 'Password')
    await page.keyboard.type(password)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Review queue' }).waitFor()

    // When she skips to the list, she is three presses from the first child
    await tabTo(page, 'Skip to the list')
    await page.keyboard.press('Enter')
    expect(await tabTo(page, 'Rowan Ashdown')).toBeLessThanOrEqual(3)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Rowan Ashdown' }).waitFor()

    // and reviews it
    await tabTo(page, 'Skip to the review')
    await page.keyboard.press('Enter')
    await tabTo(page, 'Review this attendance')
    await page.keyboard.press('Enter')
    await page.getByRole('group', { name: 'What is the outcome?' }).waitFor()
    await tabTo(page, 'Actions already complete')
    for (let each = 0; each < 3; each++) await page.keyboard.press('ArrowDown')
    await tabTo(page, 'Bring it back on')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await tabTo(page, 'Reason')
    await page.keyboard.type('The school is closed until Monday.')
    await tabTo(page, 'Save and go to next')
    await page.keyboard.press('Enter')

    // Then it is saved, she is told, and the next child is before her
    await page.getByText('Saved: Defer until Monday 23 November.').waitFor()
    await page.getByRole('heading', { level: 1, name: 'Isla Merrick' }).waitFor()
    expect(await web.store.review.countByState()).toMatchObject({ deferred: 1, 'in-review': 1 })
  })

  test('works through a whole day of twelve flags, from sign-in to sign-off, without a mouse', async () => {
    await using web = await startTestWeb()
    for (let each = 1; each <= 12; each++)
      await attend(web, {
        arrivedAt: '2026-11-20T10:00:00Z',
        patient: { given: 'Kit', family: `Day ${each}` },
      })
    const page = await browser.newPage()
    const { keyboard } = page

    // Given a lead who signs in and starts
    await page.goto(`${web.url}/sign-in`)
    await tabTo(page, 'User name')
    await keyboard.type('colm.fairley')
    await tabTo(page, 'Password')
    await keyboard.type(password)
    await keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Review queue' }).waitFor()
    await tabTo(page, 'Start review (12 waiting)')
    await keyboard.press('Enter')

    // When she reads and decides each of them: most need nothing, one waits for an answer, one for tomorrow
    for (let each = 1; each <= 12; each++) {
      await page.getByText(`${each} of 12 today`).waitFor()
      // What is pressed right after a save does not count: nobody reads a page that fast.
      await page.waitForTimeout(500)
      await tabTo(page, 'Go to the review')
      await keyboard.press('Enter')
      await tabTo(page, 'Actions already complete')
      if (each === 1) {
        for (const key of ['ArrowDown', 'ArrowDown']) await keyboard.press(key)
      } else if (each === 2) {
        for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown']) await keyboard.press(key)
        await tabTo(page, 'Bring it back on')
        await keyboard.press('ArrowDown')
      } else {
        await keyboard.press('ArrowUp')
        await tabTo(page, 'Wrong match')
        await keyboard.press('ArrowDown')
      }
      await tabTo(page, 'Reason')
      await keyboard.type('Read with the ward: known, plan in place.')
      await tabTo(page, 'Save and go to next')
      await keyboard.press('Enter')
    }
    await page.getByText('Nobody else waits.').waitFor()
    expect(await web.store.review.countByState()).toMatchObject({ done: 10, deferred: 1, 'actions-open': 1 })

    // Then the day can be signed off
    await tabTo(page, 'Accounting')
    await keyboard.press('Enter')
    await page.getByText('Yesterday is not signed off yet').waitFor()
    await tabTo(page, 'Sign off Friday 20 November 2026')
    await keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Sign off the day' }).waitFor()
    await tabTo(page, 'Sign off Friday 20 November 2026')
    await keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Friday 20 November 2026 signed off' }).waitFor()
  })
})
