import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { Note } from '../../src/attendance/note.ts'

const words = 'Brought in by aunt, knfie in bag'
const note = new Note({ section: 'triage', words })

test('whoever asks for the words by name gets them as typed', () => {
  expect(note.words).toBe(words)
})

test.each([
  ['JSON', (): string => JSON.stringify({ attendance: { notes: [note] } })],
  ['inspect, as console and assertion errors use it', (): string => inspect({ notes: [note] }, { depth: 9 })],
  ['a template', (): string => `${note}`],
  ['its own keys', (): string => JSON.stringify(Object.entries(note))],
  ['a spread copy', (): string => JSON.stringify({ ...note })],
])('%s shows no word of a note', (_way, show) => {
  expect(show()).not.toMatch(/aunt|knfie|bag/)
})
