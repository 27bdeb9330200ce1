import { readFileSync } from 'node:fs'
import { deflateSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { openPdfReader } from '../../../src/adapters/documents/pdf-reader.ts'
import { makeChance, mutate } from '../../attendance/fuzz/mutate.ts'
import { drawLines, makePdf } from '../../world/make-pdf.ts'
import { isThorough } from '../../world/thorough.ts'

const reader = openPdfReader()
afterAll(() => reader[Symbol.asyncDispose]())

/** Each is a whole letter to be taken apart. */
const letters = isThorough ? 300 : 30
const letter = readFileSync(new URL('./letter.pdf', import.meta.url))
const knife = makePdf([drawLines('States knife seen')])
const locked = `/ID [<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]
  /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <${'11'.repeat(32)}> /U <${'22'.repeat(32)}> >>`
const form = `/Annots [
  << /Type /Annot /Subtype /Widget /FT /Tx /T (told) /V (He carries a machete) /Rect [72 600 300 620] >>
  << /Type /Annot /Subtype /Text /Contents (Ask about the knife) /Rect [72 500 90 520] >> ]`

test('a letter as a browser prints it gives its words, whatever fonts and marks stand between their letters', () => {
  const { text, because } = reader.read(letter)
  expect(because).toBeNull()
  expect(text).toContain(
    'a laceration to the left forearm. He states that a knife was pulled on him near the school',
  )
  expect(text).toContain('doesn’t feel safe\nwalking home.')
})

test.each([
  ['lines are lines', makePdf([drawLines('Lac to hand', 'no knife')]), 'Lac to hand\nno knife', null],
  ['pages follow each other', makePdf([drawLines('one'), drawLines('two')]), 'one\ntwo', null],
  ['a word in two pieces is one', makePdf(['BT /F1 12 Tf 72 720 Td [(kni) -10 (fe)] TJ ET']), 'knife', null],
  ['bytes are letters of their font', makePdf([drawLines('Zo\\353\\222s')]), 'Zoë’s', null],
  [
    'fields of a form and comments are words too',
    makePdf([drawLines('Referral')], { resources: form }),
    'Referral\nAsk about the knife\nHe carries a machete',
    null,
  ],
  [
    'a packed page is unpacked',
    makePdf([deflateSync(drawLines('knife'))], { filter: '/Filter /FlateDecode' }),
    'knife',
    null,
  ],
  ['a page without text may be a scan', makePdf([drawLines('one'), '']), 'one', 'a page without text'],
  ['a scan has no text at all', makePdf(['']), '', 'a page without text'],
  ['what is encrypted stays so', makePdf([drawLines('knife')], { trailer: locked }), '', 'encrypted'],
  ['what is no PDF is broken', Buffer.from('%PDF-1.4 and no more'), '', 'broken'],
  [
    'of a thick book the first pages are read',
    makePdf(Array(101).fill(drawLines('a'))),
    Array(100).fill('a').join('\n'),
    'more than 100 pages',
  ],
  [
    'a table of pages in a circle',
    Buffer.from(knife.toString().replace('/Kids [4 0 R]', '/Kids [2 0 R]')),
    '',
    'a broken page',
  ],
])('%s', (_why, bytes, text, because) => {
  expect(reader.read(bytes)).toEqual({ text, because })
})

test('a bomb of a few kilobytes ends the reading, and the next letter is read', () => {
  const bomb = deflateSync(Buffer.alloc(500_000_000, ' '))
  const { text, because } = reader.read(makePdf([bomb], { filter: '/Filter /FlateDecode' }))
  expect(text).toBe('')
  expect(because).toMatch(/^it (?:unpacks to too much|took too long)$/)
  expect(reader.read(knife)).toEqual({ text: 'States knife seen', because: null })
}, 60_000)

test('a letter that takes longer than it may is not read, and nothing waits for it', async () => {
  await using hasty = openPdfReader({ timeoutMs: 0, startTimeoutMs: 0 })
  expect(hasty.read(knife)).toEqual({ text: '', because: 'it took too long' })
})

test('of broken letters each is read, or said why not', () => {
  const chance = makeChance(20_261_122)
  const pieces = ['endobj', 'stream', '<<', '>>', '/Length 99999999', '0 0 R', '(', ')', '[', ']', '/Kids']
  const answers = Array.from({ length: letters }, () =>
    reader.read(mutate(letter, { chance, pieces, insertsOnly: false })),
  )
  expect(answers.filter(({ text, because }) => text === '' && because === null)).toEqual([])
  expect(answers.filter(({ text }) => text.includes('knife')).length).toBeGreaterThan(letters / 4)
}, 600_000)
