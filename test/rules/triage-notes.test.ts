import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { beforeAll, expect, test } from 'vitest'
import { loadRules, requireRuleset } from '../../src/adapters/rules-folder/load-rules.ts'
import { makeReadingScores, type ReadingScores } from '../../src/processes/commands/score-readings.ts'
import { readSimpleLine } from '../../src/processes/commands/simple-lines.ts'
import { makeScanner } from '../../src/scan/scan.ts'

/**
 * Invented triage notes, each labelled by its writer before the rules were read: how its words are meant, and how it
 * should stand. Floors against going back, no estimate for a hospital's notes. When written, 308 of 392 stood so.
 */
let scores: ReadingScores

beforeAll(async () => {
  const readings = makeReadingScores(makeScanner(requireRuleset(await loadRules('rules'))))
  for await (const text of createInterface({ input: createReadStream('test/rules/triage-notes.ndjson') })) {
    const read = readSimpleLine(text)
    if (read.kind === 'line') readings.add(read.line)
  }
  scores = readings.scores()
})

test('every note is read', () => {
  expect(scores.notes).toBe(392)
})

test('nine notes in ten stand as labelled, and hardly any that should be seen is hidden', () => {
  expect(scores.right / scores.notes).toBeGreaterThanOrEqual(0.9)
  expect(scores.errors.hidden.length).toBeLessThanOrEqual(8)
  expect(scores.errors.needless.length).toBeLessThanOrEqual(4)
})

test('denials, the past, other people and advice are each told apart', () => {
  const floors = { affirmed: 0.9, negated: 0.9, historical: 0.85, 'other-person': 0.6, hypothetical: 0.8 }
  for (const { assertion, f1 } of scores.assertions)
    expect([assertion, f1]).toEqual([assertion, expect.any(Number)])
  const below = scores.assertions.filter(({ assertion, f1 }) => (f1 ?? 0) < floors[assertion])
  expect(below).toEqual([])
})
