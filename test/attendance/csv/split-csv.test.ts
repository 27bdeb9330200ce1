import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CsvSplitter } from '../../../src/attendance/csv/split-csv.ts'
import { decodeMapped, splitFile } from '../../../src/attendance/mapping/decode-mapped.ts'
import type { Mapping } from '../../../src/attendance/mapping/mapping.ts'
import { readMappingText } from '../mapping/read-mapping-text.ts'

const options = { defaultTrust: 'RWP', receivedAt: '2026-03-01T10:00:00Z' }

function mappingWith(settings: string): Mapping {
  return readMappingText(
    `{ wren: 1, format: csv, source: ed, fields: { attendanceId: Id, family: Name }, notes: [{ section: triage, text: Note }]${settings} }`,
  )
}

/** Each message of a file: its line, and what is read of it. */
function readAll(file: Uint8Array, settings = ''): readonly string[] {
  const mapping = mappingWith(settings)
  const split = splitFile(file, mapping)
  if ('problem' in split) return [`file: ${split.problem}`]
  return split.messages.map(({ line, bytes }) => {
    const decoded = decodeMapped(bytes, { ...options, mapping })
    if (decoded.kind === 'unreadable') return `${line}: ${decoded.problem}`
    const { attendanceId, patient, notes } = decoded.attendance
    return `${line}: ${[attendanceId, patient.family, ...notes.map(note => note.words)].join(' | ')}`
  })
}

const utf8 = (text: string): Uint8Array => Buffer.from(text)
const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1')
const utf16 = (text: string): Uint8Array => Buffer.from(text, 'utf16le')
const bigEndian = (text: string): Uint8Array => Buffer.from(text, 'utf16le').swap16()
const brokenQuotes = 'the quotes of the row are broken: double each quote inside a quoted value, and close it'
const columns = (values: number): string =>
  `the row has ${values} values and the header 3 columns: put quotes around values with a delimiter or a line end`

describe('a hostile extract', () => {
  const rows: readonly (readonly [string, Uint8Array, readonly string[], string?])[] = [
    [
      'quotes, doubled quotes and delimiters inside',
      utf8('Id,Name,Note\nE1,"O""Hara","a, ""b"""\n'),
      ['2: E1 | O"Hara | a, "b"'],
    ],
    [
      'a quote inside a plain value is a quote',
      utf8('Id,Name,Note\nE1,Ash,5\'6" tall\n'),
      ['2: E1 | Ash | 5\'6" tall'],
    ],
    [
      'line ends inside quotes',
      utf8('Id,Name,Note\nE1,Ash,"one\r\ntwo\nthree"\nE2,Ash,four'),
      ['2: E1 | Ash | one\r\ntwo\nthree', '5: E2 | Ash | four'],
    ],
    [
      'line ends of all kinds in one file',
      utf8('Id,Name,Note\r\nE1,Ash,a\rE2,Ash,b\nE3,Ash,c'),
      ['2: E1 | Ash | a', '3: E2 | Ash | b', '4: E3 | Ash | c'],
    ],
    ['a byte-order mark', utf8('\ufeffId,Name,Note\nE1,Zoë,a'), ['2: E1 | Zoë | a']],
    [
      'a byte-order mark before a quoted header',
      utf8('\ufeff"Id","Name","Note"\nE1,Zoë,a'),
      ['2: E1 | Zoë | a'],
    ],
    [
      'a byte-order mark against the mapping',
      utf8('\ufeffId,Name,Note\nE1,Zoë,a'),
      ['2: E1 | Zoë | a'],
      ', character_set: windows-1252',
    ],
    ['Windows-1252', latin1('Id,Name,Note\nE1,Zo\xeb,don\x92t'), ['2: E1 | Zoë | don’t']],
    [
      'one row in another character set than the rest',
      Buffer.concat([utf8('Id,Name,Note\nE1,Zoë,a\n'), latin1('E2,Zo\xeb,b')]),
      ['2: E1 | Zoë | a', '3: E2 | Zoë | b'],
    ],
    [
      'Windows-1252 where the mapping says UTF-8',
      latin1('Id,Name,Note\nE1,Zo\xeb,a'),
      ['2: the message is not UTF-8, which the mapping says it is'],
      ', character_set: utf-8',
    ],
    ['UTF-16 with a mark', utf16('\ufeffId,Name,Note\r\nE1,Zoë,knife 🔪'), ['2: E1 | Zoë | knife 🔪']],
    ['UTF-16 without one', utf16('Id,Name,Note\r\nE1,Zoë,a'), ['2: E1 | Zoë | a']],
    ['UTF-16 the other way round', bigEndian('\ufeffId,Name,Note\r\nE1,Zoë,a'), ['2: E1 | Zoë | a']],
    [
      'UTF-16 where the mapping says Windows-1252',
      utf16('\ufeffId,Name,Note\nE1,Zoë,a'),
      ['2: E1 | Zoë | a'],
      ', character_set: windows-1252',
    ],
    ['semicolons', utf8('Id;Name;Note\nE1;Ash;a, b'), ['2: E1 | Ash | a, b'], ', delimiter: ";"'],
    ['tabs', utf8('Id\tName\tNote\nE1\tAsh\ta, b'), ['2: E1 | Ash | a, b'], ', delimiter: "\\t"'],
    ['pipes', utf8('Id|Name|Note\nE1|Ash|a, b'), ['2: E1 | Ash | a, b'], ', delimiter: "|"'],
    [
      'another delimiter than the mapping says',
      utf8('Id;Name;Note\nE1;Ash;a'),
      ['file: the header has no column "Id": correct the mapping, or say there that it is optional'],
    ],
    [
      'a row with a value too few, and the next',
      utf8('Id,Name,Note\nE1,a\nE2,Ash,b'),
      [`2: ${columns(2)}`, '3: E2 | Ash | b'],
    ],
    [
      'a row with a value too many, and the next',
      utf8('Id,Name,Note\nE1,Ash,a,b\nE2,Ash,b'),
      [`2: ${columns(4)}`, '3: E2 | Ash | b'],
    ],
    [
      'a quote that is never closed, and the next rows',
      utf8('Id,Name,Note\nE1,Ash,"a\nE2,Ash,b\nE3,Ash,c'),
      [`2: ${brokenQuotes}`, '3: E2 | Ash | b', '4: E3 | Ash | c'],
    ],
    [
      'a quoted value with more behind it',
      utf8('Id,Name,Note\nE1,Ash,"no" knife\nE2,Ash,b'),
      [`2: ${brokenQuotes}`, '3: E2 | Ash | b'],
    ],
    [
      'a column twice',
      utf8('Id,Name,Note,Note\nE1,Ash,a,b'),
      ['file: the header has the column "Note" twice: which one is meant?'],
    ],
    ['a column twice that nobody asks for', utf8('Id,Name,Note,X,X\nE1,Ash,a,b,c'), ['2: E1 | Ash | a']],
    ['an empty file', utf8(''), ['file: the file is empty']],
    ['a header and no row', utf8('Id,Name,Note\n'), []],
    ['blank lines', utf8('\n\nId,Name,Note\n\nE1,Ash,a\n\n'), ['5: E1 | Ash | a']],
    [
      'a file without a header',
      utf8('E1,Ash,a\nE2,Ash,b'),
      ['1: E1 | Ash | a', '2: E2 | Ash | b'],
      ', header: [Id, Name, Note]',
    ],
    [
      'a row cut off at the end of the file',
      utf8('Id,Name,Note\nE1,Ash,a\nE2,A'),
      ['2: E1 | Ash | a', `3: ${columns(2)}`],
    ],
    [
      'a NUL in a note',
      utf8('Id,Name,Note\nE1,Ash,a\0b'),
      ['2: notes holds a NUL or half of a surrogate pair: send text without them'],
    ],
    [
      'two rows of one attendance, alone',
      utf8('Id,Name,Note\nE1,Ash,a\nE1,Ash,b'),
      ['2: E1 | Ash | a', '3: E1 | Ash | b'],
    ],
    [
      'two rows of one attendance, together',
      utf8('Id,Name,Note\nE1,Ash,a\nE2,Ash,x\nE1,Ash,b'),
      ['2: E1 | Ash | a | b', '3: E2 | Ash | x'],
      ', rows: note',
    ],
    [
      'two children in the rows of one attendance',
      utf8('Id,Name,Note\nE1,Ash,a\nE1,Elm,b'),
      ['2: rows of one attendance tell different family: whose are they?'],
      ', rows: note',
    ],
  ]
  test.each(rows.map(([why, file, read, settings = '']) => [why, { file, read, settings }] as const))(
    '%s',
    (_why, row) => {
      expect(readAll(row.file, row.settings)).toEqual(row.read)
    },
  )

  test('of 1,500 rows with broken quotes between others loses none of the others', () => {
    const rows = Array.from({ length: 3_000 }, (_, row) =>
      row % 2 === 0 ? `E${row},Ash,a` : `E${row},"Ash" x,a`,
    )
    const read = readAll(utf8(['Id,Name,Note', ...rows].join('\n')))
    expect(read).toHaveLength(3_000)
    expect(read.filter(each => each.endsWith(' | Ash | a'))).toHaveLength(1_500)
  })

  test('made to be read again and again is given up, and does not hang', () => {
    const trap = `"x,${'""'.repeat(100_000)}\n`
    const read = readAll(utf8(`Id,Name,Note\nE1,Ash,a\n${trap.repeat(100)}`))
    expect(read[0]).toBe('2: E1 | Ash | a')
    expect(read.length).toBeGreaterThan(1)
  }, 60_000)
})

test('a file that comes in pieces is cut as one that comes whole, wherever the pieces end', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', '"', '""', ',', '\n', '\r', '\r\n', 'é'),
    maxLength: 60,
  })
  fc.assert(
    fc.property(text, fc.array(fc.nat(80), { maxLength: 6 }), (rows, ends) => {
      const file = utf8(`Id,Name,Note\n${rows}`)
      const whole = new CsvSplitter(mappingWith('')).push(file, true)
      const splitter = new CsvSplitter(mappingWith(''))
      const cuts = [0, ...ends.map(end => Math.min(end, file.length)).toSorted((a, b) => a - b), file.length]
      const parts = cuts
        .slice(1)
        .flatMap((end, index) =>
          splitter.push(file.subarray(cuts[index], end), end === file.length && index === cuts.length - 2),
        )
      expect(parts).toEqual(whole)
    }),
    { numRuns: 500 },
  )
}, 60_000)
