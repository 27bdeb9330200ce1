import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Attendance, Decoded } from '../../src/attendance/attendance.ts'
import { decodeJson, messageBytesMax } from '../../src/attendance/decode-json.ts'

const options = { defaultTrust: 'RWP', receivedAt: '2026-03-01T12:00:00Z' }
const least = { source: 'ed-worcester', attendanceId: 'E2604117' }
const full = {
  wren: 1,
  ...least,
  trust: 'RXX',
  kind: 'update',
  site: 'RWP50',
  department: 'Emergency department',
  recordedAt: '2026-03-01T10:15:00Z',
  arrivedAt: '2026-03-01T09:30:00Z',
  departedAt: '2026-03-01T11:00:00Z',
  disposal: 'Discharged home',
  leftBeforeSeen: false,
  patient: {
    nhsNumber: '999 000 0018',
    localId: 'W104411',
    family: 'Ashdown',
    given: 'Kit',
    birthDate: '2011-03-02',
    sex: 'male',
    postcode: 'WR5 1CV',
    address: '4 Mill Lane, Worcester',
    gpPractice: 'Foregate Mill Surgery',
    school: 'Severn Vale High',
  },
  notes: [
    { section: 'triage', text: 'Inj R hand. NKDA.', writtenAt: '2026-03-01T09:40:00Z' },
    { section: 'clinician', text: 'Zoë’s brother attended.\n#5th MC' },
  ],
  codes: [{ system: 'icd10', code: 'S62.3', display: 'Fracture of other metacarpal bone' }],
  alerts: ['looked-after'],
}

describe('a message that can be read', () => {
  test('gives every field it tells', () => {
    const { notes, ...rest } = read(full)
    expect(rest).toEqual({
      ...least,
      trust: 'RXX',
      kind: 'update',
      document: null,
      site: 'RWP50',
      department: 'Emergency department',
      recordedAt: '2026-03-01T10:15:00Z',
      arrivedAt: '2026-03-01T09:30:00Z',
      departedAt: '2026-03-01T11:00:00Z',
      disposal: 'Discharged home',
      leftBeforeSeen: false,
      ageOnArrival: 14,
      patient: { ...full.patient, nhsNumber: '9990000018', nhsNumberRefused: null },
      codes: full.codes,
      alerts: ['looked-after'],
      partsUnread: [],
    })
    expect(notes.map(note => [note.section, note.words, note.writtenAt])).toEqual([
      ['triage', 'Inj R hand. NKDA.', '2026-03-01T09:40:00Z'],
      ['clinician', 'Zoë’s brother attended.\n#5th MC', null],
    ])
  })

  test('needs a source and an attendance id, and nothing else', () => {
    const attendance = read(least)
    expect(attendance).toMatchObject({ ...least, trust: 'RWP', kind: 'new', ageOnArrival: null, notes: [] })
    expect(attendance.patient).toMatchObject({ nhsNumber: null, family: null, sex: 'unknown' })
  })

  test('may say null, or nothing between the quotes, for what it does not know', () => {
    const attendance = read({
      ...least,
      site: null,
      notes: null,
      patient: { family: '', nhsNumber: ' ', birthDate: '', sex: null },
    })
    expect(attendance).toMatchObject({ site: null, notes: [], ageOnArrival: null })
    expect(attendance.patient).toMatchObject({ family: null, nhsNumber: null, nhsNumberRefused: null })
  })

  test('may begin with a byte-order mark', () => {
    expect(decode(`\uFEFF${JSON.stringify(least)}`).kind).toBe('attendance')
  })

  test('keeps a note exactly as typed', () => {
    const words = '  c/o pain\t\r\n\n"?NAI" \\ 🔪 '
    const attendance = read({ ...least, notes: [{ section: 'triage', text: words }] })
    expect(attendance.notes[0]?.words).toBe(words)
  })

  test('with an NHS number that fails its check keeps the number apart', () => {
    const { patient } = read({ ...least, patient: { nhsNumber: '999 000 0019' } })
    expect(patient).toMatchObject({ nhsNumber: null, nhsNumberRefused: '999 000 0019' })
  })

  test.each([
    ['the day before the birthday', '2008-03-02', '2026-03-01T12:00:00Z', 17],
    ['the birthday itself', '2008-03-01', '2026-03-01T12:00:00Z', 18],
    ['after midnight in a British summer', '2008-07-02', '2026-07-01T23:30:00Z', 18],
    ['the same minute in winter', '2008-01-02', '2026-01-01T23:30:00Z', 17],
    ['born on 29 February', '2008-02-29', '2026-02-28T12:00:00Z', 17],
    ['born today', '2026-03-01', '2026-03-01T12:00:00Z', 0],
  ])('has the age on arrival: %s', (_reason, birthDate, arrivedAt, age) => {
    const bytes = bytesOf({ ...least, arrivedAt, patient: { birthDate } })
    const decoded = decodeJson(bytes, { ...options, receivedAt: arrivedAt })
    expect(decoded).toMatchObject({ kind: 'attendance', attendance: { ageOnArrival: age } })
  })

  test('without an arrival has the age on the day of receipt', () => {
    expect(read({ ...least, patient: { birthDate: '2016-03-01' } }).ageOnArrival).toBe(10)
  })
})

describe('a message that cannot be read', () => {
  test.each([
    ['nothing', '', 'decode', 'the message is empty'],
    ['not JSON', 'knife', 'decode', 'the message is not JSON'],
    ['cut off', '{"source":"a","attendanceId', 'decode', 'the message is not JSON'],
    ['HL7 v2', 'MSH|^~\\&|ED', 'decode', 'it looks like HL7 v2'],
    ['a page', '<html><script>alert(1)</script>', 'decode', 'it looks like XML or HTML'],
    ['a NUL byte', '{"source":"\0"}', 'decode', 'the message is not JSON'],
    ['an array', '[]', 'schema', 'the message: expected one object'],
    ['null', 'null', 'schema', 'the message: expected one object'],
    ['a number beyond all numbers', '1e400', 'schema', 'the message: expected one object'],
    ['a key twice', '{"source":"a","source":"b"}', 'decode', 'a key stands twice'],
    ['a key twice, once in disguise', '{"source":"a","s\\u006furce":"b"}', 'decode', 'a key stands twice'],
    ['a prototype', having('"__proto__":{"kind":"new"}'), 'schema', 'a key that this format does not know'],
    ['a constructor', having('"constructor":1'), 'schema', 'a key that this format does not know'],
    ['an escaped NUL', having('"department":"a\\u0000b"'), 'decode', 'department holds a NUL'],
    ['half a surrogate pair', having('"patient":{"family":"\\ud83d"}'), 'decode', 'patient.family holds'],
    [
      'a number for an id',
      '{"source":"a","attendanceId":9007199254740993}',
      'schema',
      'attendanceId: expected',
    ],
    ['no id', '{"source":"a"}', 'schema', 'attendanceId is missing: expected text in quotes'],
    ['an id of spaces', '{"source":"a","attendanceId":"  "}', 'schema', 'attendanceId: expected'],
    ['another version', having('"wren":2'), 'schema', 'wren: expected the number 1'],
    ['`note` for `notes`', having('"note":[]'), 'schema', 'unknown key "note"; did you mean "notes"?'],
    [
      '`dob`',
      having('"patient":{"dob":"2011-05-30"}'),
      'schema',
      'patient has the unknown key "dob"; did you mean "birthDate"?',
    ],
    ['a note without text', having('"notes":[{"section":"triage"}]'), 'schema', 'notes[0].text is missing'],
    [
      'text that is a number',
      having('"notes":[{"section":"triage","text":1}]'),
      'schema',
      'notes[0].text: expected text',
    ],
    ['a sex of another list', having('"patient":{"sex":"F"}'), 'schema', 'expected one of "female"'],
    [
      '30 February',
      having('"patient":{"birthDate":"2012-02-30"}'),
      'schema',
      'patient.birthDate: expected a date',
    ],
    [
      'born tomorrow',
      having('"patient":{"birthDate":"2026-03-02"}'),
      'schema',
      'patient.birthDate lies in the future',
    ],
    [
      'born in 1899',
      having('"patient":{"birthDate":"1899-12-31"}'),
      'schema',
      'patient.birthDate is before 1900',
    ],
    [
      'born after the arrival',
      having('"arrivedAt":"2026-02-01T12:00:00Z","patient":{"birthDate":"2026-02-02"}'),
      'schema',
      'patient.birthDate is after the arrival',
    ],
    [
      'an arrival next year',
      having('"arrivedAt":"2027-03-01T12:00:00Z"'),
      'schema',
      'arrivedAt lies in the future',
    ],
    [
      'a version of next year',
      having('"recordedAt":"2027-03-01T12:00:00Z"'),
      'schema',
      'recordedAt lies in the future',
    ],
  ])('%s is named in words', (_what, text, reason, problem) => {
    expect(decode(text)).toMatchObject({
      kind: 'unreadable',
      reason,
      problem: expect.stringContaining(problem),
    })
  })

  test('is one that is not UTF-8', () => {
    const windows1252 = Buffer.from(JSON.stringify({ ...least, department: 'Zoë' }), 'latin1')
    expect(decodeJson(windows1252, options)).toMatchObject({
      reason: 'decode',
      problem: 'the message is not UTF-8',
    })
  })

  test.each([
    ['a hundred thousand brackets', '['.repeat(100_000)],
    ['five million objects', '{"a":'.repeat(5_000_000 / 5)],
    ['33 levels', `${'['.repeat(33)}${']'.repeat(33)}`],
  ])('is one of too many levels: %s', (_reason, text) => {
    expect(decode(text)).toMatchObject({ reason: 'decode', problem: expect.stringContaining('levels deep') })
  })

  test('is one byte over the limit, and one at the limit is read', () => {
    const frame = bytesOf({ ...least, notes: [{ section: 'triage', text: '' }] }).length
    const filled = (length: number): unknown => ({
      ...least,
      notes: [{ section: 'triage', text: 'x'.repeat(length - frame) }],
    })
    expect(decodeJson(bytesOf(filled(messageBytesMax)), options).kind).toBe('attendance')
    expect(decodeJson(bytesOf(filled(messageBytesMax + 1)), options)).toMatchObject({ reason: 'too_large' })
  })

  test('still tells its sender where it can', () => {
    expect(decode(having('"note":[]'))).toMatchObject({ source: 'a' })
    expect(decode('{"source":"Kit Ashdown 999 000 0018"}')).toMatchObject({ source: null })
    expect(decode('knife')).toMatchObject({ source: null })
  })
})

describe('what a problem may say', () => {
  const canary = 'Zibberdoyle'
  test.each([
    ['a name where JSON breaks', `{"patient":{"family":"${canary}"`],
    ['a name right at the break', `{"patient":{"family":${canary}`],
    ['a name as a key', having(`"${canary}":1`)],
    ['a name as a key of the patient', having(`"patient":{"${canary}":1}`)],
    ['a name as a birth date', having(`"patient":{"birthDate":"${canary}"}`)],
    ['a name as a sex', having(`"patient":{"sex":"${canary}"}`)],
    ['a name as an arrival', having(`"arrivedAt":"${canary}"`)],
    ['a name as the source', `{"source":"${canary} ${canary}","attendanceId":"1"}`],
    ['a name as an id', `{"source":"a","attendanceId":"é${canary}"}`],
    ['a name as a kind', having(`"kind":"${canary}"`)],
    ['a name as an alert', having(`"alerts":["${canary}"]`)],
    ['a name as the version', having(`"wren":"${canary}"`)],
    ['a name that imitates a place in the text', `{"a":"${canary} at position 1 (line 1 column ${canary})`],
  ])('never quotes %s', (_what, text) => {
    const decoded = decode(text)
    expect(decoded.kind).toBe('unreadable')
    expect(JSON.stringify(decoded)).not.toContain(canary)
  })
})

describe('whatever the bytes', () => {
  test('decoding never throws and always answers', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), bytes => {
        expect(decodeJson(bytes, options).kind).toMatch(/^(attendance|unreadable)$/)
      }),
    )
  })

  test('a message changed at any place is read or refused, and never read with a key lost', () => {
    const text = JSON.stringify(full)
    const change = fc.record({
      at: fc.nat(text.length - 1),
      length: fc.nat(12),
      put: fc.constantFrom(
        '',
        '"',
        '\\',
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '\\u0000',
        '\\ud800',
        'null',
        '1e400',
        'x',
      ),
    })
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), changes => {
        const changed = changes.reduce(
          (each, { at, length, put }) => each.slice(0, at) + put + each.slice(at + length),
          text,
        )
        const decoded = decode(changed)
        if (decoded.kind === 'attendance') {
          const told: { notes?: unknown[] } = JSON.parse(changed)
          expect(decoded.attendance.notes).toHaveLength(told.notes?.length ?? 0)
        }
      }),
      { numRuns: 5_000 },
    )
  })
})

/** The least message, with one more member. */
function having(member: string): string {
  return `{"source":"a","attendanceId":"1",${member}}`
}

function read(message: unknown): Attendance {
  const decoded = decodeJson(bytesOf(message), options)
  if (decoded.kind === 'unreadable') throw new Error(decoded.problem)
  return decoded.attendance
}

function decode(text: string): Decoded {
  return decodeJson(new TextEncoder().encode(text), options)
}

function bytesOf(message: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(message))
}
