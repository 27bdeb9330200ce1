import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { describeInBrowser } from '../world/browser.ts'
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
})

/** Presses Tab until this is focused, looks that it can be seen, and answers how many presses it took. */
async function tabTo(page: Page, name: string): Promise<number> {
  for (let presses = 0; presses < 60; presses++) {
    const focused = await page.evaluate(() => {
      const element = document.activeElement
      if (element === null || element === document.body) return null
      const labels = 'labels' in element ? [...(element.labels as NodeListOf<Element>)] : []
      const { width, height, top, bottom } = element.getBoundingClientRect()
      const at = document.elementFromPoint(
        element.getBoundingClientRect().left + Math.min(width, 20) / 2,
        Math.min(top + height / 2, innerHeight - 1),
      )
      const isCovered = at !== null && !element.contains(at) && !at.contains(element) && !labels.includes(at)
      return {
        name: (labels[0] ?? element).textContent?.trim().replace(/\s+/g, ' ') ?? '',
        isSeen: width > 0 && height > 0 && bottom > 0 && top < innerHeight,
        isCovered,
      }
    })
    if (focused?.name.startsWith(name) === true) {
      expect(focused.isSeen, `${name} can be seen while it is focused`).toBe(true)
      expect(focused.isCovered, `${name} is covered while it is focused`).toBe(false)
      return presses
    }
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not lead to ${name}`)
}
