import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Decoded } from '../../../src/attendance/attendance.ts'
import { decodeCsv } from '../../../src/attendance/csv/decode-csv.ts'
import { readRows } from '../../../src/attendance/csv/read-rows.ts'
import { splitFile } from '../../../src/attendance/mapping/decode-mapped.ts'
import { readMappingText } from '../mapping/read-mapping-text.ts'

const options = { defaultTrust: 'RWP', receivedAt: '2026-03-02T03:00:00Z' }
const settings = `
wren: 1
format: csv
source: ed-nightly
dates: dd/MM/yyyy
times: [dd/MM/yyyy HH:mm, dd/MM/yyyy]
blanks: ["NULL", "01/01/1900"]
fields:
  attendanceId: [Attendance No, Att No]
  nhsNumber: NHS No
  family: Surname
  birthDate: DOB
  sex: Sex
  arrivedAt: Arrival
  site: { from: Site, values: { Worcester: RWP50 } }
notes:
  - { section: triage, text: Triage }
  - { section: clinician, text: { from: Clinical, optional: true } }
`
const attendances = readMappingText(settings)
const notes = readMappingText(settings.replace('format: csv', 'format: csv\nrows: note'))
const header = 'Att No,NHS No,Surname,DOB,Sex,Arrival,Site,Triage'
const row = 'E1,999 000 0018,Ashdown,30/05/2011,M,01/03/2026 09:30,Worcester,fell'

/** Every message of a file with its line. */
function readFile(text: string | Uint8Array, mapping = attendances): readonly (readonly [number, Decoded])[] {
  const split = splitFile(Buffer.from(text), mapping)
  if ('problem' in split) throw new Error(split.problem)
  return split.messages.map(({ line, bytes }) => [line, decodeCsv(bytes, { ...options, mapping })])
}

function told(decoded: Decoded | undefined): unknown {
  if (decoded === undefined) return undefined
  if (decoded.kind === 'unreadable') return decoded.problem
  const { attendance } = decoded
  return {
    ...attendance,
    ...attendance.patient,
    words: attendance.notes.map(note => `${note.section}: ${note.words}`),
  }
}

describe('a row', () => {
  test.each([
    [
      'is an attendance',
      row,
      {
        attendanceId: 'E1',
        nhsNumber: '9990000018',
        birthDate: '2011-05-30',
        sex: 'male',
        arrivedAt: '2026-03-01T09:30:00Z',
        site: 'RWP50',
        ageOnArrival: 14,
        words: ['triage: fell'],
      },
    ],
    [
      'keeps a line end inside quotes',
      row.replace('fell', '"fell\r\noff bike"'),
      { words: ['triage: fell\r\noff bike'] },
    ],
    [
      'keeps a delimiter inside quotes',
      row.replace('fell', '"fell, knife seen"'),
      { words: ['triage: fell, knife seen'] },
    ],
    [
      'has doubled quotes as quotes',
      row.replace('fell', '"says ""kinfe"" in bag"'),
      { words: ['triage: says "kinfe" in bag'] },
    ],
    [
      'has a quote in a plain value as a quote',
      row.replace('fell', `5'6" tall`),
      { words: [`triage: 5'6" tall`] },
    ],
    ['keeps blanks of the note', row.replace('fell', '  fell '), { words: ['triage:   fell '] }],
    ['has an empty quoted value as nothing', row.replace('fell', '""'), { words: [] }],
    [
      'has what the mapping calls blank as nothing',
      row.replace('fell', 'null').replace('30/05/2011', '01/01/1900'),
      { words: [], birthDate: null, ageOnArrival: null },
    ],
    [
      'is Windows-1252 where it is not UTF-8',
      Buffer.from(row.replace('Ashdown', 'Zo\u00eb').replace('fell', 'isn\u0092t well'), 'latin1'),
      { family: 'Zoë', words: ['triage: isn’t well'] },
    ],
    ['is UTF-8 where it is', Buffer.from(row.replace('Ashdown', 'Zoë')), { family: 'Zoë' }],
    [
      'without a zone is London’s, in summer too',
      row.replace('01/03/2026 09:30', '01/07/2025 09:30'),
      { arrivedAt: '2025-07-01T08:30:00Z' },
    ],
    [
      'with a day and no time is its first minute',
      row.replace('01/03/2026 09:30', '01/03/2026'),
      { arrivedAt: '2026-03-01T00:00:00Z' },
    ],
    ['without a birth date has an unknown age', row.replace('30/05/2011', ''), { ageOnArrival: null }],
    [
      'without an NHS number is read',
      row.replace('999 000 0018', ''),
      { nhsNumber: null, nhsNumberRefused: null },
    ],
    [
      'with a repeated digit for a number shows it and does not match on it',
      row.replace('999 000 0018', '9999999999'),
      { nhsNumber: null, nhsNumberRefused: '9999999999' },
    ],
    [
      'with a site that the mapping does not list says so',
      row.replace('Worcester', 'Elsewhere'),
      { site: null, partsUnread: ['site not read: the mapping does not list its value'] },
    ],
    [
      'with more values than columns is unreadable, never shifted',
      row.replace('Ashdown', 'Ashdown,Kit'),
      /the row has 9 values and the header 8 columns/,
    ],
    [
      'with fewer values than columns is unreadable, never shifted',
      'E1,999 000 0018,Ashdown',
      /the row has 3 values and the header 8 columns/,
    ],
    [
      'with a year of two digits is unreadable',
      row.replace('30/05/2011', '30/05/11'),
      /birthDate \(column "DOB"\): expected a date as dd\/MM\/yyyy/,
    ],
    [
      'with an American date is unreadable',
      row.replace('30/05/2011', '05/30/2011'),
      /birthDate \(column "DOB"\)/,
    ],
    [
      'with a day that the calendar has not is unreadable',
      row.replace('30/05/2011', '31/06/2011'),
      /birthDate \(column "DOB"\)/,
    ],
    [
      'that was born after the arrival is unreadable',
      row.replace('30/05/2011', '02/03/2026'),
      /birthDate \(column "DOB"\) is after the arrival/,
    ],
    [
      'without an attendance id is unreadable',
      row.replace('E1', ''),
      /attendanceId \(column "Attendance No" or "Att No"\) is missing/,
    ],
    [
      'whose quote goes on after its end is unreadable',
      row.replace('fell', '"said "no knife" today"'),
      /quotes of the row are broken/,
    ],
    ['whose quote never ends is unreadable', row.replace('fell', '"fell'), /quotes of the row are broken/],
    ['with NUL is unreadable', row.replace('fell', 'fe\u0000ll'), /NUL/],
  ])('%s', (_claim, text, expected) => {
    const [first, ...more] = readFile(
      Buffer.concat([Buffer.from(`${header}\r\n`), Buffer.from(text), Buffer.from('\r\n')]),
    )
    expect(more).toEqual([])
    if (expected instanceof RegExp) {
      expect(told(first?.[1])).toMatch(expected)
      expect(told(first?.[1])).not.toMatch(/Ashdown|9990000018|fell/)
    } else expect(told(first?.[1])).toMatchObject(expected)
  })
})

describe('a file', () => {
  const rowOf = (id: string, note = 'fell'): string => row.replace('E1', id).replace('fell', note)
  const ids = (read: ReturnType<typeof readFile>) =>
    read.map(([line, decoded]) => [
      line,
      decoded.kind === 'attendance' ? decoded.attendance.attendanceId : 'unreadable',
    ])

  test.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ])('has rows that end with %s, and blank lines are passed over', (_name, end) => {
    expect(ids(readFile([header, rowOf('E1'), '', rowOf('E2'), ''].join(end)))).toEqual([
      [2, 'E1'],
      [4, 'E2'],
    ])
  })

  test('may begin with a byte-order mark', () => {
    expect(ids(readFile(`\ufeff${header}\n${rowOf('E1')}`))).toEqual([[2, 'E1']])
  })

  test('names its lines truly after a note of several lines', () => {
    const text = [header, rowOf('E1', '"a\nb\nc"'), rowOf('E2'), 'E3,x', rowOf('E4')].join('\n')
    expect(ids(readFile(text))).toEqual([
      [2, 'E1'],
      [5, 'E2'],
      [6, 'unreadable'],
      [7, 'E4'],
    ])
  })

  test('goes on after a row with broken quotes, on the very next line', () => {
    const text = [
      header,
      rowOf('E1', '"never closed'),
      rowOf('E2'),
      rowOf('E3', '"closed"'),
      rowOf('E4'),
    ].join('\n')
    expect(ids(readFile(text))).toEqual([
      [2, 'unreadable'],
      [3, 'E2'],
      [4, 'E3'],
      [5, 'E4'],
    ])
  })

  test('may name a column by any of its known names, in any capitals', () => {
    expect(ids(readFile(`${header.replace('Att No', ' ATTENDANCE  no ')}\n${rowOf('E1')}`))).toEqual([
      [2, 'E1'],
    ])
  })

  test.each([
    [
      'without a column that the mapping names',
      `${header.replace('Triage', 'Triage notes')}\n${row}`,
      /no column "Triage"/,
    ],
    ['with a column twice', `${header},Triage\n${row},x`, /column "Triage" twice/],
    ['with two names of one field', `${header},Attendance No\n${row},x`, /both "Attendance No" and "Att No"/],
    ['without a header', row, /no column "Attendance No"/],
    ['that is empty', '\n\n', /empty/],
  ])('%s is refused as a whole, and nothing of it is quoted', (_what, text, words) => {
    const split = splitFile(Buffer.from(text), attendances)
    expect('problem' in split && split.problem).toMatch(words)
    expect('problem' in split && split.problem).not.toMatch(/Ashdown|fell/)
  })

  test('of one row a note puts the rows of an attendance together, wherever they stand', () => {
    const text = [
      header,
      rowOf('E1', 'one'),
      rowOf('E2', 'other'),
      rowOf('E1', 'two'),
      rowOf('E1', 'one'),
    ].join('\n')
    const read = readFile(text, notes)
    expect(ids(read)).toEqual([
      [2, 'E1'],
      [3, 'E2'],
    ])
    expect(told(read[0]?.[1])).toMatchObject({ words: ['triage: one', 'triage: two'] })
  })

  test.each([
    ['NHS number', '999 000 0026', '999 000 0018', 'nhsNumber'],
    ['name', 'Elsewhere', 'Ashdown', 'family'],
    ['birth date', '01/01/2012', '30/05/2011', 'birthDate'],
    ['sex', ',F,', ',M,', 'sex'],
  ])('whose rows of one attendance tell another %s mixes nobody up', (_what, other, one, field) => {
    const [read] = readFile([header, row, row.replace(one, other)].join('\n'), notes)
    expect(told(read?.[1])).toBe(`rows of one attendance tell different ${field}: whose are they?`)
  })

  test('keeps the bytes of what it cuts, so that a dead letter is what came', () => {
    const bytes = Buffer.from(`${header}\n${row.replace('Ashdown', 'Zo\u00eb')}\n`, 'latin1')
    const split = splitFile(bytes, attendances)
    const [message] = 'messages' in split ? split.messages : []
    expect(Buffer.from(message?.bytes ?? []).includes(Buffer.from('Zo\u00eb', 'latin1'))).toBe(true)
  })
})

test('well-formed CSV is read as csv-parse reads it', () => {
  const value = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', ' ', '\n', '\r\n', ';') })
  const written = (text: string): string => `"${text.replaceAll('"', '""')}"`
  fc.assert(
    fc.property(fc.array(fc.array(value, { minLength: 2, maxLength: 4 }), { minLength: 1 }), rows => {
      const text = rows.map(each => each.map(written).join(',')).join('\r\n')
      const oracle = parse(text, { relax_column_count: true, record_delimiter: ['\r\n', '\n'] })
      expect([...readRows(text, ',')].map(({ values }) => values)).toEqual(oracle)
    }),
  )
})

test('csv-parse loses every row after one wrong quote, which is why rows are read here', () => {
  const text = 'a,b\n1,"no" knife\n2,fell\n'
  expect(parse(text, { relax_column_count: true, skip_records_with_error: true })).toEqual([['a', 'b']])
  expect([...readRows(text, ',')].map(({ values }) => values)).toEqual([['a', 'b'], null, ['2', 'fell']])
})

test('the example of the manual is read as the manual says', () => {
  const mapping = readMappingText(readFileSync('docs/examples/ed-extract.yaml', 'utf8'))
  const read = readFile(readFileSync('docs/examples/ed-extract.csv'), mapping)
  expect(read.map(([, decoded]) => told(decoded))).toMatchObject([
    {
      attendanceId: 'E2604117',
      recordedAt: '2026-03-01T10:10:00Z',
      address: '4 Mill Lane, Worcester',
      leftBeforeSeen: false,
      words: [
        'triage: 14M lac L forearm, states caught on gate.\nFriend says kinfe.',
        'clinician: Wound closed with 4 sutures.',
      ],
      codes: [{ system: 'icd10', code: 'S51.8', display: 'Open wound of forearm' }],
      partsUnread: [],
    },
    {
      attendanceId: 'E2604118',
      leftBeforeSeen: true,
      ageOnArrival: null,
      site: 'RWP01',
      words: ['triage: Bumped head on "monkey bars", no LOC.'],
    },
  ])
})
