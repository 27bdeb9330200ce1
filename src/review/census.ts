import { readRow } from '../attendance/csv/read-rows.ts'

/** A hospital's own list of the attendances of a day, or line by line why it cannot be used. */
export type Census =
  | { readonly kind: 'census'; readonly attendanceIds: readonly string[] }
  | { readonly kind: 'unreadable'; readonly problems: readonly string[] }

interface Row {
  /** Of the list, from 1. */
  readonly line: number
  /** Null where its quotes are broken. */
  readonly values: readonly string[] | null
}

/** A large department sees 600 people a day. */
export const censusLinesMax = 20_000
const idLengthMax = 100
/** More than anybody reads: the rest is counted. */
const problemsMax = 10
/** How systems head the column of attendance numbers: "attendance_id", "AttendanceNumber", "Attendance". */
const heading = /attendance/i

/**
 * census = [headings] line*, as CSV with commas, semicolons or tabs. The attendances are in the column whose heading
 * names them; without headings in the first. A number that stands twice counts once. What is wrong is said by line,
 * never by quoting it.
 */
export function parseCensus(text: string): Census {
  if (text.startsWith('PK')) return refuse('this is an Excel workbook: save it as CSV, and take that')
  if (/[\0\uFFFD]/.test(text)) return refuse('this is no text: save the list as CSV')
  const rows = rowsOf(text.replace(/^\uFEFF/, ''))
  const [first, ...rest] = rows
  if (first === undefined) return refuse('the list is empty')
  const cells = first.values ?? []
  const headed = cells.findIndex(isHeading)
  if (headed < 0 && cells.length > 1 && cells.every(cell => !/\d/.test(cell)))
    return refuse('line 1 names no column "attendance": head the column of attendance numbers with that word')
  const lines = headed < 0 ? rows : rest
  if (lines.length === 0) return refuse('the list is empty: there is no line below the headings')
  if (lines.length > censusLinesMax)
    return refuse(`the list has ${lines.length} lines: at most ${censusLinesMax} are read`)
  const column = Math.max(0, headed)
  const problems = lines.flatMap(line => problemOf(line, column) ?? [])
  if (problems.length > 0) return { kind: 'unreadable', problems: shortened(problems) }
  return { kind: 'census', attendanceIds: [...new Set(lines.map(line => idOf(line, column)))] }
}

function isHeading(cell: string): boolean {
  return heading.test(cell) && !/\d/.test(cell)
}

/** Lines that hold nothing are passed over, and counted. */
function rowsOf(text: string): readonly Row[] {
  const [head = ''] = text.split(/[\r\n]/, 1)
  const delimiter = [',', ';', '\t'].find(each => head.includes(each)) ?? ','
  const rows: Row[] = []
  for (let [start, line] = [0, 1]; start < text.length; ) {
    const { values, end } = readRow(text, { start, delimiter })
    if (values === null || values.some(value => value.trim() !== '')) rows.push({ line, values })
    const next = text.startsWith('\r\n', end) ? end + 2 : end + 1
    line += text.slice(start, next).match(/\r\n|\n|\r/g)?.length ?? 0
    start = next
  }
  return rows
}

function problemOf(row: Row, column: number): string | null {
  if (row.values === null) return `line ${row.line} is no CSV: is a quotation mark left open?`
  const id = idOf(row, column)
  if (id === '') return `line ${row.line} has no attendance number in column ${column + 1}`
  return id.length > idLengthMax ? `line ${row.line} has more than a number in column ${column + 1}` : null
}

function idOf({ values }: Row, column: number): string {
  return (values?.[column] ?? '').trim()
}

function shortened(problems: readonly string[]): readonly string[] {
  const more = problems.length - problemsMax
  return more <= 0 ? problems : [...problems.slice(0, problemsMax), `and ${more} more lines like these`]
}

function refuse(problem: string): Census {
  return { kind: 'unreadable', problems: [problem] }
}
