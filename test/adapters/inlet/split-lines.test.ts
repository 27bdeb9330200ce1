import { expect, test } from 'vitest'
import { splitLines } from '../../../src/adapters/inlet/split-lines.ts'

test.each([
  ['nothing', '', []],
  ['blank lines only', '\n \r\n\t\n', []],
  ['one line without an end', '{"a":1}', [[1, '{"a":1}']]],
  [
    'line ends of both kinds',
    'a\r\nb\n',
    [
      [1, 'a'],
      [2, 'b'],
    ],
  ],
  [
    'a blank line counts, as in an editor',
    'a\n\nb',
    [
      [1, 'a'],
      [3, 'b'],
    ],
  ],
  [
    'spaces around a message are its own',
    ' a \nb',
    [
      [1, ' a '],
      [2, 'b'],
    ],
  ],
  ['a carriage return within a line is its own', 'a\rb\n', [[1, 'a\rb']]],
])('%s', (_reason, body, lines) => {
  const split = splitLines(new TextEncoder().encode(body))
  expect(split.map(({ number, bytes }) => [number, new TextDecoder().decode(bytes)])).toEqual(lines)
})
