import { expect, test } from 'vitest'
import { readMarkup } from '../../../src/attendance/documents/markup.ts'

test.each([
  ['ends of paragraphs are line ends', '<div><p>fell</p><p>off bike</p></div>', 'fell\noff bike'],
  ['a line break is a line end, closed or not', 'denies<br/>knife<br>seen', 'denies\nknife\nseen'],
  ['inline tags join the parts of a word', '<p><b>kni</b>fe <i>in</i> bag</p>', 'knife in bag'],
  ['inline tags split no word', 'has a <b>knife</b>, says mum', 'has a knife, says mum'],
  ['blanks inside inline tags count', 'a<b> knife </b>b', 'a knife b'],
  ['blanks and line ends run together', '<p>no\n   knife\t seen</p>', 'no knife seen'],
  ['pre keeps its line ends', '<pre>BP 110\n  HR 90</pre>', 'BP 110\n  HR 90'],
  ['entities are decoded', '&lt;3 yrs &amp; caf&eacute; &#163;5 &#x2019;', '<3 yrs & café £5 ’'],
  ['a space that does not break stays what it is', 'no&nbsp;knife', 'no\u00a0knife'],
  ['an entity is decoded once', '&amp;lt;b&amp;gt;', '&lt;b&gt;'],
  [
    'cells of a row stand apart',
    '<table><tr><td>Weapon</td><td>No</td></tr><tr><td>x</td></tr></table>',
    'Weapon No\nx',
  ],
  ['items are lines', '<ul><li>knife</li><li>phone</li></ul>', 'knife\nphone'],
  ['nested blocks make one line end', '<div><div><p>a</p></div></div><p>b</p>', 'a\nb'],
  ['a paragraph that closes itself swallows nothing', 'a<p/>b', 'a\nb'],
  ['a style that closes itself swallows nothing', '<style/>knife', 'knife'],
  ['rules of style are not words', '<style>.knife{}</style>fell', 'fell'],
  ['a comment is not words', 'a<!-- form v3 -->b', 'ab'],
  ['the words of a picture are words', 'see <img alt="body map" src="x"/>', 'see body map'],
  ['tags of Word are inline', 'kni<o:p></o:p>fe', 'knife'],
  ['a lone "<" is a character', 'GCS < 15 and <3 mins', 'GCS < 15 and <3 mins'],
  ['a processing instruction is passed over', '<?xml version="1.0"?><p>a</p>', 'a'],
  ['capitals of HTML are tags too', '<P>a</P><BR>b', 'a\nb'],
])('%s', (_claim, markup, text) => {
  expect(readMarkup(markup)).toEqual({ text, isBroken: false })
})

test.each([
  ['a tag that never ends', '<div>pt has <knife in bag</div>'],
  ['words in angle brackets', '<p>found <machete> in bag</p>'],
  ['a comment that never ends', 'a <!-- knife'],
  ['a style that never ends', '<style>a{} knife'],
  ['CDATA, which HTML does not know', 'a <![CDATA[knife]]>'],
  ['an end tag that is none', 'a </ knife> b'],
])('%s loses no word: all is shown as it came', (_what, markup) => {
  expect(readMarkup(markup)).toEqual({ text: markup, isBroken: true })
})

test('a million nested tags take no longer than a million flat ones', () => {
  expect(readMarkup(`${'<b><div>'.repeat(500_000)}knife`).text).toBe('knife')
})
