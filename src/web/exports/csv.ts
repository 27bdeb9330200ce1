import { day } from '../presenters/dates.ts'
import type { Cell, Sheet } from './sheet.ts'

/**
 * A sheet as CSV: file = BOM record*, record = field ("," field)* CRLF, field = DQUOTE text DQUOTE (RFC 4180 with
 * every field quoted, every record equally long). The byte-order mark tells spreadsheet programs that it is UTF-8.
 */
export function writeCsv({ marking, lines, columns, rows }: Sheet): Uint8Array {
  const above = [marking, ...lines].map(line => [line, ...columns.slice(1).map(() => '')])
  const records = [...above, columns.map(({ head }) => head), ...rows.map(row => row.map(inWords))]
  const text = records.map(record => `${record.map(quoted).join(',')}\r\n`).join('')
  return new TextEncoder().encode(`\ufeff${text}`)
}

function inWords(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'string') return cell
  return typeof cell === 'number' ? String(cell) : day(cell.day)
}

function quoted(text: string): string {
  return `"${guarded(text).replaceAll('"', '""')}"`
}

/**
 * What begins like this a spreadsheet program takes for a formula, and runs it: an apostrophe before it keeps it text.
 * The last four are the wide forms that some of them read in the same way.
 */
const formulaStart = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/

function guarded(text: string): string {
  return formulaStart.test(text) ? `'${text}` : text
}
