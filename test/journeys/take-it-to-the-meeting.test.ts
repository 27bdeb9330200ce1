import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import type { Download, Page } from 'playwright-core'
import readSheet from 'read-excel-file/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { authoriseReferral } from '../world/authorise-referral.ts'
import { describeInBrowser, expectWellMade } from '../world/browser.ts'
import { arriveNow } from '../world/flag-at-hand.ts'
import { makeDelivery, makeReceipt } from '../world/make-attendance.ts'
import { attend, signIn, startTestWeb, type TestWeb } from '../world/web.ts'

const hostile = '=HYPERLINK("https://example.org","Kit")'
const purpose = 'Supervision with the named doctor'

await describeInBrowser('a nurse takes the day and its children to a meeting', browser => {
  let web: TestWeb
  let page: Page
  let referred = ''
  let referral = ''
  beforeAll(async () => {
    web = await startTestWeb()
    await attend(web, {
      words: 'Threatened with a knife outside school.',
      patient: { given: hostile, family: 'Fernleigh' },
    })
    await attend(web, {
      words: 'Took 16 paracetamol, overdose.',
      patient: { given: 'Isla', family: 'Merrick' },
    })
    referred = await arriveNow(web, {
      words: 'Stabbed to L thigh. Says it is "gang stuff".',
      patient: { given: 'Rowan', family: 'Ashdown' },
    })
    referral = (await authoriseReferral(web.store, { again: referred })).id
    await acknowledged(web, referral)
    page = await browser.newPage({ acceptDownloads: true })
    await signIn(page, web.url, 'asha.patel')
  })
  afterAll(() => web[Symbol.asyncDispose]())

  test('given a day with three flags, when she does not say what its list is for, then she is given nothing', async () => {
    await page.getByRole('link', { name: 'Day sheet, for paper or a spreadsheet' }).click()
    await page.getByRole('heading', { name: 'Day sheet' }).waitFor()
    await page.getByRole('button', { name: 'Make the day sheet' }).click()
    await page.getByRole('alert').getByRole('link', { name: 'Select what it is for' }).waitFor()
    await page.getByLabel('Something else').check()
    await page.getByLabel('As CSV').check()
    await page.getByRole('button', { name: 'Make the day sheet' }).click()
    await page.getByRole('alert').getByRole('link', { name: 'Enter what it is for' }).click()
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('purposeWords')
    await expectWellMade(page)
    expect(web.told.exports).toEqual([])
    expect(await exportsIn(referred)).toEqual([])
  })

  test('when she says what for, then the spreadsheet that opens has the day in it, and nothing that runs', async () => {
    const download = await take('XLSX', { something: purpose })
    expect(download.suggestedFilename()).toBe('wren-day-sheet-2026-11-21.xlsx')
    const [sheet] = await readSheet(await readFile(await download.path()))
    const rows = sheet?.data ?? []
    expect(rows[0]?.[0]).toBe('OFFICIAL-SENSITIVE – safeguarding. Do not copy.')
    expect(rows[1]?.[0]).toContain(`Made by Asha Patel, 21 November 2026 at 9:30am. For: ${purpose}`)
    expect(rows[2]?.[0]).toBe('3 attendances flagged: 1 reviewed, 2 to review')
    const list = recordsOf(rows)
    expect(list.map(each => each.Row)).toEqual(['1 of 3', '2 of 3', '3 of 3'])
    expect(list.map(each => each.Name)).toContain(`${hostile} Fernleigh`)
    expect(list.every(each => /^999 \d{3} \d{4}$/.test(String(each['NHS number'])))).toBe(true)
    expect(list.find(each => each.Name === 'Rowan Ashdown')).toMatchObject({
      Outcome: 'Refer now',
      Referral: 'Referral received',
      Born: new Date('2011-05-30T00:00:00Z'),
    })
    expect(list.find(each => each.Name === 'Isla Merrick')).toMatchObject({
      'Flagged for': 'Overdose or self-poisoning',
      Outcome: 'To review',
      Decided: 'Not yet',
    })
    expect(JSON.stringify(rows)).not.toContain('paracetamol')
  })

  test('and the CSV has the same list, in which a name that looks like a formula is a name', async () => {
    const download = await take('CSV', { purpose: 'Audit, inspection or supervision' })
    expect(download.suggestedFilename()).toBe('wren-day-sheet-2026-11-21.csv')
    const text = await readFile(await download.path(), 'utf8')
    expect(text.startsWith('\ufeff"OFFICIAL-SENSITIVE')).toBe(true)
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    const rows: string[][] = parse(text, { bom: true })
    const list = recordsOf(rows)
    expect(list).toHaveLength(3)
    expect(list.map(each => each.Name)).toContain(`'${hostile} Fernleigh`)
    expect(rows.flat().filter(cell => /^[=+\-@\t]/.test(cell))).toEqual([])
  })

  test('then each child’s own history tells who took the list out, and what for', async () => {
    expect(web.told.exports).toEqual(['xlsx', 'csv'])
    expect(await exportsIn(referred)).toEqual([
      ['asha.patel', 'exported in day sheet: csv', 'Audit, inspection or supervision'],
      ['asha.patel', 'exported in day sheet: xlsx', purpose],
    ])
    await page.goto(`${web.url}/flags/${referred}`)
    await page
      .getByText('Took it out of Wren in a day sheet, as a spreadsheet')
      .waitFor({ state: 'attached' })
    expect(await page.content()).toContain(purpose)
  })

  test('given a referral that waits for the meeting, when she chooses the child, then she has the papers with room for the decision', async () => {
    await page.goto(`${web.url}/referrals`)
    await page.getByRole('link', { name: /Papers for the weekly meeting/ }).click()
    expect(await page.getByLabel('Day of the meeting').inputValue()).toBe('2026-11-25')
    await page.getByRole('button', { name: 'Make the papers' }).click()
    await page.getByRole('alert').getByRole('link', { name: 'Select at least one child' }).waitFor()
    await expectWellMade(page)
    expect(await page.getByRole('checkbox').count()).toBe(1)
    await page.getByLabel('Rowan Ashdown').check()
    await page.getByLabel('The weekly meeting').check()
    await page.getByLabel('On paper').check()
    await page.getByRole('button', { name: 'Make the papers' }).click()
    await page.getByRole('heading', { name: 'Papers for the meeting' }).waitFor()
    const row = page.getByRole('row', { name: /Rowan Ashdown/ })
    expect(await row.innerText()).toMatch(/Reference GS-2026-0417[\s\S]*Wren suggests red/)
    expect(await row.innerText()).toContain(
      '21 November 2026 at 9:30am, Worcestershire Royal. Flagged: actions open',
    )
    expect(await row.getByRole('cell').last().innerText()).toContain('Pathway: ☐ Green ☐ Amber ☐ Red')
    await page.getByText('Green, amber or red is set by the meeting').waitFor()
    expect(await page.getByText('Review first').count(), 'the band is never beside a pathway').toBe(0)
    await expectWellMade(page)
    expect((await exportsIn(referred))[0]).toEqual([
      'asha.patel',
      'exported in meeting pack: print',
      'The weekly meeting, or another safeguarding meeting',
    ])
  })

  test('and neither its address nor its title tells a name, and a colleague cannot open it', async () => {
    expect(new URL(page.url()).pathname).toMatch(/^\/exports\/[0-9a-f-]{36}$/)
    expect(await page.title()).toBe('Papers for the meeting of Wednesday 25 November 2026 – Wren')
    const colleague = await browser.newPage()
    await signIn(colleague, web.url, 'beth.rowley')
    const answer = await colleague.goto(page.url())
    expect(answer?.status()).toBe(404)
  })

  test('when the meeting has decided, then she enters it with the child, and it stands in the next papers', async () => {
    await page.goto(`${web.url}/meeting`)
    await page.getByRole('link', { name: 'Enter the outcome of Rowan Ashdown' }).click()
    await page.getByLabel('The meeting set a pathway').check()
    await page.getByLabel('Amber').check()
    await page.getByLabel('Day of the meeting').fill('2026-11-25')
    await page.getByLabel('Reason').fill('Known to the link worker, who meets him on Friday.')
    await page.getByRole('button', { name: 'Record it' }).click()
    await page.getByText('The meeting set a pathway').first().waitFor()
    await page.goto(`${web.url}/meeting`)
    await page
      .getByRole('table', { name: /To be reviewed/ })
      .getByLabel('Rowan Ashdown')
      .check()
    const download = await take('XLSX', { purpose: 'The weekly meeting', button: 'Make the papers' })
    expect(download.suggestedFilename()).toBe('wren-meeting-2026-11-25.xlsx')
    const [sheet] = await readSheet(await readFile(await download.path()))
    const [child] = recordsOf(sheet?.data ?? [])
    expect(child).toMatchObject({ Name: 'Rowan Ashdown', 'Pathway set before': 'Amber' })
    expect(child?.['Decision of the meeting'] ?? '').toBe('')
  })

  test('given a feed that has been silent this morning, then the sheet says that it may be incomplete', async () => {
    await usuallyBusy(web)
    await page.goto(`${web.url}/day-sheet`)
    await page.getByLabel('Hand-over').check()
    await page.getByLabel('On paper').check()
    await page.getByRole('button', { name: 'Make the day sheet' }).click()
    await page.getByText('This list may be incomplete.').waitFor()
    await expectWellMade(page)
    await page.goto(`${web.url}/day-sheet`)
    const rows: string[][] = parse(
      await readFile(await (await take('CSV', { purpose: 'Hand-over' })).path(), 'utf8'),
      { bom: true },
    )
    expect(rows[2]?.[0]).toMatch(/^This list may be incomplete: /)
  })

  async function take(
    format: 'XLSX' | 'CSV',
    asked: { something?: string; purpose?: string; button?: string },
  ): Promise<Download> {
    if (asked.purpose !== undefined) await page.getByLabel(asked.purpose).check()
    if (asked.something !== undefined) {
      await page.getByLabel('Something else').check()
      await page.getByRole('textbox', { name: 'What is it for?' }).fill(asked.something)
    }
    await page.getByLabel(format === 'CSV' ? 'As CSV' : 'As a spreadsheet (XLSX)').check()
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: asked.button ?? 'Make the day sheet' }).click()
    return download
  }

  /** What the audit holds of exports under this flag, newest first. */
  async function exportsIn(flagId: string): Promise<(string | null)[][]> {
    const entries = await web.store.audit.about(flagId, 100)
    return entries.filter(({ did }) => did.startsWith('exported')).map(({ who, did, why }) => [who, did, why])
  }
})

/** The list below the head of its columns, each row by column. */
function recordsOf(rows: readonly (readonly unknown[])[]): Record<string, unknown>[] {
  const head = rows.findIndex(row => row[0] === 'Row')
  const names = (rows[head] ?? []).map(String)
  return rows
    .slice(head + 1)
    .map(row => Object.fromEntries(names.map((name, index) => [name, row[index]] as const)))
}

async function acknowledged({ store }: TestWeb, id: string): Promise<void> {
  const [leased] = await store.outbox.lease({ limit: 1, leaseMs: 60_000 })
  if (leased?.id !== id) throw new Error('the referral does not wait to be sent')
  await store.outbox.settle({
    ...leased,
    connector: 'REST',
    outcome: { kind: 'acknowledged', reference: 'GS-2026-0417' },
    waitMs: 0,
  })
}

/** On four earlier Saturdays a message came every ten minutes of the night and the morning. */
async function usuallyBusy({ store }: TestWeb): Promise<void> {
  const days = ['2026-10-24', '2026-10-31', '2026-11-07', '2026-11-14']
  const times = days.flatMap(day =>
    Array.from({ length: 60 }, (_, index) =>
      Temporal.Instant.from(`${day}T00:00:00Z`)
        .add({ minutes: index * 10 })
        .toString(),
    ),
  )
  const receipts = times.map(receivedAt => makeReceipt({ delivery: makeDelivery({ receivedAt }) }))
  await store.screening.record({ receipts, held: [], deadLetters: [] })
}
