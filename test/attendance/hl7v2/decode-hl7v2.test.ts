import { describe, expect, test } from 'vitest'
import type { Attendance } from '../../../src/attendance/attendance.ts'
import { decodeHl7v2 } from '../../../src/attendance/hl7v2/decode-hl7v2.ts'
import { type MessageWishes, makeHl7v2, segmentOf, textSegment } from '../../world/make-hl7v2.ts'
import { attendanceOf, decode, options, read, wordsOf } from './decoding.ts'

test('a message gives every field it tells', () => {
  const pd1 = segmentOf('PD1', { 3: 'Foregate Mill Surgery^^M81094' })
  const { notes, ...told } = read({
    pv1: { 36: 'Discharged home', 45: '20261120235900' },
    more: [pd1, textSegment('Lac L hand')],
  })
  expect(told).toEqual({
    source: 'ed-worcester',
    trust: 'RWP',
    attendanceId: 'E2604117',
    kind: 'new',
    document: null,
    recordedAt: '2026-11-20T21:39:00Z',
    site: 'RWP50',
    department: 'ED',
    arrivedAt: '2026-11-20T21:35:00Z',
    departedAt: '2026-11-20T23:59:00Z',
    disposal: 'Discharged home',
    leftBeforeSeen: false,
    ageOnArrival: 15,
    patient: {
      nhsNumber: '9990000018',
      nhsNumberRefused: null,
      localId: 'W104411',
      family: 'Ashdown',
      given: 'Kit',
      birthDate: '2011-03-02',
      sex: 'male',
      postcode: 'WR5 1CV',
      address: '4 Mill Lane, Worcester',
      gpPractice: 'Foregate Mill Surgery',
      school: null,
    },
    codes: [],
    alerts: [],
    partsUnread: [],
  })
  expect(notes.map(note => [note.section, note.words])).toEqual([['Triage note', 'Lac L hand']])
})

describe('the envelope', () => {
  test.each([
    ['line feeds', { lineEnd: '\n' }],
    ['both', { lineEnd: '\r\n' }],
  ])('segments may end with %s', (_what, wishes) => {
    expect(read({ ...wishes, more: [textSegment('knife')] })).toEqual(read({ more: [textSegment('knife')] }))
  })

  test.each([
    ['a byte-order mark', (message: string) => `\ufeff${message}`],
    ['the frame of MLLP', (message: string) => `\x0b${message}\r\x1c\r`],
    ['blank lines', (message: string) => `\r\n${message}\r\r\n\n`],
    ['the lines of a file', (message: string) => `FHS|^~\\&|ED\rBHS|^~\\&|ED\r${message}\rBTS|1\rFTS|1`],
  ])('%s around a message is no part of it', (_what, wrap) => {
    const message = makeHl7v2({ more: [textSegment('knife')] })
    expect(decode(wrap(message))).toEqual(decode(message))
  })

  test('any delimiters are taken from the header', () => {
    const message = makeHl7v2({ more: [textSegment(String.raw`fell\T\ran\E\away~knife`)] })
    const other = new Map([...'|^~\\&'].map((usual, index) => [usual, '#*!?%'[index]!]))
    const rewritten = [...message].map(letter => other.get(letter) ?? letter).join('')
    expect(wordsOf(rewritten)).toEqual(['fell%ran?away\nknife'])
  })

  test.each([
    ['UTF-8, and says so', 'UNICODE UTF-8', Buffer.from('Zoë’s')],
    ['UTF-8, and says 8859/1', '8859/1', Buffer.from('Zoë’s')],
    ['UTF-8, and says nothing', '', Buffer.from('Zoë’s')],
    ['Windows-1252, and says UTF-8', 'UNICODE UTF-8', Buffer.from([0x5a, 0x6f, 0xeb, 0x92, 0x73])],
    ['Windows-1252, and says 8859/1', '8859/1', Buffer.from([0x5a, 0x6f, 0xeb, 0x92, 0x73])],
    ['Windows-1252 taken for Latin 1 and sent as UTF-8', 'UNICODE UTF-8', Buffer.from('Zoë\u0092s')],
  ])('a message in %s, is read as it was typed', (_what, declared, words) => {
    const [before = '', after = ''] = makeHl7v2({ msh: { 18: declared }, more: [textSegment('HERE')] }).split(
      'HERE',
    )
    const bytes = Buffer.concat([Buffer.from(before), words, Buffer.from(after)])
    expect(attendanceOf(decodeHl7v2(bytes, options)).notes[0]?.words).toBe('Zoë’s')
  })

  test('a message in another alphabet is read as its header says', () => {
    const bytes = Buffer.from(
      makeHl7v2({ msh: { 18: '8859/2' }, more: [textSegment('Micha\xb3')] }),
      'latin1',
    )
    expect(attendanceOf(decodeHl7v2(bytes, options)).notes[0]?.words).toBe('Michał')
  })

  test('letters that were lost before they came are said to be lost', () => {
    expect(read({ more: [textSegment('Zo\ufffd')] }).partsUnread).toEqual([
      'letters that were lost before they came here',
    ])
  })
})

describe('what a message does', () => {
  test.each([
    ['ADT^A01', 'new'],
    ['ADT^A04^ADT_A01', 'new'],
    ['ADT^A08', 'update'],
    ['ADT^A03', 'update'],
    ['ADT^A13', 'update'],
    ['ADT^A02', 'update'],
    ['ADT^A11', 'cancel'],
    ['MDM^T02', 'update'],
    ['MDM^T08', 'update'],
    ['MDM^T10', 'update'],
    ['ORU^R01', 'update'],
  ])('%s is %s', (type, kind) => {
    expect(read({ msh: { 9: type } }).kind).toBe(kind)
  })

  test('MDM^T11 is cancel', () => {
    expect(read({ msh: { 9: 'MDM^T11' }, more: [txa({ 12: 'D1' })] }).kind).toBe('cancel')
  })

  test('its event may stand in EVN-1 alone', () => {
    expect(read({ msh: { 9: 'ADT' }, evn: { 1: 'A11' } }).kind).toBe('cancel')
  })
})

describe('identity', () => {
  test.each<[reason: string, pid3: string, expected: Partial<Attendance['patient']>]>([
    ['authority and type', '9990000018^^^NHS^NH', { nhsNumber: '9990000018' as never, localId: null }],
    ['the type alone', '9990000018^^^^NH', { nhsNumber: '9990000018' as never }],
    ['the authority alone', '9990000018^^^NHS', { nhsNumber: '9990000018' as never }],
    ['spaces in it', '999 000 0018^^^NHS^NH', { nhsNumber: '9990000018' as never }],
    ['a wrong check digit', '9990000019^^^NHS^NH', { nhsNumber: null, nhsNumberRefused: '9990000019' }],
    ['one digit ten times', '0000000000^^^NHS^NH', { nhsNumber: null, nhsNumberRefused: '0000000000' }],
    ['none at all', 'W104411^^^RWP^MR', { nhsNumber: null, nhsNumberRefused: null, localId: 'W104411' }],
    [
      'the hospital number first',
      'W104411^^^RWP^MR~9990000018^^^NHS^NH',
      { nhsNumber: '9990000018' as never, localId: 'W104411' },
    ],
    ['a hospital number among others', 'X1^^^GP^XX~W104411^^^RWP^MR', { localId: 'W104411' }],
    [
      'subcomponents of the authority',
      '9990000018^^^NHS&2.16.840&ISO^NH',
      { nhsNumber: '9990000018' as never },
    ],
    ['nothing', '', { nhsNumber: null, localId: null }],
    ['deleted', '""', { nhsNumber: null, localId: null }],
  ])('NHS number and hospital number: %s', (_reason, pid3, expected) => {
    expect(read({ pid: { 3: pid3 } }).patient).toMatchObject(expected)
  })

  test('two NHS numbers that differ are none, and that is said', () => {
    const { patient, partsUnread } = read({ pid: { 3: '9990000018^^^NHS^NH~9990000026^^^NHS^NH' } })
    expect(patient).toMatchObject({ nhsNumber: null, nhsNumberRefused: null })
    expect(partsUnread).toEqual(['2 NHS numbers that differ: none is used'])
  })

  test.each([
    ['PV1-19', { 19: 'E1^^^RWP^VN', 50: 'E2' }, 'E1'],
    ['PV1-50 where PV1-19 is empty', { 19: '', 50: 'E2' }, 'E2'],
  ])('the attendance is named by %s', (_what, pv1, id) => {
    expect(read({ pv1 }).attendanceId).toBe(id)
  })

  test.each([
    ['three characters name the trust', 'RWP', '', 'RWP', null],
    ['five name the site too', 'RWP50', '', 'RWP', 'RWP50'],
    ['the second component, where the first is a local name', 'ACUTE^RWP^L', '', 'RWP', null],
    ['a local name only', 'ACUTE', '', 'RXX', null],
    ['the place goes before the sender', 'RWP50', 'ED^^^RWP01', 'RWP', 'RWP01'],
  ])('trust and site: %s', (_reason, sender, place, trust, site) => {
    expect(read({ msh: { 4: sender }, pv1: { 3: place } })).toMatchObject({ trust, site })
  })

  test('the name that is in use goes before others', () => {
    const { patient } = read({ pid: { 5: 'Old^Name^^^^^M~Ashdown^Kit^^^^^L' } })
    expect(patient).toMatchObject({ family: 'Ashdown', given: 'Kit' })
  })

  test.each([
    ['F', 'female'],
    ['m', 'male'],
    ['1', 'male'],
    ['2', 'female'],
    ['U', 'unknown'],
    ['A', 'other'],
    ['?', 'unknown'],
  ])('sex %s is %s', (written, sex) => {
    expect(read({ pid: { 8: written } }).patient.sex).toBe(sex)
  })
})

describe('a message is unreadable, and says why', () => {
  test.each<[reason: string, message: string, problem: string]>([
    ['nothing', '', 'the message is empty'],
    ['no header', 'PID|1||9990000018', 'there is no MSH segment'],
    ['cut off in the header', 'MSH', 'MSH-1 is no delimiter'],
    ['no delimiters', 'MSH|', 'MSH-2 is empty'],
    ['letters for delimiters', 'MSH|abcd|ED', 'MSH-2 holds no delimiters'],
    ['one delimiter twice', 'MSH|^~^&|ED', 'one character for two purposes'],
    ['two messages in one', `${makeHl7v2()}\r${makeHl7v2()}`, '2 messages came as one'],
    ['two patients', `${makeHl7v2()}\rPID|2||9990000026^^^NHS^NH`, 'several PID segments'],
    ['two attendances', `${makeHl7v2()}\rPV1|2||||||||||||||||||E2`, 'several PV1 segments'],
    ['no attendance', makeHl7v2({ pv1: { 19: '' } }), 'PV1-19 (or PV1-50) is missing'],
    ['a merge of visits', makeHl7v2({ msh: { 9: 'ADT^A42' } }), 'ADT A42 merges accounts or visits'],
    ['a merge of nobody', makeHl7v2({ msh: { 9: 'ADT^A40' } }), 'there is no MRG segment'],
    ['a merge without a number given up', mergeOf('MRG|'), 'MRG-1 holds no hospital number'],
    ['a merge of a NHS number', mergeOf('MRG|9990000026^^^NHS^NH'), 'MRG-1 holds no hospital number'],
    [
      'a merge into no number',
      mergeOf('MRG|W1^^^RWP^MR', { pid: { 3: '9990000018^^^NHS^NH' } }),
      'PID-3 holds no hospital number',
    ],
    [
      'a merge of tomorrow',
      mergeOf('MRG|W1^^^RWP^MR', { evn: { 2: '20261231' } }),
      'EVN-2 (or MSH-7) lies in the future',
    ],
    ['a cancelled document without a name', makeHl7v2({ msh: { 9: 'MDM^T11' } }), 'TXA-12 is missing'],
    ['a type of no note', makeHl7v2({ msh: { 9: 'SIU^S12' } }), 'SIU S12 is not read'],
    ['a type in no form', makeHl7v2({ msh: { 9: 'Ashdown^Kit' } }), 'the type in MSH-9 is not read'],
    ['30 February', makeHl7v2({ pid: { 7: '20110230' } }), 'PID-7 is no day'],
    ['a birth year of two digits', makeHl7v2({ pid: { 7: '110302' } }), 'PID-7 is'],
    ['a birth date with slashes', makeHl7v2({ pid: { 7: '02/03/2011' } }), 'PID-7 is no day'],
    ['a birth date in the future', makeHl7v2({ pid: { 7: '20270302' } }), 'PID-7 lies in the future'],
    ['a birth after the arrival', makeHl7v2({ pid: { 7: '20261121' } }), 'PID-7'],
    [
      'an arrival that is no time',
      makeHl7v2({ pv1: { 44: '20261120256000' } }),
      'PV1-44 is no date and time',
    ],
    ['an arrival in the future', makeHl7v2({ pv1: { 44: '20280101' } }), 'PV1-44 lies in the future'],
    ['an arrival year of two digits', makeHl7v2({ pv1: { 44: '261120213500' } }), 'PV1-44 is no date'],
    [
      'an arrival year of two digits that reads like an old year of four',
      makeHl7v2({ pid: { 7: '' }, pv1: { 44: '190302101500' } }),
      'PV1-44 is before 1990',
    ],
    ['a version of two digits', makeHl7v2({ evn: { 2: '110302101500' } }), 'EVN-2 (or MSH-7) is before 1990'],
    ['a NUL', makeHl7v2({ more: [textSegment('a\0b')] }), 'holds a NUL'],
  ])('%s', (_reason, message, problem) => {
    const decoded = decode(message)
    expect(decoded).toMatchObject({ kind: 'unreadable', problem: expect.stringContaining(problem) })
    expect(JSON.stringify(decoded)).not.toMatch(/Ashdown|9990000018/)
  })

  test('its source is told where the header can be read', () => {
    expect(decode(makeHl7v2({ msh: { 9: 'ADT^A40' } }))).toMatchObject({ source: 'ed-worcester' })
  })
})

test.each([
  ['a name that metrics can carry', 'EDIS', '', 'EDIS'],
  ['other letters become dashes', 'EDIS (live)', '', 'EDIS-live-'],
  ['MSH-4 where MSH-3 is empty', '', 'RWP50', 'RWP50'],
])('the source is %s', (_reason, application, facility, source) => {
  expect(read({ msh: { 3: application, 4: facility } }).source).toBe(source)
})

test('codes of ICD-10 and SNOMED CT are kept beside the text', () => {
  const more = ['DG1|1||S61.0^Open wound^I10^283358005^Cut of hand^SCT']
  expect(read({ more }).codes).toEqual([
    { system: 'icd10', code: 'S61.0', display: 'Open wound' },
    { system: 'snomed', code: '283358005', display: 'Cut of hand' },
  ])
})

describe('a merge of patients', () => {
  const one = { prior: 'W1', surviving: 'W104411' }

  test.each([
    ['A40 in version 2.4', 'ADT^A40^ADT_A39'],
    ['A34 in version 2.3', 'ADT^A34'],
    ['A18 in version 2.2', 'ADT^A18'],
    ['A30', 'ADT^A30'],
    ['A36', 'ADT^A36'],
    ['A39', 'ADT^A39'],
  ])('%s says which hospital number became which', (_version, type) => {
    expect(decode(mergeOf('MRG|W1^^^RWP^MR', { msh: { 9: type } }))).toEqual({
      kind: 'merge',
      source: 'ed-worcester',
      trust: 'RWP',
      recordedAt: '2026-11-20T21:39:00Z',
      merges: [one],
    })
  })

  test.each([
    ['the bare number of version 2.2', ['MRG|W1'], [one]],
    ['the hospital number among others', ['MRG|X9^^^GP^XX~W1^^^RWP^MR'], [one]],
    ['a NHS number beside it is left alone', ['MRG|9990000026^^^NHS^NH~W1^^^RWP^MR'], [one]],
    ['two given up for one', ['MRG|W1', 'MRG|W2'], [one, { prior: 'W2', surviving: 'W104411' }]],
    [
      'two patients in a message',
      ['MRG|W1', 'PID|||W8^^^RWP^MR', 'PV1||E', 'MRG|W7'],
      [one, { prior: 'W7', surviving: 'W8' }],
    ],
  ])('%s', (_reason, segments, merges) => {
    expect(decode(mergeOf(segments.join('\r')))).toMatchObject({ kind: 'merge', merges })
  })
})

describe('one document of a record', () => {
  test.each<[reason: string, type: string, segment: string, document: Attendance['document']]>([
    ['a new one', 'MDM^T02', txa({ 12: 'D1' }), { id: 'D1', replaces: null }],
    ['its name has several parts', 'MDM^T02', txa({ 12: 'D1^RWP' }), { id: 'D1', replaces: null }],
    ['an edit keeps the name', 'MDM^T08', txa({ 12: 'D1', 13: 'D0' }), { id: 'D1', replaces: null }],
    ['a replacement', 'MDM^T10', txa({ 12: 'D2', 13: 'D1' }), { id: 'D2', replaces: 'D1' }],
    ['a replacement of itself', 'MDM^T10', txa({ 12: 'D1', 13: 'D1' }), { id: 'D1', replaces: null }],
    ['an addendum adds', 'MDM^T06', txa({ 12: 'D2', 13: 'D1' }), { id: 'D2', replaces: null }],
    ['a cancelled one', 'MDM^T11', txa({ 12: 'D1' }), { id: 'D1', replaces: null }],
    ['a cancelled one, named as parent', 'MDM^T11', txa({ 13: 'D1' }), { id: 'D1', replaces: null }],
    ['one without a name', 'MDM^T02', txa({}), { id: 'message M0001', replaces: null }],
    ['a result', 'ORU^R01', 'OBR|1|P7|F7', { id: 'F7', replaces: null }],
    ['a result by its order', 'ORU^R01', 'OBR|1|P7', { id: 'P7', replaces: null }],
    ['a result without a name', 'ORU^R01', 'OBR|1', { id: 'message M0001', replaces: null }],
    ['no document, but the whole record', 'ADT^A08', txa({ 12: 'D1' }), null],
  ])('%s: %s', (_reason, type, segment, document) => {
    expect(read({ msh: { 9: type }, more: [segment, textSegment('fell')] }).document).toEqual(document)
  })
})

function txa(fields: Readonly<Record<number, string>>): string {
  return segmentOf('TXA', { 1: '1', 2: 'DS', ...fields })
}

function mergeOf(segments: string, wishes: MessageWishes = {}): string {
  return makeHl7v2({
    ...wishes,
    msh: { 9: 'ADT^A40', ...wishes.msh },
    pid: { 3: 'W104411^^^RWP^MR~9990000018^^^NHS^NH', ...wishes.pid },
    more: [segments],
  })
}
