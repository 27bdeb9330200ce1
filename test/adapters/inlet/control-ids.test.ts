import { expect, test } from 'vitest'
import { rememberControlIds } from '../../../src/adapters/inlet/control-ids.ts'

const ids = () => rememberControlIds(3)
const message = (controlId: string, bodySha256: string, source = 'ed') => ({ source, controlId, bodySha256 })

test.each<[reason: string, messages: readonly ReturnType<typeof message>[], last: boolean]>([
  ['a first use is none', [message('1', 'a')], false],
  ['the same bytes again are a repeat', [message('1', 'a'), message('1', 'a')], false],
  ['other bytes are a reuse', [message('1', 'a'), message('1', 'b')], true],
  [
    'the first bytes after others are a reuse',
    [message('1', 'a'), message('1', 'b'), message('1', 'a')],
    true,
  ],
  ['another source has ids of its own', [message('1', 'a'), message('1', 'b', 'miu')], false],
  ['no id is no id', [message('', 'a'), message('', 'b')], false],
  [
    'the oldest is forgotten',
    [message('1', 'a'), message('2', 'a'), message('3', 'a'), message('4', 'a'), message('1', 'b')],
    false,
  ],
  [
    'one that was used again is not the oldest',
    [
      message('1', 'a'),
      message('2', 'a'),
      message('3', 'a'),
      message('1', 'a'),
      message('4', 'a'),
      message('1', 'b'),
    ],
    true,
  ],
])('%s', (_reason, messages, last) => {
  const memory = ids()
  expect(messages.map(each => memory.isReused(each)).at(-1)).toBe(last)
})
