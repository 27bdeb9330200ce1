import { describe, expect, test } from 'vitest'
import { base64, documentOf, forms, readerOf } from './in-both-forms.ts'

describe.each(forms)('in %s', (_form, write) => {
  const { read } = readerOf(write)

  test.each([
    [
      'plain text attached is read',
      { composition: null, more: [documentOf({ contentType: 'text/plain', data: base64('knife\nin bag') })] },
      { words: ['document: knife\nin bag'] },
    ],
    [
      'plain text attached in Windows-1252 is read, whatever it says it is',
      {
        composition: null,
        more: [
          documentOf({
            contentType: 'text/plain; charset=utf-8',
            data: base64(Uint8Array.of(0x5a, 0x6f, 0xeb, 0x92, 0x73)),
          }),
        ],
      },
      { words: ['document: Zoë’s'] },
    ],
    [
      'HTML attached is read, named by its type',
      {
        composition: null,
        more: [
          documentOf(
            { contentType: 'text/html', data: base64('<p>a</p><p>b</p>') },
            { type: { text: 'ED letter' } },
          ),
        ],
      },
      { words: ['ED letter: a\nb'] },
    ],
    [
      'a PDF is read',
      {
        composition: null,
        more: [
          documentOf(
            { contentType: 'application/pdf', data: base64('%PDF-1.4') },
            { type: { text: 'Letter' } },
          ),
        ],
      },
      { words: ['Letter: text of the PDF'], partsUnread: [] },
    ],
    [
      'RTF is read',
      {
        composition: null,
        more: [documentOf({ contentType: 'text/rtf', data: base64('{\\rtf1 kn{\\b i}fe}') })],
      },
      { words: ['document: knife'], partsUnread: [] },
    ],
    [
      'what is not read is named by its title',
      {
        composition: null,
        more: [documentOf({ contentType: 'image/jpeg', title: 'Photo of the hand', data: base64('x') })],
      },
      { words: [], partsUnread: ['1 picture not read: Photo of the hand'] },
    ],
    [
      'what calls itself a PDF and is none is counted',
      { composition: null, more: [documentOf({ contentType: 'application/pdf', data: base64('%PDF') })] },
      { words: [], partsUnread: ['1 PDF document not read'] },
    ],
    [
      'two PDFs are counted together',
      {
        composition: null,
        more: [1, 2].map(() => documentOf({ contentType: 'application/pdf', data: base64('%PDF') })),
      },
      { partsUnread: ['2 PDF documents not read'] },
    ],
    [
      'text that is only pointed at is counted',
      {
        composition: null,
        more: [documentOf({ contentType: 'text/plain', url: 'https://store.example/1' })],
      },
      { words: [], partsUnread: ['1 document only pointed at, not read'] },
    ],
    [
      'text in a Binary of the Bundle is read (R4)',
      {
        composition: null,
        more: [
          documentOf({ contentType: 'text/plain', url: 'urn:uuid:b' }),
          {
            fullUrl: 'urn:uuid:b',
            resource: { resourceType: 'Binary', contentType: 'text/plain', data: base64('knife') },
          },
        ],
      },
      { words: ['document: knife'] },
    ],
    [
      'text in a Binary of the Bundle is read (STU3)',
      {
        composition: null,
        more: [
          documentOf({ url: 'urn:uuid:b' }),
          {
            fullUrl: 'urn:uuid:b',
            resource: { resourceType: 'Binary', contentType: 'text/plain', content: base64('knife') },
          },
        ],
      },
      { words: ['document: knife'] },
    ],
    [
      'an attachment that was cut short is counted, not half read',
      { composition: null, more: [documentOf({ contentType: 'text/plain', data: 'a25pZmUgaW4gYm' })] },
      { words: [], partsUnread: ['1 document not read (broken Base64)'] },
    ],
  ])('%s', (_claim, wishes, expected) => {
    expect(read(wishes)).toMatchObject(expected)
  })
})
