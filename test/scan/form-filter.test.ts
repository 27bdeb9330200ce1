import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codesOf, isWithinEdits } from '../../src/scan/edits-within.ts'
import { makeFormFilter, makeNearIndex } from '../../src/scan/form-filter.ts'
import type { Filed } from '../../src/scan/near-forms.ts'
import { takeWord } from '../../src/scan/word-at-hand.ts'
import { damerau } from './oracle.ts'

const letters = fc.constantFrom(...'abcdest')
const form = fc.string({ unit: letters, minLength: 3, maxLength: 12 })
const filed = fc
  .tuple(form, fc.constantFrom(0, 1, 2))
  .map(
    ([word, edits]): Filed<string> => ({ word, edits: edits === 0 ? 0 : edits === 1 ? 1 : 2, entry: word }),
  )
const near = fc
  .tuple(filed, fc.array(fc.tuple(fc.nat(12), fc.nat(3), letters), { maxLength: 2 }))
  .map(([one, edits]) => ({
    one,
    word: edits.reduce((text, [at, kind, put]) => {
      const [head, tail] = [text.slice(0, at), text.slice(at)]
      if (kind === 0) return head + tail.slice(1)
      if (kind === 1) return head + put + tail
      if (kind === 2) return head + put + tail.slice(1)
      return head + (tail[1] ?? '') + (tail[0] ?? '') + tail.slice(2)
    }, one.word),
  }))

describe('the filter of unknown words', () => {
  test('counts edits as the full table does', () => {
    fc.assert(
      fc.property(near, form, ({ one, word }, other) => {
        for (const each of [word, other].filter(text => text !== '')) {
          const length = takeWord(each)
          for (const limit of [1, 2] as const)
            expect([each, isWithinEdits(codesOf(one.word), length, limit)]).toEqual([
              each,
              damerau(one.word, each) <= limit,
            ])
        }
      }),
      { numRuns: 20_000 },
    )
  }, 60_000)

  test('never loses a word within the edits of a form', () => {
    fc.assert(
      fc.property(near, fc.array(filed, { maxLength: 4 }), ({ one, word }, others) => {
        fc.pre(one.edits > 0 && word !== '' && damerau(one.word, word) <= one.edits)
        const all = [one, ...others]
        const filter = makeFormFilter(all, () => true)
        const index = makeNearIndex(all)
        const length = takeWord(word)
        expect(filter.isSuspect(length)).toBe(true)
        expect(index.near(length)).toContain(one.word)
      }),
      { numRuns: 10_000 },
    )
  }, 60_000)

  test('never loses a form of very many letters that starts or ends a word', () => {
    const word = 'abcdefghijklmnopqrstuvwxyzabcdefghijkl'
    const filter = makeFormFilter([{ word, edits: 0, entry: word }], () => true)
    expect(filter.mayRunOn(takeWord(`${word}dx`))).toBe(true)
    expect(filter.mayRunOn(takeWord(`on${word}`))).toBe(true)
  })

  test('never loses a form that starts or ends a word', () => {
    fc.assert(
      fc.property(filed, form, fc.boolean(), (one, rest, isFirst) => {
        const filter = makeFormFilter([one], () => true)
        const length = takeWord(isFirst ? one.word + rest : rest + one.word)
        expect(filter.isSuspect(length)).toBe(true)
        expect(filter.mayRunOn(length)).toBe(true)
      }),
      { numRuns: 5_000 },
    )
  }, 60_000)
})
