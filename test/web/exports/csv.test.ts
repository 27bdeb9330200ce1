import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { writeCsv } from '../../../src/web/exports/csv.ts'
import type { Cell, Sheet } from '../../../src/web/exports/sheet.ts'

const makeSheet = (rows: Cell[][], lines: string[] = []): Sheet => ({
  tab: 'Day sheet',
  marking: 'Do not copy',
  lines,
  columns: [
    { head: 'Name', width: 20 },
    { head: 'Born', width: 20 },
  ],
  rows,
})
const written = (sheet: Sheet): string =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(writeCsv(sheet))

describe('a list as CSV', () => {
  test('begins with a byte-order mark, ends each line with CR and LF, and quotes every cell', () => {
    const text = written(makeSheet([['Kit Fernleigh', { day: '2011-05-30' }]]))
    expect(text).toBe('\ufeff"Do not copy",""\r\n"Name","Born"\r\n"Kit Fernleigh","30 May 2011"\r\n')
  })

  test.each([
    ['a formula', '=HYPERLINK("https://example.org","Kit")', `'=HYPERLINK("https://example.org","Kit")`],
    ['a sum', '+1+1', `'+1+1`],
    ['a subtraction', '-2+3', `'-2+3`],
    ['a function of old', '@SUM(A1)', `'@SUM(A1)`],
    ['a formula behind a tab', '\t=1+1', `'\t=1+1`],
    ['a formula behind a line end', '\r=1+1', `'\r=1+1`],
    ['a wide equals sign, which some programs read as one', '＝1+1', `'＝1+1`],
    ['a name with a hyphen inside', 'Anne-Marie', 'Anne-Marie'],
    ['quotes and a comma', 'Kit "Kip" Fernleigh, junior', 'Kit "Kip" Fernleigh, junior'],
    ['a line end inside', 'one\ntwo', 'one\ntwo'],
    ['nothing', '', ''],
  ])('%s is text', (_reason, name, read) => {
    const rows: string[][] = parse(written(makeSheet([[name, 15]])), { bom: true })
    expect(rows.at(-1)).toEqual([read, '15'])
  })

  test('what stands above the list is as wide as the list', () => {
    const rows: string[][] = parse(written(makeSheet([], ['=This list may be incomplete'])), { bom: true })
    expect(rows).toEqual([
      ['Do not copy', ''],
      [`'=This list may be incomplete`, ''],
      ['Name', 'Born'],
    ])
  })

  test('no cell begins as a formula does, whatever its words, and all of them are read back', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.string()), { minLength: 1 }),
        cells => {
          const rows: string[][] = parse(written(makeSheet(cells.map(row => [...row]))), { bom: true })
          const read = rows.slice(2)
          expect(read.flat().filter(cell => /^[=+\-@\t\r\n]/.test(cell))).toEqual([])
          expect(read.map(row => row.map(cell => cell.replace(/^'(?=[=+\-@\t\r\n＝＋－＠])/, '')))).toEqual(
            cells.map(row => row.map(cell => cell.replace(/^'(?=[=+\-@\t\r\n＝＋－＠])/, ''))),
          )
        },
      ),
    )
  })
})
