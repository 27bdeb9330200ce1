import type { Blob } from 'node:buffer'
import type { Stream } from 'node:stream'
import writeExcelFile, { type CellObject, type Feature } from 'write-excel-file/node'
import { sanitizeTextContent } from 'write-excel-file/utility'
import type { Cell, Sheet } from './sheet.ts'

/**
 * A sheet as XLSX. The lines above the list and the bold head of its columns stay in sight while it is scrolled and
 * stand on every printed page, with the marking and "Page x of y". Words are cells of text, also when they are edited:
 * an NHS number keeps its zeros, and nothing is ever a formula.
 */
export async function writeXlsx(sheet: Sheet): Promise<Uint8Array> {
  const { tab, marking, lines, columns, rows } = sheet
  const above = [marking, ...lines].map(line => [wide(line, columns.length)])
  const head = columns.map(column => ({ ...text(column.head), fontWeight: 'bold' as const }))
  const cells = [...above, head, ...rows.map(row => row.map(cellOf))]
  const headRows = above.length + 1
  return writeExcelFile(
    cells,
    {
      sheet: tab,
      columns: columns.map(({ width }) => ({ width })),
      stickyRowsCount: headRows,
      orientation: 'landscape',
    },
    { features: [onPaper({ tab, marking, headRows })] },
  ).toBuffer()
}

function cellOf(cell: Cell): CellObject | null {
  if (cell === null) return null
  if (typeof cell === 'string') return { ...text(cell), wrap: true, alignVertical: 'top' }
  if (typeof cell === 'number') return { type: Number, value: cell, alignVertical: 'top' }
  // Excel has days without a zone; the library counts them in UTC.
  const value = new Date(`${cell.day}T00:00:00Z`)
  return { type: Date, value, format: 'd mmmm yyyy', align: 'left', alignVertical: 'top' }
}

/** "@" is the format of text. */
function text(value: string): CellObject {
  return { type: String, value, format: '@' }
}

function wide(line: string, columnSpan: number): CellObject {
  return { ...text(line), columnSpan, fontWeight: 'bold' }
}

/** What the library has no setting for: the head and foot of printed pages, as wide as the paper. */
function onPaper({
  tab,
  marking,
  headRows,
}: {
  tab: string
  marking: string
  headRows: number
}): Feature<Stream | Buffer | Blob> {
  const titles = `<definedName name="_xlnm.Print_Titles" localSheetId="0">'${tab}'!$1:$${headRows}</definedName>`
  return {
    files: {
      transform: {
        'xl/worksheets/sheet{id}.xml': {
          transform: content =>
            content
              .replace(/(<worksheet[^>]*>)/, '$1<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>')
              .replace(/<pageSetup /, '<pageSetup fitToWidth="1" fitToHeight="0" '),
          insert: () =>
            `<headerFooter><oddHeader>&amp;L${sanitizeTextContent(headerText(marking))}</oddHeader><oddFooter>&amp;RPage &amp;P of &amp;N</oddFooter></headerFooter>`,
        },
        'xl/workbook.xml': {
          transform: content => content.replace('<definedNames/>', `<definedNames>${titles}</definedNames>`),
        },
      },
    },
  }
}

/** In the head of a page an ampersand begins a code; two are one. */
function headerText(marking: string): string {
  return marking.replaceAll('&', '&&')
}
