import { expect, test } from 'vitest'
import { Note } from '../../src/attendance/note.ts'
import { describeInBrowser, expectWellMade } from '../world/browser.ts'
import { attend, signIn, startTestWeb } from '../world/web.ts'

const hostile = [
  'Seen with <b>bold</b> <script>document.title="taken"</script> <img src=x onerror="document.title=1">',
  '{{ 7 * 7 }} {% raw %} #{exit()} & &amp; "quotes" \'and\' <mark>',
  'Is \u202eton\u202c armed. 👨‍👩‍👧 😀 عنده سكين knife \u0007 end',
  '😀😀 🏴 knife. \u202eefink\u202c no weapon. bell \u0007 and escape \u001b[31m é',
  'A\u0301\u0301\u0301 \u200eknife\u200f at school, 👨‍👩‍👧 😀 🏴󠁧󠁢󠁥󠁮󠁧󠁿 é.',
].join('\n')

await describeInBrowser('a note as it came', browser => {
  test('with HTML, scripts, marks of direction and emoji is shown as typed, marked, and does nothing', async () => {
    await using web = await startTestWeb()
    const patient = { given: '<i>Rowan</i>', family: 'O’Neill "&"' }
    const visit = { attendanceId: 'H1', patient }
    await attend(web, { ...visit, words: hostile })
    const page = await browser.newPage()
    await signIn(page, web.url, 'asha.patel')
    await expectWellMade(page)
    await page.getByRole('link', { name: '<i>Rowan</i> O’Neill "&"' }).click()
    const note = page.locator('.app-note__words')
    const words = await note.innerText()
    expect(words).toContain('<script>document.title="taken"</script>')
    expect(words).toContain('{{ 7 * 7 }} {% raw %}')
    expect(words).toContain('[right-to-left mark]ton[end of mark] armed')
    // The mark lies on the word itself: what stands before it counts as one letter, two, seven or none
    expect(
      await note.locator('mark').evaluateAll(marks => marks.map(mark => mark.firstChild?.textContent)),
    ).toEqual(['knife', 'knife', 'weapon', 'knife'])
    expect(words).toContain('[right-to-left mark]efink[end of mark] no weapon')
    expect(words).toContain('bell \u2407 and escape \u241b[31m')
    expect(words).toContain('👨‍👩‍👧 😀 🏴󠁧󠁢󠁥󠁮󠁧󠁿 é')
    expect(await note.locator('b, script, img').count()).toBe(0)
    expect(await page.title()).toBe('Attendance – Wren')
    // and so is a later version of it, put beside the earlier one word by word
    const later = `${hostile} <b>later</b><script>document.title="taken"</script>\u202e`
    await attend(web, { ...visit, words: later, recordedAt: '2026-11-21T08:50:00Z' })
    await page.reload()
    await page.getByText('Earlier versions of the notes, compared (1)').click()
    expect(await page.locator('ins').allTextContents()).toContainEqual(
      expect.stringContaining('<b>later</b><script>'),
    )
    expect(await page.locator('ins b, ins script').count()).toBe(0)
    expect(await page.title()).toBe('Attendance – Wren')
    await expectWellMade(page)
  })

  test('of 100 kB is shown to its end, with the mention in it marked', async () => {
    await using web = await startTestWeb()
    const filler = 'Obs stable, eating and drinking, mum present throughout.\n'.repeat(1_900)
    const words = `${filler}Says he was threatened with a knife.\n${'W'.repeat(300)} The end.`
    await attend(web, { notes: [new Note({ section: 'clinical', words })] })
    const page = await browser.newPage({ viewport: { width: 320, height: 568 } })
    await signIn(page, web.url, 'asha.patel')
    await page.getByRole('table').getByRole('link').first().click()
    const note = page.locator('.app-note__words')
    const read = await note.evaluate(element => element.textContent ?? '')
    expect(read.length).toBeGreaterThan(100_000)
    expect(read.endsWith('The end.')).toBe(true)
    expect(await note.locator('mark', { hasText: 'knife' }).count()).toBe(1)
    await expectWellMade(page)
  })
})
