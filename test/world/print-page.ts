import type { Page } from 'playwright-core'
import { extractText, getDocumentProxy } from 'unpdf'

/** A page of paper: its words from top to bottom, without what stands in its margins. */
export interface Paper {
  readonly words: string
  /** What stands above and below, as on every page. */
  readonly margins: string
  readonly isLandscape: boolean
}

const pageCount = /Page \d+ of \d+/

/** What the browser prints of the page it shows, on A4 as its style sheet asks. */
export async function printPage(page: Page, marking: string): Promise<readonly Paper[]> {
  const pdf = await getDocumentProxy(new Uint8Array(await page.pdf({ preferCSSPageSize: true })))
  const { text } = await extractText(pdf, { mergePages: false })
  return Promise.all(
    text.map(async (all, index) => {
      const [left = 0, bottom = 0, right = 0, top = 0] = (await pdf.getPage(index + 1)).view
      const margins = [all.includes(marking) ? marking : '', pageCount.exec(all)?.[0] ?? '']
      return {
        words: all.replaceAll(marking, '').replace(pageCount, '').trim(),
        margins: margins.filter(each => each !== '').join(', '),
        isLandscape: right - left > top - bottom,
      }
    }),
  )
}
