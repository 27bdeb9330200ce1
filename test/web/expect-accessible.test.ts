import { expect, test } from 'vitest'
import { describeInBrowser, expectAccessible, expectNoSidewaysScroll } from '../world/browser.ts'

await describeInBrowser('the checks of a page', browser => {
  test('a picture without words and a field without a label are found', async () => {
    const page = await browser.newPage()
    await page.setContent('<html lang="en"><title>Bad</title><main><h1>Bad</h1><img src="x"><input></main>')
    await expect(expectAccessible(page)).rejects.toThrow(/image-alt[\s\S]*label/)
  })

  test('one id on two elements is found', async () => {
    const page = await browser.newPage()
    await page.setContent(
      '<html lang="en"><title>Bad</title><main><h1 id="why">Why</h1><p id="why">So</p></main>',
    )
    await expect(expectAccessible(page)).rejects.toThrow(/duplicate-id/)
  })

  test('words too wide for the window are found', async () => {
    const page = await browser.newPage({ viewport: { width: 320, height: 568 } })
    await page.setContent('<p style="width: 400px">Wide</p>')
    await expect(expectNoSidewaysScroll(page)).rejects.toThrow(/width of/)
  })
})
