import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countMembers, findBadText, measureJson } from '../../src/attendance/json-structure.ts'

describe('measuring JSON before it is parsed', () => {
  test('counts as many members as parsing gives, whatever the strings hold', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), value => {
        const text = JSON.stringify(value)
        expect(measureJson(text, 32)).toEqual({ members: countMembers(JSON.parse(text)), tooDeep: false })
      }),
      { numRuns: 2_000 },
    )
  })

  test.each([
    ['a quote escaped', '{"a":"\\":{[","b":1}', 2],
    ['a backslash escaped before the closing quote', '{"a":"\\\\","b":1}', 2],
    ['a long string that ends in a quote escaped', `{"a":"${'x'.repeat(40)}\\"","b":1}`, 2],
    ['a long string that ends in a backslash', `{"a":"${'x'.repeat(40)}\\\\","b":1}`, 2],
    ['a string that never ends', '{"a":"b:c:d', 1],
    ['a key twice counts twice', '{"a":1,"a":2}', 2],
  ])('reads strings rightly: %s', (_reason, text, members) => {
    expect(measureJson(text, 32).members).toBe(members)
  })

  test('stops at the depth allowed', () => {
    expect(measureJson('[[[]]]', 3).tooDeep).toBe(false)
    expect(measureJson('[[[[]]]]', 3).tooDeep).toBe(true)
    expect(measureJson('[[],[],[],[]]', 2).tooDeep).toBe(false)
  })
})

test.each([
  ['NUL', { notes: [{ text: 'fine' }, { text: 'a\0b' }] }, ['notes', 1, 'text']],
  ['half of a pair', { family: '\ud83d' }, ['family']],
  ['neither', { family: '🔪', notes: [{ text: 'fine' }] }, null],
])('text that cannot be stored is found by its path: %s', (_reason, value, path) => {
  expect(findBadText(value)).toEqual(path)
})
