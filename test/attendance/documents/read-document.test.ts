import { expect, test } from 'vitest'
import { countUnread, nameUnread } from '../../../src/attendance/documents/count-unread.ts'
import { limitPdfs } from '../../../src/attendance/documents/limit-pdfs.ts'
import { type ReadPdf, readDocument } from '../../../src/attendance/documents/read-document.ts'

const found: ReadPdf = () => ({ text: 'knife', because: null })
const read = (mediaType: string, content: string, readPdf: ReadPdf | null = found) =>
  readDocument(Buffer.from(content, 'latin1'), { mediaType, readPdf })

test.each([
  ['plain text', 'text/plain', 'knife', 'knife', null],
  ['plain text in Windows-1252', 'text/plain', 'Zo\xeb', 'Zoë', null],
  ['HTML', 'text/html', '<p>kn<b>ife</b></p>', 'knife', null],
  [
    'HTML that is broken',
    'text/html',
    'a <knife',
    'a <knife',
    'web document with broken markup shown as it came',
  ],
  ['RTF', 'application/rtf', '{\\rtf1 knife}', 'knife', null],
  ['RTF that calls itself text', 'text/plain', '{\\rtf1 knife}', 'knife', null],
  [
    'RTF cut short',
    'text/rtf',
    '{\\rtf1 knife',
    'knife',
    'RTF document read only in part (it ends in the middle)',
  ],
  ['RTF without words', 'text/rtf', '{\\rtf1{\\pict 00}}', '', 'RTF document not read (no text in it)'],
  [
    'RTF with a NUL',
    'text/rtf',
    '{\\rtf1 knife\\u0?}',
    'knife\ufffd',
    'RTF document read only in part (letters that are none)',
  ],
  ['a PDF that calls itself nothing', 'application/octet-stream', '%PDF-1.4', 'knife', null],
  ['a PDF with bytes before it', 'application/pdf', '\r\n\0%PDF-1.4', 'knife', null],
  ['what calls itself a PDF and is none', 'application/pdf', 'knife', '', 'PDF document not read'],
  ['a Word document', 'application/msword', '\xd0\xcf', '', 'Word document not read'],
  ['a picture', 'image/jpeg', '\xff\xd8', '', 'picture not read'],
  ['something unknown', '', 'x', '', 'document not read'],
])('%s', (_what, mediaType, content, text, unread) => {
  expect(read(mediaType, content)).toEqual({ text, unread })
})

test.each([
  ['no reader', null, { text: '', unread: 'PDF document not read' }],
  ['a scan', { text: ' \n', because: null }, { text: '', unread: 'PDF document not read (no text in it)' }],
  [
    'an encrypted one',
    { text: '', because: 'encrypted' },
    { text: '', unread: 'PDF document not read (encrypted)' },
  ],
  [
    'a scanned page among others',
    { text: 'knife', because: 'a page without text' },
    { text: 'knife', unread: 'PDF document read only in part (a page without text)' },
  ],
  [
    'half of a surrogate pair',
    { text: 'knife\ud800', because: null },
    { text: 'knife\ufffd', unread: 'PDF document read only in part (letters that are none)' },
  ],
])('of a PDF with %s a nurse is told', (_what, pdf, expected) => {
  expect(read('application/pdf', '%PDF-1.4', pdf === null ? null : () => pdf)).toEqual(expected)
})

test('of one message ten PDFs are read, of the next ten again', () => {
  for (const readPdf of [limitPdfs(found), limitPdfs(found)]) {
    const read = Array.from({ length: 11 }, () => readPdf?.(Buffer.from('%PDF-')).because)
    expect(read).toEqual([...Array(10).fill(null), 'more than 10 in one message'])
  }
})

test('documents are counted by what they are and what they are called', () => {
  const parts = [
    nameUnread('PDF document not read', 'Letter'),
    nameUnread('PDF document not read', 'Letter'),
    'picture not read',
  ]
  expect(countUnread(parts)).toEqual(['2 PDF documents not read: Letter', '1 picture not read'])
})
