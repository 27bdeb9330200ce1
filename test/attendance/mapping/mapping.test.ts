import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { compileDateForm } from '../../../src/attendance/mapping/date-form.ts'
import { splitFile } from '../../../src/attendance/mapping/decode-mapped.ts'
import { decodeMappedJson } from '../../../src/attendance/mapping/decode-mapped-json.ts'
import { readMapping } from '../../../src/attendance/mapping/read-mapping.ts'
import { readMappingText } from './read-mapping-text.ts'

const settings = `wren: 1
format: csv
source: ed-nightly
fields:
  attendanceId: Att No
notes:
  - { section: triage, text: Triage }
`

describe('a mapping file that is wrong says where', () => {
  test.each([
    ['a setting that nobody knows', settings.replace('source:', 'sauce:'), '3:1', 'unknown setting `sauce`'],
    [
      'a field that nobody knows',
      settings.replace('fields:', 'fields:\n  birthdate: DOB'),
      '5:3',
      'unknown setting `birthdate`',
    ],
    [
      'a setting that is missing',
      settings.replace('source: ed-nightly\n', ''),
      '1:1',
      'missing setting `source`',
    ],
    [
      'no attendance id',
      settings.replace('attendanceId', 'localId'),
      '5:3',
      'missing setting `fields.attendanceId`',
    ],
    [
      'a version that is not read',
      settings.replace('wren: 1', 'wren: 2'),
      '1:7',
      '`wren`: expected the number 1',
    ],
    ['a year of two digits', `${settings}dates: dd/MM/yy\n`, '8:8', 'four digits of the year'],
    ['a date without a day', `${settings}dates: MM/yyyy\n`, '8:8', 'a year, a month and a day'],
    ['letters that stand for nothing', `${settings}dates: DD/MM/yyyy\n`, '8:8', 'here is "DD"'],
    [
      'no notes',
      settings.replace(/notes:[\s\S]*/, 'notes: []\n'),
      '6:8',
      'without free text no child is found',
    ],
    [
      'a sex that is none',
      settings.replace('fields:', 'fields:\n  sex: { from: Sex, values: { M: man } }'),
      '5:34',
      'one of female, male',
    ],
    [
      'two sources of one field',
      settings.replace('Att No', '{ from: A, is: B }'),
      '5:17',
      'one of from, join and is',
    ],
    ['a list in CSV', settings.replace('section:', 'each: "a[*]", section:'), '7:13', 'no lists'],
    [
      'a path that is none',
      settings.replace('format: csv', 'format: json').replace('Att No', 'visit..number'),
      '5:17',
      '`fields.attendanceId`: expected a path such as visit.notes[0].text',
    ],
    [
      'a path of a note that is none',
      settings
        .replace('format: csv', 'format: json')
        .replace('text: Triage', 'each: "notes[*]", text: "a[*]"'),
      '7:48',
      '`notes.0.text`: expected a path',
    ],
    ['a delimiter that is a letter', `${settings}delimiter: x\n`, '8:12', 'one character that is no letter'],
    [
      'a header for JSON',
      `${settings.replace('format: csv', 'format: json').replace('Att No', 'id')}header: [a]\n`,
      '8:9',
      'it in CSV only',
    ],
    ['a setting twice', `${settings}source: other\n`, '8:1', 'not readable as YAML'],
    ['an anchor', settings.replace('Att No', '&a Att No'), '5:20', 'anchors'],
    ['no YAML', 'a: [', '1:5', 'not readable as YAML'],
    ['nothing', '', '1:1', 'the file: expected settings'],
  ])('%s', (_what, text, place, words) => {
    const read = readMapping({ path: 'mapping.yaml', text })
    const problems = 'problems' in read ? read.problems : []
    expect(problems.map(({ line, column, message }) => `${line}:${column} ${message}`).join('\n')).toContain(
      `${place} `,
    )
    expect(problems.map(({ message }) => message).join('\n')).toContain(words)
  })

  test('what was probably meant is told', () => {
    const read = readMapping({ path: 'm.yaml', text: settings.replace('fields:', 'feilds:') })
    expect('problems' in read && read.problems.map(({ hint }) => hint)).toContain('did you mean `fields`?')
  })
})

describe('a date', () => {
  test.each([
    ['dd/MM/yyyy', '01/02/2011', '2011-02-01'],
    ['d/M/yyyy', '1/2/2011', '2011-02-01'],
    ['dd-MMM-yyyy', '01-Feb-2011', '2011-02-01'],
    ['d MMMM yyyy', '1 february 2011', '2011-02-01'],
    ['yyyyMMdd', '20110201', '2011-02-01'],
    ['dd/MM/yyyy HH:mm', '01/02/2011 09:05', '2011-02-01T09:05:00'],
    ['dd/MM/yyyy H:mm:ss', '01/02/2011 9:05:07', '2011-02-01T09:05:07'],
    ['yyyy-MM-ddTHH:mm', '2011-02-01T09:05', '2011-02-01T09:05:00'],
    ['iso', '2011-02-01T09:05:00+01:00', '2011-02-01T09:05:00+01:00'],
    ['dd/MM/yyyy', '01/02/11', null],
    ['dd/MM/yyyy', '1/2/2011', null],
    ['dd/MM/yyyy', '30/02/2011', null],
    ['dd/MM/yyyy', '01.02.2011', null],
    ['dd.MM.yyyy', '01x02x2011', null],
    ['dd/MM/yyyy HH:mm', '01/02/2011 24:05', null],
    ['dd-MMM-yyyy', '01-Foo-2011', null],
  ])('as %s: "%s" is %s', (form, text, expected) => {
    const read = compileDateForm(form)
    expect(typeof read === 'function' && read(text)).toBe(expected)
  })
})

describe('an engine’s JSON', () => {
  const mapping = readMappingText(readFileSync('docs/examples/engine-json.yaml', 'utf8'))
  const message = {
    updated: null,
    created: '2026-03-01T09:41:00Z',
    patient: {
      ids: { nhs: '999 000 0018', hospital: 104411 },
      name: { last: 'Ashdown', first: 'Kit' },
      born: '2011-05-30',
      gender: 'Boy',
      address: { lines: ['4 Mill Lane'], town: 'Worcester', postcode: 'WR5 1CV' },
    },
    visit: {
      number: 'E1',
      arrived: '2026-03-01T09:30:00Z',
      'site.code': 'RWP50',
      complaint: 'cut arm',
      notes: [
        { kind: 'triage', body: 'knife', at: '2026-03-01T09:40:00Z' },
        { kind: 'plan', body: 'home' },
      ],
      diagnoses: [{ id: '283545005', term: 'Gunshot wound' }],
    },
  }
  const decode = (value: unknown) =>
    decodeMappedJson(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)), {
      mapping,
      defaultTrust: 'RWP',
      receivedAt: '2026-03-01T10:00:00Z',
    })

  test('is read by its paths', () => {
    const decoded = decode(message)
    expect(decoded).toMatchObject({
      attendance: {
        attendanceId: 'E1',
        site: 'RWP50',
        recordedAt: '2026-03-01T09:41:00Z',
        patient: {
          nhsNumber: '9990000018',
          localId: '104411',
          sex: 'male',
          address: '4 Mill Lane, Worcester',
        },
        codes: [{ system: 'snomed', code: '283545005', display: 'Gunshot wound' }],
      },
    })
    expect(
      decoded.kind === 'attendance' && decoded.attendance.notes.map(note => [note.section, note.words]),
    ).toEqual([
      ['presenting complaint', 'cut arm'],
      ['triage', 'knife'],
      ['plan', 'home'],
    ])
  })

  test.each<readonly [string, string | Uint8Array, object]>([
    ['a byte-order mark', `\ufeff${JSON.stringify(message)}`, { attendanceId: 'E1' }],
    [
      'Windows-1252 in disguise',
      Buffer.from(
        JSON.stringify({ ...message, visit: { ...message.visit, complaint: 'Zo\u00eb' } }),
        'latin1',
      ),
      { words: ['Zoë', 'knife', 'home'] },
    ],
    [
      'null and blank for nothing',
      JSON.stringify({ ...message, patient: { ids: { nhs: null, hospital: ' ' }, name: null, born: '' } }),
      { ageOnArrival: null, nhsNumber: null, localId: null, family: null },
    ],
    [
      'a number that fails its check',
      JSON.stringify({ ...message, patient: { ids: { nhs: '9999999999' } } }),
      { nhsNumber: null, nhsNumberRefused: '9999999999' },
    ],
    [
      'a time without a zone in summer',
      JSON.stringify({ ...message, visit: { ...message.visit, arrived: '2025-07-01T09:30:00' } }),
      { arrivedAt: '2025-07-01T08:30:00Z' },
    ],
    [
      'an hour that came twice',
      JSON.stringify({ ...message, visit: { ...message.visit, arrived: '2025-10-26T01:30:00' } }),
      { partsUnread: ['arrival not certain: its hour came twice that night, and the first is shown'] },
    ],
    [
      'a value that the mapping does not list',
      JSON.stringify({ ...message, patient: { ...message.patient, gender: 'Unstated' } }),
      { sex: 'unknown', partsUnread: ['sex not read: the mapping does not list its value'] },
    ],
    [
      'no list of notes',
      JSON.stringify({ ...message, visit: { ...message.visit, notes: null, diagnoses: [] } }),
      { words: ['cut arm'], codes: [] },
    ],
    [
      'keys that nobody asks for',
      JSON.stringify({ ...message, extra: { deep: [1, 2] } }),
      { words: ['cut arm', 'knife', 'home'] },
    ],
  ])('%s', (_why, bytes, expected) => {
    const decoded = decodeMappedJson(Buffer.from(bytes), {
      mapping,
      defaultTrust: 'RWP',
      receivedAt: '2026-03-01T10:00:00Z',
    })
    if (decoded.kind === 'unreadable') throw new Error(decoded.problem)
    const { attendance } = decoded
    const words = attendance.notes.map(note => note.words)
    expect({ ...attendance, ...attendance.patient, words }).toMatchObject(expected)
  })

  test.each([
    [
      'a number that lost its digits',
      { ...message, visit: { ...message.visit, number: 2 ** 60 } },
      /"visit.number" holds a number/,
    ],
    [
      'an object where a text is meant',
      { ...message, visit: { ...message.visit, complaint: { text: 'x' } } },
      /"visit.complaint" holds a list or an object/,
    ],
    ['no attendance id', { ...message, visit: {} }, /attendanceId \(path "visit.number"\) is missing/],
    ['a list', [message], /no JSON object/],
    ['half a message', JSON.stringify(message).slice(0, -3), /no JSON object/],
    ['a key twice', `{"a":1,"a":2}`, /twice/],
    ['brackets only', '['.repeat(100_000), /nested more than/],
    [
      'a date that is none',
      { ...message, patient: { ...message.patient, born: '30/05/2011' } },
      /birthDate \(path "patient.born"\): expected a date as iso/,
    ],
  ])('with %s is unreadable, and quotes nothing', (_what, value, words) => {
    const decoded = decode(value)
    expect(decoded.kind === 'unreadable' && decoded.problem).toMatch(words)
    expect(decoded.kind === 'unreadable' && decoded.problem).not.toMatch(/Ashdown|knife|30\/05/)
  })

  test.each([
    ['one object a line', '{"a":1}\n\n{"a":2}\n', [1, 3]],
    ['one object over many lines', '{\n "a": 1\n}\n', [1]],
  ])('a file of %s is cut into its messages', (_what, text, lines) => {
    const split = splitFile(Buffer.from(text), mapping)
    expect('messages' in split && split.messages.map(({ line }) => line)).toEqual(lines)
  })
})
