import { strFromU8, unzipSync } from 'fflate'
import readSheet from 'read-excel-file/node'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Sheet } from '../../../src/web/exports/sheet.ts'
import { writeXlsx } from '../../../src/web/exports/xlsx.ts'

const sheet: Sheet = {
  tab: 'Day sheet',
  marking: 'NHS CONFIDENTIAL & do not copy',
  lines: ['Day sheet of Saturday 21 November 2026'],
  columns: [
    { head: 'Name', width: 20 },
    { head: 'NHS number', width: 15 },
    { head: 'Born', width: 18 },
    { head: 'Age', width: 6 },
    { head: 'Decision', width: 20 },
  ],
  rows: [
    ['=HYPERLINK("https://example.org","Kit")', '0990000026', { day: '2011-05-30' }, 15, null],
    ['Ásta <b>Ó Súilleabháin</b>', '-1', { day: '2012-02-29' }, 14, null],
  ],
}

describe('a list as XLSX', () => {
  let bytes: Uint8Array
  let part: (name: string) => string
  beforeAll(async () => {
    bytes = await writeXlsx(sheet)
    const files = unzipSync(bytes)
    part = name => strFromU8(files[name] ?? new Uint8Array())
  })

  test('is read back word for word: an NHS number is text with its first zero, a birth date is a day', async () => {
    const [read] = await readSheet(Buffer.from(bytes))
    expect(read?.data.map(row => row.slice(0, 4))).toEqual([
      ['NHS CONFIDENTIAL & do not copy', null, null, null],
      ['Day sheet of Saturday 21 November 2026', null, null, null],
      ['Name', 'NHS number', 'Born', 'Age'],
      ['=HYPERLINK("https://example.org","Kit")', '0990000026', new Date('2011-05-30T00:00:00Z'), 15],
      ['Ásta <b>Ó Súilleabháin</b>', '-1', new Date('2012-02-29T00:00:00Z'), 14],
    ])
  })

  test('holds no formula, and its words are of the format of text, so that editing one makes none either', () => {
    expect(part('xl/worksheets/sheet1.xml')).not.toMatch(/<f[ >]/)
    const cell = /<c r="A4" s="(\d+)" t="s">/.exec(part('xl/worksheets/sheet1.xml'))
    const formats = [...part('xl/styles.xml').matchAll(/<xf ([^>]*)>/g)].map(([, attributes]) => attributes)
    const id = /numFmtId="(\d+)"/.exec(formats[Number(cell?.[1]) + baseFormats()] ?? '')?.[1]
    expect(part('xl/styles.xml')).toContain(`<numFmt numFmtId="${id}" formatCode="@"/>`)
  })

  test('keeps its bold head in sight, and repeats it on every printed page', () => {
    const pane = /<pane [^>]*>/.exec(part('xl/worksheets/sheet1.xml'))?.[0]
    expect(pane).toContain('ySplit="3"')
    expect(pane).toContain('state="frozen"')
    expect(part('xl/styles.xml')).toContain('<b/>')
    expect(part('xl/workbook.xml')).toContain(
      `<definedName name="_xlnm.Print_Titles" localSheetId="0">'Day sheet'!$1:$3</definedName>`,
    )
  })

  test('prints its marking and "Page x of y", as wide as the paper', () => {
    const xml = part('xl/worksheets/sheet1.xml')
    expect(xml).toContain('<oddHeader>&amp;LNHS CONFIDENTIAL &amp;&amp; do not copy</oddHeader>')
    expect(xml).toContain('<oddFooter>&amp;RPage &amp;P of &amp;N</oddFooter>')
    expect(xml).toMatch(/<pageSetup [^>]*fitToWidth="1" fitToHeight="0"/)
    expect(xml).toContain('<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>')
  })

  test('holds its parts in the order that spreadsheet programs demand', () => {
    const order = [
      'sheetPr',
      'sheetViews',
      'cols',
      'sheetData',
      'mergeCells',
      'pageMargins',
      'pageSetup',
      'headerFooter',
    ]
    const xml = part('xl/worksheets/sheet1.xml')
    const places = order.map(name => xml.search(new RegExp(`<${name}[ >/]`)))
    expect(places).not.toContain(-1)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
  })

  /** Formats that stand before those of cells in the style sheet. */
  function baseFormats(): number {
    const before = part('xl/styles.xml').split('<cellXfs')[0] ?? ''
    return [...before.matchAll(/<xf /g)].length
  }
})
