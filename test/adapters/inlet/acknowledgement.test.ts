import { describe, expect, test } from 'vitest'
import { acknowledge, codesOf, readHeader } from '../../../src/adapters/inlet/acknowledgement.ts'
import { makeHl7v2 } from '../../world/make-hl7v2.ts'

const at = '2026-11-20T21:41:00.123Z'

describe('which codes answer', () => {
  test.each([
    ['original mode', '', '', 'accepted', ['AA']],
    ['original mode', '', '', 'error', ['AE']],
    ['original mode', '', '', 'rejected', ['AR']],
    ['enhanced: always', 'AL', 'NE', 'accepted', ['CA']],
    ['enhanced: always', 'AL', 'NE', 'error', ['CE']],
    ['enhanced: always', 'AL', 'NE', 'rejected', ['CR']],
    ['enhanced: both', 'AL', 'AL', 'accepted', ['CA', 'AA']],
    ['enhanced: errors only, and there is none', 'ER', 'NE', 'accepted', []],
    ['enhanced: errors only, and there is one', 'ER', 'NE', 'error', ['CE']],
    ['enhanced: success only', 'SU', 'NE', 'accepted', ['CA']],
    ['enhanced: success only, and there is none', 'SU', 'NE', 'error', []],
    ['enhanced: never', 'NE', 'NE', 'rejected', []],
    ['enhanced: by MSH-16 alone', '', 'AL', 'accepted', ['AA']],
  ] as const)('%s: MSH-15 "%s", MSH-16 "%s", %s', (_mode, accept, application, verdict, codes) => {
    const header = readHeader(Buffer.from(makeHl7v2({ msh: { 15: accept, 16: application } })))
    expect(codesOf(verdict, header)).toEqual(codes)
  })
})

describe('an answer', () => {
  test('names the message it answers, and goes back to its sender', () => {
    const message = makeHl7v2({
      msh: { 3: 'EDIS', 4: 'RWP50', 6: 'RWP', 9: 'ADT^A08^ADT_A01', 10: 'M0042', 12: '2.5' },
    })
    expect(answerTo(message, null)).toBe(
      '\x0bMSH|^~\\&|WREN|RWP|EDIS|RWP50|20261120214100+0000||ACK^A08|id1|P|2.5\rMSA|AA|M0042|\r\x1c\r',
    )
  })

  test('is written with the delimiters of its message', () => {
    const message = makeHl7v2().replaceAll('|', '#').replaceAll('^', '*')
    expect(answerTo(message, null)).toContain('MSH#*~\\&#WREN#')
    expect(answerTo(message, null)).toContain('#ACK*A04#')
  })

  test('gives back the bytes of a control id as they came', () => {
    const header = readHeader(Buffer.from(makeHl7v2({ msh: { 10: 'M\xe9' } }), 'latin1'))
    const answer = acknowledge({ code: 'AA', header, problem: null, id: 'id1', at })
    expect(Buffer.from(answer).includes(Buffer.from([0x4d, 0xe9]))).toBe(true)
  })

  test('escapes what its words name', () => {
    expect(answerTo(makeHl7v2(), 'expected ^~\\& – see “docs”')).toContain(
      String.raw`|expected \S\\R\\E\\T\ ? see "docs"`,
    )
  })

  test('to what has no header names no message', () => {
    expect(answerTo('knife', 'there is no MSH segment')).toContain('\rMSA|AA||there is no MSH segment\r')
  })
})

function answerTo(message: string, problem: string | null): string {
  const header = readHeader(Buffer.from(message))
  return Buffer.from(acknowledge({ code: 'AA', header, problem, id: 'id1', at })).toString('latin1')
}
