import { expect, test } from 'vitest'
import { Fields } from '../../src/web/fields.ts'

test.each([
  ['a text', { name: 'words' }, 'words'],
  ['a name that came twice has its first text', { name: ['one', 'two'] }, 'one'],
  ['a name that did not come', {}, ''],
  ['a value that is no text', { name: { nested: 'x' } }, ''],
  ['no form at all', undefined, ''],
  ['line ends of a browser', { name: 'one\r\ntwo' }, 'one\ntwo'],
  ['NUL, which no database takes', { name: 'o\0ne' }, 'one'],
  ['half a surrogate pair', { name: 'one\ud83d' }, 'one\ufffd'],
  ['a name of the object itself', { name: 'x', constructor: 'y' }, 'x'],
])('%s is read as "%s"', (_reason, source, text) => {
  expect(new Fields(source).text('name')).toBe(text)
})

test.each([
  ['a page', '3', 3],
  ['none', '', 1],
  ['a word', 'two', 1],
  ['less than the first', '0', 1],
  ['a fraction', '1.5', 1],
  ['too many digits to count', '99999999999999999999', 1],
])('a number from %s is %s read as %i', (_reason, text, number) => {
  expect(new Fields({ page: text }).number('page', 1)).toBe(number)
})

test.each([
  ['a name that came once', { site: 'RWP50' }, ['RWP50']],
  ['a name that came several times', { site: ['RWP50', 'RWP01'] }, ['RWP50', 'RWP01']],
  ['texts among what is none', { site: ['RWP50', { nested: 'x' }] }, ['RWP50']],
  ['a name that did not come', {}, []],
])('%s has all its texts', (_reason, source, texts) => {
  expect(new Fields(source).texts('site')).toEqual(texts)
})
