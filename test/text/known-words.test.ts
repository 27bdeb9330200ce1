import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeKnownWords } from '../../src/text/known-words.ts'
import { fillWordTable, known, makeWordTable, verdictOf } from '../../src/text/word-table.ts'

describe('known words', () => {
  test.each([
    ['a common word', 'forearm', true],
    ['British spelling', 'paralysed', true],
    ['American spelling', 'paralyzed', true],
    ['a word of a site', 'gunn', true],
    ['part of a word with an apostrophe', 'malley', true],
    ['a misspelling', 'kinfe', false],
    ['a run-on', 'onknife', false],
    ['nothing', '', false],
  ])('%s: %s is known: %s', (_why, word, is) => {
    expect(makeKnownWords(['Gunn', "O'Malley"]).has(word)).toBe(is)
  })

  test('the commonest words are the least rare', () => {
    const words = makeKnownWords([])
    expect(words.rarityOf('the')).toBe(10)
    expect(words.rarityOf('qqqq')).toBe(100)
  })

  test('a neighbour is one edit away', () => {
    const { hasNeighbour } = makeKnownWords([])
    expect(hasNeighbour('foream')).toBe(true)
    expect(hasNeighbour('gastroenteritsi')).toBe(true)
    expect(hasNeighbour('kqxzvw')).toBe(false)
  })

  test('the table holds what was put in and nothing else', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'z', 'é'), maxLength: 20 })
    fc.assert(
      fc.property(fc.uniqueArray(word, { maxLength: 200 }), fc.array(word), (words, others) => {
        const entry = { verdict: known, rarity: 50 } as const
        const table = fillWordTable(
          makeWordTable([200, 200, 200]),
          words.filter(each => each !== '').map(each => [each, entry] as const),
        )
        for (const each of [...words, ...others]) {
          expect(verdictOf(table, each)).toBe(each !== '' && words.includes(each) ? known : 0)
        }
      }),
      { numRuns: 500 },
    )
  })
})
