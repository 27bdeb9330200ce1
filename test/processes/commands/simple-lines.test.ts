import { expect, test } from 'vitest'
import { readSimpleLine } from '../../../src/processes/commands/simple-lines.ts'

test('a simple line becomes what the scan reads', () => {
  const read = readSimpleLine(
    '{"id":"h1","ageYears":15.7,"day":"2026-03-01","sections":[{"section":"triage","text":"cut hand"}],"expect":["a"]}',
  )
  expect(read).toMatchObject({ kind: 'line', line: { id: 'h1', day: '2026-03-01', expect: ['a'] } })
  expect(read.kind === 'line' && read.line.scannable.ageOnArrival).toBe(15)
  expect(read.kind === 'line' && read.line.scannable.notes[0]?.words).toBe('cut hand')
})

test.each([
  ['no age', '{"id":"h1","sections":[]}'],
  ['an age of null', '{"id":"h1","ageYears":null,"sections":[]}'],
])('%s is an age not known, which is read as a child', (_reason, line) => {
  const read = readSimpleLine(line)
  expect(read.kind === 'line' && read.line.scannable.ageOnArrival).toBeNull()
})

test.each([
  ['not JSON', '{"id":"h1","sections":[{"text":"secretword', null, 'the line is not JSON'],
  ['not an object', '[1]', null, 'the line is not an object'],
  ['no id', '{"sections":[]}', null, '`id` cannot be read'],
  ['a text for the sections', '{"id":"h1","sections":"secretword"}', 'h1', '`sections` must be a list'],
  ['a number as text', '{"id":"h1","sections":[{"text":7}]}', 'h1', '`sections.0.text` cannot be read'],
  [
    'an age in words',
    '{"id":"h1","ageYears":"secretword","sections":[]}',
    'h1',
    '`ageYears` must be a number',
  ],
  ['a day that is none', '{"id":"h1","day":"2026-02-30","sections":[]}', 'h1', '`day` must be a date'],
])('%s is a problem with a name, and quotes nothing of the line', (_reason, line, id, problem) => {
  const read = readSimpleLine(line)
  expect(read).toMatchObject({ kind: 'unreadable', id })
  expect(read.kind === 'unreadable' && read.problem).toContain(problem)
  expect(JSON.stringify(read)).not.toContain('secretword')
})
