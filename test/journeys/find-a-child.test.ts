import { expect, test } from 'vitest'
import { describeInBrowser, expectWellMade } from '../world/browser.ts'
import { makeNhsNumber } from '../world/make-attendance.ts'
import { attend, signIn, startTestWeb } from '../world/web.ts'

await describeInBrowser('a nurse who is asked about a child', browser => {
  test('finds every attendance by NHS number, also the one in which nothing was found', async () => {
    await using web = await startTestWeb()
    const nhsNumber = makeNhsNumber(700_001)
    const patient = { given: 'Rowan', family: 'Quill', nhsNumber }
    await attend(web, { words: 'Threatened with a knife.', patient })
    await attend(web, { words: 'Earache for two days.', patient, attendanceId: 'ED-1002' })
    await attend(web, { words: 'Cut finger with butter knife, making toast.', patient })
    const page = await browser.newPage()
    const addresses: string[] = []
    page.on('request', request => addresses.push(request.url()))
    await signIn(page, web.url, 'asha.patel')

    // Given that a school nurse rings, and reads her the number
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Search' }).click()
    await page.getByRole('heading', { name: 'Search' }).waitFor()
    await expectWellMade(page)

    // When she presses Enter too early, she is told what to type
    await page.getByLabel('Name, NHS number').focus()
    await page.keyboard.press('Enter')
    await page
      .getByRole('link', { name: 'Enter a name, NHS number, date of birth or attendance number' })
      .click()
    await expectWellMade(page)

    // and finds three attendances by the number, with what came of each
    await page.keyboard.type(`${nhsNumber.slice(0, 3)} ${nhsNumber.slice(3, 6)} ${nhsNumber.slice(6)}`)
    await page.keyboard.press('Enter')
    await page.getByText('3 attendances found').waitFor()
    await expectWellMade(page)
    const rows = await page.getByRole('row').allInnerTexts()
    expect(rows.filter(row => row.includes('ED-1002'))[0]).toContain('Read, nothing found')
    expect(addresses.filter(url => url.includes(nhsNumber))).toEqual([])

    // Then she opens the one that was flagged
    await page.getByRole('link', { name: 'Rowan Quill' }).click()
    await page.getByRole('button', { name: 'Review this attendance' }).waitFor()

    // When she is told another way who it is, she finds the same child by it
    for (const words of ['30 5 2011', 'ED-1002', 'Quill']) {
      await page.goto(`${web.url}/search`)
      await page.getByLabel('Name, NHS number').fill(words)
      await page.keyboard.press('Enter')
      await page.getByRole('row').nth(1).waitFor()
      expect(new URL(page.url()).pathname).toMatch(/^\/search\/[\da-f-]{36}$/)
      expect(await page.title()).toBe('Search – Wren')
    }

    // When nobody has the name she is given, she reads why that may be
    await page.goto(`${web.url}/search`)
    await page.getByLabel('Name, NHS number').fill('Zebedee')
    await page.keyboard.press('Enter')
    await page
      .getByText('Wren keeps the name and date of birth of a child only where a word was found')
      .waitFor()
    await expectWellMade(page)
  })
})
