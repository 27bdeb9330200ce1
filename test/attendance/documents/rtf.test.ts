import { expect, test } from 'vitest'
import { readRtf } from '../../../src/attendance/documents/rtf.ts'
import { isThorough } from '../../world/thorough.ts'
import { makeChance, mutate } from '../fuzz/mutate.ts'

const fonts = String.raw`{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fcharset238 Arial CE;}{\f2\fcharset128 MS Gothic;}{\f3\fcharset2 Symbol;}}`
const head = String.raw`{\rtf1\ansi\ansicpg1252\deff0${fonts}{\colortbl;\red0\green0\blue0;}{\stylesheet{\s0 Normal;}}{\info{\author A N Other}}{\*\generator Word;}`

test.each([
  ['paragraphs are lines', String.raw`Lac to hand.\par Knife seen.`, 'Lac to hand.\nKnife seen.'],
  ['line ends of the file mean nothing', 'kni\r\nfe', 'knife'],
  ['marks inside a word do not split it', String.raw`kn{\b i}\i0 fe`, 'knife'],
  ['one space ends a word of control', String.raw`\b  bold\b0 er`, 'bolder'],
  ['bytes are of the code page', String.raw`Zo\'eb\'92s`, 'Zoë’s'],
  ['bytes that stand as they are, too', 'Zo\xeb', 'Zoë'],
  ['another font is another code page', String.raw`{\f1 \'9eena} \'9e`, 'žena ž'],
  ['two bytes may be one letter', String.raw`{\f2 \'83\'69\'83C\'83\'74}`, 'ナイフ'],
  ['a font of symbols has none', String.raw`{\f3 \'b7} knife`, '· knife'],
  ['Unicode with what stands in for it', String.raw`don\u8217?t, \u8217\'92s`, 'don’t, ’s'],
  ['as many stand-ins as \\uc says', String.raw`\uc2\u8217??x{\uc0\u8217 y}\u8217??z`, '’x’y’z'],
  ['a negative number of Unicode', String.raw`\u-10179?\u-8705?`, '\u{1f5ff}'],
  ['escapes', String.raw`a \{knife\} \\ b`, 'a {knife} \\ b'],
  ['dashes and quotes', String.raw`\ldblquote knife\rdblquote\emdash gun\lquote s`, '“knife”—gun‘s'],
  [
    'a space that does not break, and a hyphen that does not show',
    String.raw`sharp\~object, over\-dose`,
    'sharp\u00a0object, overdose',
  ],
  ['rows and cells', String.raw`\trowd Weapon\cell knife\cell\row Next`, 'Weapon\tknife\t\nNext'],
  ['a field shows its result', String.raw`{\field{\*\fldinst HYPERLINK "x"}{\fldrslt knife}}`, 'knife'],
  ['pictures hold no words', String.raw`a{\pict\pngblip 89504e470d0a}b`, 'ab'],
  ['raw bytes are passed over', 'a{\\pict\\bin5 }{\\}x}b', 'ab'],
  ['unknown groups are passed over', String.raw`a{\*\unknown secret}b`, 'ab'],
  [
    'a text box, a footnote, a comment',
    String.raw`a{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt knife}}}{\footnote gun}{\*\annotation gang}`,
    'aknifegungang',
  ],
  ['hidden and deleted words are words', String.raw`{\v knife}{\deleted gun}`, 'knifegun'],
  ['headers and footers', String.raw`{\header WREN}{\footer page}x`, 'WRENpagex'],
])('%s', (_why, content, text) => {
  expect(readRtf(Buffer.from(`${head}${content}}`, 'latin1'))).toEqual({ text, isWhole: true })
})

test.each([
  ['a letter cut short keeps what came', String.raw`{\rtf1 knife{\b seen`, 'knifeseen'],
  ['a bomb of groups is left', `{\\rtf1 knife${'{'.repeat(100_000)}`, 'knife'],
  ['raw bytes that never come', String.raw`{\rtf1 knife\bin999999999 x}`, 'knife'],
])('%s', (_why, source, text) => {
  expect(readRtf(Buffer.from(source))).toEqual({ text, isWhole: false })
})

test('what stands behind the letter is none of it', () => {
  expect(readRtf(Buffer.from('{\\rtf1 knife}\0\0gun'))).toEqual({ text: 'knife', isWhole: true })
})

test('whatever is put into a letter, it is read, and its words stay in order', () => {
  const chance = makeChance(20_261_122)
  const letter = Buffer.from(
    String.raw`${head}\pard Lac to hand.\par{\b States} kni{\i f}e seen, don\u8217?t know by whom.}`,
  )
  const pieces = [
    '{',
    '}',
    '\\',
    '\\par ',
    "\\'",
    '\\u',
    '\\bin9 ',
    '\\*',
    '{\\*\\x ',
    '\\uc9',
    '\\f1',
    '\0',
    '\\pict',
  ]
  let wordsLeft = 0
  for (let count = 0; count < (isThorough ? 100_000 : 5_000); count++) {
    const { text } = readRtf(mutate(letter, { chance, pieces, insertsOnly: false }))
    if (text.includes('Lac to hand')) wordsLeft++
  }
  expect(wordsLeft).toBeGreaterThan(1_000)
}, 600_000)
