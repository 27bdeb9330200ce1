import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { describeInBrowser } from '../world/browser.ts'
import { attend, signIn, startTestWeb, type TestWeb } from '../world/web.ts'

await describeInBrowser('two nurses at once, each in a browser of her own', browser => {
  test('never review the same child, never overwrite each other, and lose nothing that they typed', async () => {
    await using web = await startTestWeb()
    for (let each = 1; each <= 6; each++)
      await attend(web, { patient: { given: 'Kit', family: `Six ${each}` } })
    const asha = await browser.newPage()
    const beth = await browser.newPage()
    await Promise.all([signIn(asha, web.url, 'asha.patel'), signIn(beth, web.url, 'beth.rowley')])

    // When both start at the same moment and go from child to child
    await Promise.all([asha, beth].map(page => page.getByRole('button', { name: /Start review/ }).click()))
    for (let each = 0; each < 2; each++) await Promise.all([save(asha, 'Asha'), save(beth, 'Beth')])
    await Promise.all([asha, beth].map(page => page.getByLabel('Reason', { exact: true }).waitFor()))

    // Then each child has one decision, by one of them
    const decided = await decisionsOf(web)
    expect(decided.map(({ reason }) => reason.slice(0, 4)).toSorted()).toEqual([
      'Asha',
      'Asha',
      'Beth',
      'Beth',
    ])
    expect(new Set(decided.map(({ flagId }) => flagId)).size).toBe(4)

    // When Beth takes over the child that Asha has open, and both write
    const url = asha.url().split('#')[0] ?? ''
    await asha.getByLabel('Reason', { exact: true }).fill('Asha has rung the school.')
    await beth.goto(url)
    await beth.getByRole('button', { name: 'Take over' }).click()
    await save(beth, 'Beth rang the GP.')
    await beth.getByText('Saved: More information needed.').waitFor()
    await choose(asha)
    await asha.getByRole('button', { name: 'Save and go to list' }).click()

    // Then Asha sees what Beth saved, has her own words still, and saves them on purpose, beside Beth's
    await asha.getByText('Somebody changed this first').waitFor()
    expect(await asha.getByText('Beth rang the GP.').count()).toBeGreaterThan(0)
    expect(await asha.getByLabel('Reason', { exact: true }).inputValue()).toBe('Asha has rung the school.')
    await asha.getByRole('button', { name: 'Save mine' }).click()
    await asha.getByText('Saved: More information needed.').waitFor()
    const file = await web.store.review.flagFile(url.split('/').at(-1) ?? '')
    expect(file?.decisions.map(({ reason }) => reason)).toEqual([
      'Beth rang the GP.',
      'Asha has rung the school.',
    ])
  })
})

async function choose(page: Page): Promise<void> {
  await page.getByLabel('More information needed').check()
}

async function save(page: Page, reason: string): Promise<void> {
  // The presses of the first 400 milliseconds do not count: the page is asked until it has taken the answer.
  await expect
    .poll(
      async () => {
        await page.getByLabel('More information needed').click()
        return page.getByLabel('More information needed').isChecked()
      },
      { timeout: 30_000 },
    )
    .toBe(true)
  const before = page.url()
  await page.getByLabel('Reason', { exact: true }).fill(reason)
  await page.getByRole('button', { name: 'Save and go to next' }).click()
  await page.waitForURL(url => url.href !== before)
}

async function decisionsOf({ store }: TestWeb) {
  const rows = await store.review.queue({ states: ['actions-open'], limit: 50, offset: 0 })
  const files = await Promise.all(rows.map(({ flag }) => store.review.flagFile(flag.id)))
  return files.flatMap(file => file?.decisions ?? [])
}
