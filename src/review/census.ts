import { parse } from 'csv-parse/sync'

/** A hospital's own list of the attendances of a day, or in words why it cannot be read. */
export type Census =
  | { readonly kind: 'census'; readonly attendanceIds: readonly string[] }
  | { readonly kind: 'unreadable'; readonly problem: string }

/** A large department sees 600 people a day. */
export const censusLinesMax = 20_000
const idLengthMax = 100
/** How systems head the column of attendance numbers: "attendance_id", "AttendanceNumber", "Attendance". */
const heading = /attendance/i

/**
 * census = [headings] line*, as CSV. The attendances are in the column whose heading names them, else in the first.
 * A number that stands twice counts once. What is wrong is said by line, never by quoting it.
 */
export function parseCensus(text: string): Census {
  const read = readCsv(text)
  if ('problem' in read) return { kind: 'unreadable', problem: read.problem }
  const [first = [], ...rest] = read.lines
  const headed = first.findIndex(cell => heading.test(cell) && !/\d/.test(cell))
  const column = Math.max(0, headed)
  const lines = headed < 0 ? read.lines : rest
  const shift = headed < 0 ? 1 : 2
  if (lines.length === 0) return { kind: 'unreadable', problem: 'the list is empty' }
  if (lines.length > censusLinesMax)
    return {
      kind: 'unreadable',
      problem: `the list has ${lines.length} lines: at most ${censusLinesMax} are read`,
    }
  const ids = lines.map(cells => (cells[column] ?? '').trim())
  const wrong = ids.findIndex(id => id === '' || id.length > idLengthMax)
  return wrong < 0
    ? { kind: 'census', attendanceIds: [...new Set(ids)] }
    : {
        kind: 'unreadable',
        problem: `line ${wrong + shift} has no attendance number in column ${column + 1}`,
      }
}

function readCsv(text: string): { lines: readonly string[][] } | { problem: string } {
  try {
    const lines: string[][] = parse(text, {
      bom: true,
      skip_empty_lines: true,
      relax_column_count: true,
      to: censusLinesMax + 2,
    })
    return { lines }
  } catch {
    // The parser's own message quotes the line.
    return { problem: 'the list is no CSV: is a quotation mark left open?' }
  }
}
