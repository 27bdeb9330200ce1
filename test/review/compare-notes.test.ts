import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Note } from '../../src/attendance/note.ts'
import { compareNotes, compareWords } from '../../src/review/compare-notes.ts'

test('words changed one after the other are one change', () => {
  expect(compareWords('Mum on her way.', 'Mum is here.')).toEqual([
    { kind: 'same', text: 'Mum ' },
    { kind: 'removed', text: 'on her way' },
    { kind: 'added', text: 'is here' },
    { kind: 'same', text: '.' },
  ])
})

test('without what was added it is the text before, without what was removed the text after', () => {
  const words = fc
    .array(fc.constantFrom('knife', 'mum', 'Denies', ' ', '\n', ', ', '🙂'), { maxLength: 30 })
    .map(parts => parts.join(''))
  fc.assert(
    fc.property(words, words, (before, after) => {
      const changes = compareWords(before, after)
      const textOf = (left: 'added' | 'removed') =>
        changes
          .filter(({ kind }) => kind !== left)
          .map(({ text }) => text)
          .join('')
      expect(textOf('added')).toBe(before)
      expect(textOf('removed')).toBe(after)
    }),
  )
})

test('two texts with nothing in common cost no more than their length', () => {
  const before = Array.from({ length: 20_000 }, (_, each) => `a${each}`).join(' ')
  const after = Array.from({ length: 20_000 }, (_, each) => `b${each}`).join(' ')
  expect(compareWords(before, after).map(({ kind }) => kind)).toEqual(['removed', 'added'])
})

test('a note that came later is all added, and one that stayed is not listed', () => {
  const triage = new Note({ section: 'triage', words: 'Seen.' })
  const clinical = new Note({ section: 'clinical', words: 'Knife found.' })
  expect(compareNotes([triage], [triage, clinical])).toEqual([
    { section: 'clinical', changes: [{ kind: 'added', text: 'Knife found.' }] },
  ])
})
