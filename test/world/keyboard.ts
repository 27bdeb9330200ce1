import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** No page of ours has more stops before what a person goes for. */
const pressesMax = 90

/** Presses Tab until this is focused, looks that it can be seen, and answers how many presses it took. */
export async function tabTo(page: Page, name: string): Promise<number> {
  for (let presses = 0; presses < pressesMax; presses++) {
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
