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
  ['a number may look like the heading', 'ATTENDANCE1\n', ['ATTENDANCE1']],
])('%s', (_reason, text, attendanceIds) => {
  expect(parseCensus(text)).toEqual({ kind: 'census', attendanceIds })
})

test.each([
  ['nothing', '', 'the list is empty'],
  ['a heading alone', 'attendance id\n', 'the list is empty'],
  [
    'a line without its number',
    'attendance,when\nE1,9\n,10\n',
    'line 3 has no attendance number in column 1',
  ],
  ['an open quotation mark', '"E1\nE2', 'the list is no CSV: is a quotation mark left open?'],
  [
    'more than a day can have',
    'E\n'.repeat(censusLinesMax + 1),
    `the list has ${censusLinesMax + 1} lines: at most ${censusLinesMax} are read`,
  ],
])('%s is refused in words', (_reason, text, problem) => {
  expect(parseCensus(text)).toEqual({ kind: 'unreadable', problem })
})
