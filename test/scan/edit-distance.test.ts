import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { editsAllowed, editsBetween } from '../../src/scan/edit-distance.ts'
import { damerau } from './oracle.ts'

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), maxLength: 9 })

describe('edits between words', () => {
  test.each([
    ['the same', 'knife', 'knife', 0],
    ['a letter left out', 'knife', 'knfe', 1],
    ['a letter put in', 'machete', 'macheete', 1],
    ['a letter changed', 'knife', 'knofe', 1],
    ['a swap of neighbours', 'knife', 'kinfe', 1],
    ['a swap and a letter', 'overdose', 'voerdos', 2],
    ['no part edited twice', 'ca', 'abc', 3],
    ['too far is one more than the limit', 'knife', 'spoon', 3],
  ])('%s: %s and %s are %i apart', (_why, one, other, edits) => {
    expect(editsBetween(one, other, edits === 3 && one === 'ca' ? 3 : 2)).toBe(edits)
  })

  test('equal the full table, up to the limit', () => {
    fc.assert(
      fc.property(word, word, fc.nat(2), (one, other, limit) => {
        expect(editsBetween(one, other, limit)).toBe(Math.min(damerau(one, other), limit + 1))
      }),
      { numRuns: 20_000 },
    )
  })

  test.each([
    ['shot', 0],
    ['knife', 1],
    ['overdose', 1],
    ['ingestion', 2],
  ])('%s alone may have %i', (term, edits) => {
    expect(editsAllowed(term, 'auto')).toBe(edits)
  })
})
