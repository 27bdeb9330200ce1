import { expect, test } from 'vitest'
import { censusLinesMax, parseCensus } from '../../src/review/census.ts'

test.each([
  ['one number a line', 'E1\nE2\n', ['E1', 'E2']],
  ['a heading names the column', 'Arrived,Attendance number\n09:10,E1\n09:20,E2\n', ['E1', 'E2']],
  ['without a heading the first column counts', 'E1,09:10\nE2,09:20\n', ['E1', 'E2']],
  ['a number that stands twice counts once', 'E1\nE1\n', ['E1']],
  [
    'Excel begins with a mark of its own and ends lines in its way',
    '\uFEFFattendance_id\r\n E1 \r\n\r\n',
    ['E1'],
  ],
  ['semicolons, as Excel writes them on the continent', 'Name;Attendance\nRowan;E1\n', ['E1']],
  ['tabs, as they come from a spreadsheet', 'Attendance\tName\nE1\tRowan\n', ['E1']],
  ['a number may look like the heading', 'ATTENDANCE1\n', ['ATTENDANCE1']],
])('%s', (_reason, text, attendanceIds) => {
  expect(parseCensus(text)).toEqual({ kind: 'census', attendanceIds })
})

test.each([
  ['nothing', '', 'the list is empty'],
  ['a heading alone', 'attendance id\n', 'the list is empty: there is no line below the headings'],
  [
    'a line without its number',
    'attendance,when\nE1,9\n,10\n',
    'line 3 has no attendance number in column 1',
  ],
  ['an open quotation mark', '"E1\nE2', 'line 1 is no CSV: is a quotation mark left open?'],
  ['a workbook', 'PK\u0003\u0004', 'this is an Excel workbook: save it as CSV, and take that'],
  ['a file that is no text', 'E1\0E2', 'this is no text: save the list as CSV'],
  [
    'columns of which none is the attendance',
    'Name,Arrived\nRowan,9:10\n',
    'line 1 names no column "attendance": head the column of attendance numbers with that word',
  ],
  [
    'a letter in the place of a number',
    `E1\n${'x'.repeat(101)}\n`,
    'line 2 has more than a number in column 1',
  ],
  [
    'more than a day can have',
    'E\n'.repeat(censusLinesMax + 1),
    `the list has ${censusLinesMax + 1} lines: at most ${censusLinesMax} are read`,
  ],
])('%s is refused in words', (_reason, text, problem) => {
  expect(parseCensus(text)).toEqual({ kind: 'unreadable', problems: [problem] })
})

test('every wrong line is named, and of very many the first ten', () => {
  const census = parseCensus(`attendance,when\n${',9:10\n'.repeat(25)}`)
  if (census.kind === 'census') throw new Error('lines without a number were taken')
  expect(census.problems).toHaveLength(11)
  expect(census.problems[1]).toBe('line 3 has no attendance number in column 1')
  expect(census.problems[10]).toBe('and 15 more lines like these')
})
