import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeHasNeighbour } from '../../src/text/neighbours.ts'
import { fillWordTable, known, makeWordTable } from '../../src/text/word-table.ts'
import { damerau } from '../scan/oracle.ts'

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é'), minLength: 1, maxLength: 8 })
const long = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 5, maxLength: 20 })

describe('neighbours among known words', () => {
  test.each([
    ['short words', word],
    ['words of up to 20 letters', long],
  ])(
    '%s: there is one where a comparison with every word finds one',
    (_what, some) => {
      fc.assert(
        fc.property(fc.uniqueArray(some, { maxLength: 12 }), some, (words, asked) => {
          fc.pre(!words.includes(asked))
          const table = fillWordTable(
            makeWordTable([20, 20, 20]),
            words.map(each => [each, { verdict: known, rarity: 50 }] as const),
          )
          // A letter beyond a to z is never put in: what it would make is no word of English.
          const isNear = words.some(each => damerau(each, asked) === 1 && isReached(each, asked))
          expect(makeHasNeighbour(table)(asked)).toBe(isNear)
        }),
        { numRuns: 2_000 },
      )
    },
    60_000,
  )
})

function isReached(other: string, asked: string): boolean {
  const count = (text: string) => [...text].filter(letter => letter === 'é').length
  return count(other) <= count(asked)
}
