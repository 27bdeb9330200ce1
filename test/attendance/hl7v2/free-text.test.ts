import { describe, expect, test } from 'vitest'
import { decodeHl7v2 } from '../../../src/attendance/hl7v2/decode-hl7v2.ts'
import { makeHl7v2, textSegment } from '../../world/make-hl7v2.ts'
import { attendanceOf, options, read } from './decoding.ts'

describe('text', () => {
  test.each<[reason: string, more: readonly string[], notes: readonly (readonly [string, string])[]]>([
    ['PV2-3 as text', ['PV2|||^Lac L hand'], [['presenting complaint', 'Lac L hand']]],
    ['PV2-3 in its first component', ['PV2|||Lac L hand'], [['presenting complaint', 'Lac L hand']]],
    ['DG1-3 text beside its code', ['DG1|1||S61.0^Open wound^I10'], [['diagnosis', 'Open wound']]],
    ['DG1-4', ['DG1|1|||Open wound'], [['diagnosis', 'Open wound']]],
    ['DG1-3 in another system keeps its code', ['DG1|1||Q99^^LOCAL'], [['diagnosis', 'Q99']]],
    ['both codings of a diagnosis', ['DG1|1||A^Cut^L^B^Stabbed^I10'], [['diagnosis', 'Cut\nStabbed']]],
    ['NTE', ['NTE|1||Lives with nan'], [['comment', 'Lives with nan']]],
    ['neighbouring NTE are one', ['NTE|1||No', 'NTE|2||knife seen'], [['comment', 'No\nknife seen']]],
    ['NTE out of order', ['NTE|2||knife seen', 'NTE|1||No'], [['comment', 'No\nknife seen']]],
    ['repetitions of NTE-3', ['NTE|1||No~knife seen'], [['comment', 'No\nknife seen']]],
    ['OBX of type TX', [textSegment('fell')], [['Triage note', 'fell']]],
    ['OBX of type FT', [textSegment('fell', { 2: 'FT' })], [['Triage note', 'fell']]],
    ['OBX of type ST', [textSegment('fell', { 2: 'ST' })], [['Triage note', 'fell']]],
    ['OBX without a type', [textSegment('fell', { 2: '' })], [['Triage note', 'fell']]],
    ['OBX of a coded type', [textSegment('1^Stabbed^L', { 2: 'CWE' })], [['Triage note', 'Stabbed']]],
    ['OBX-3 with a code only', [textSegment('fell', { 3: 'TRIAGE' })], [['TRIAGE', 'fell']]],
    ['OBX-3 with nothing', [textSegment('fell', { 3: '' })], [['document', 'fell']]],
    ['repetitions of OBX-5', [textSegment('No~knife seen')], [['Triage note', 'No\nknife seen']]],
    [
      'continued OBX are one note',
      [textSegment('No', { 1: '1' }), textSegment('knife seen', { 1: '2' })],
      [['Triage note', 'No\nknife seen']],
    ],
    [
      'continued OBX in order of their set ids',
      [textSegment('ten', { 1: '10' }), textSegment('No', { 1: '1' }), textSegment('two', { 1: '2' })],
      [['Triage note', 'No\ntwo\nten']],
    ],
    [
      'OBX of another sub-id are apart',
      [textSegment('one', { 4: '1' }), textSegment('two', { 4: '2' })],
      [
        ['Triage note', 'one'],
        ['Triage note', 'two'],
      ],
    ],
    [
      'OBX that are no neighbours are apart',
      [textSegment('one'), 'NTE|1||between', textSegment('two')],
      [
        ['Triage note', 'one'],
        ['comment', 'between'],
        ['Triage note', 'two'],
      ],
    ],
    ['a number is no text', [textSegment('37.2', { 2: 'NM' })], []],
    ['a deleted value', [textSegment('""')], []],
    [
      'an "&" and a "^" that an engine left as they were',
      [textSegment('Mum & dad ^^ fell')],
      [['Triage note', 'Mum & dad ^^ fell']],
    ],
    [
      'a line broken inside a field',
      ['NTE|1||Lac L hand', 'knife seen'],
      [['comment', 'Lac L hand\nknife seen']],
    ],
    [
      'a text taken back, read all the same',
      [textSegment('knife', { 11: 'D' })],
      [['Triage note (withdrawn by the sender)', 'knife']],
    ],
    [
      'a wrong text, read all the same',
      [textSegment('knife', { 11: 'W' })],
      [['Triage note (withdrawn by the sender)', 'knife']],
    ],
    ['a corrected text', [textSegment('knife', { 11: 'C' })], [['Triage note', 'knife']]],
    ['local segments that the settings name', ['ZTN|1||knife seen'], [['ZTN-3', 'knife seen']]],
    ['local segments that they do not name', ['ZXX|1||knife seen'], []],
    [
      'text that is encapsulated',
      [textSegment('^TEXT^plain^A^knife seen', { 2: 'ED' })],
      [['Triage note', 'knife seen']],
    ],
    [
      'text that is encapsulated in Base64',
      [textSegment('^text^^Base64^a25pZmUgc2Vlbg==', { 2: 'ED' })],
      [['Triage note', 'knife seen']],
    ],
  ])('%s', (_reason, more, notes) => {
    const textFields = [{ segment: 'ZTN', field: 3 }]
    const attendance = attendanceOf(decodeHl7v2(Buffer.from(makeHl7v2({ more })), { ...options, textFields }))
    expect(attendance.notes.map(note => [note.section, note.words])).toEqual(notes)
  })

  test('says when it was written', () => {
    const [note] = read({ more: [textSegment('fell', { 14: '202607010915' })] }).notes
    expect(note?.writtenAt).toBe('2026-07-01T08:15:00Z')
  })

  test.each([
    ['a PDF', '^application^pdf^Base64^JVBERi0=', 'ED', '1 PDF document not read: Triage note'],
    [
      'an RTF document',
      '^application^rtf^Base64^e1xydGY=',
      'ED',
      '1 RTF document not read (it ends in the middle): Triage note',
    ],
    ['a PDF named in component 2', '^PDF^^Base64^JVBERi0=', 'ED', '1 PDF document not read: Triage note'],
    [
      'two PDFs',
      '^application^pdf^Base64^JVBERi0=~^application^pdf^Base64^JVBERi0=',
      'ED',
      '2 PDF documents not read: Triage note',
    ],
    ['something that says not what it is', '^^^Base64^AAAA', 'ED', '1 document not read: Triage note'],
    [
      'a pointer to a document',
      'https://dms.example/1^DMS^application^pdf',
      'RP',
      '1 linked document not read: Triage note',
    ],
  ])('%s is counted, and is no note', (_what, words, type, unread) => {
    const { notes, partsUnread } = read({ more: [textSegment(words, { 2: type })] })
    expect({ notes, partsUnread }).toEqual({ notes: [], partsUnread: [unread] })
  })

  test.each([
    ['a PDF', '^application^pdf^Base64^JVBERi0xLjQ=', [], 'text of the PDF'],
    ['a PDF that only its bytes betray', '^AP^Octet-stream^Base64^JVBERi0xLjQ=', [], 'text of the PDF'],
    ['a PDF in hexadecimal', '^application^pdf^Hex^255044462d312e34', [], 'text of the PDF'],
    ['RTF', `^TEXT^RTF^Base64^${base64(String.raw`{\rtf1 kn{\b i}fe\par seen}`)}`, [], 'knife\nseen'],
    ['RTF as it stands', String.raw`^TEXT^RTF^A^{\E\rtf1 knife\E\par seen}`, [], 'knife\nseen'],
    ['HTML', `^text^html^Base64^${base64('<p>kn<b>i</b>fe</p>')}`, [], 'knife'],
    [
      'RTF whose Base64 was cut short',
      `^TEXT^RTF^Base64^${base64(String.raw`{\rtf1 knife seen}`).slice(0, -7)}`,
      ['1 RTF document read only in part (it ends in the middle): Triage note'],
      'knife',
    ],
  ])('%s inside a message is read', (_what, value, partsUnread, words) => {
    const readPdf = () => ({ text: 'text of the PDF', because: null })
    const message = makeHl7v2({ more: [textSegment(value, { 2: 'ED' })] })
    const attendance = attendanceOf(decodeHl7v2(Buffer.from(message), { ...options, readPdf }))
    expect(attendance.partsUnread).toEqual(partsUnread)
    expect(attendance.notes.map(note => [note.section, note.words])).toEqual([['Triage note', words]])
  })
})

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}
