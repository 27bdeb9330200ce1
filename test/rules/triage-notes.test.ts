import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { beforeAll, describe, expect, test } from 'vitest'
import { loadRules, requireRuleset } from '../../src/adapters/rules-folder/load-rules.ts'
import { Note } from '../../src/attendance/note.ts'
import { makeReadingScores, type ReadingScores } from '../../src/processes/commands/score-readings.ts'
import { readSimpleLine } from '../../src/processes/commands/simple-lines.ts'
import { makeScanner } from '../../src/scan/scan.ts'
import type { Scanner } from '../../src/scan/scanner.ts'

let scanner: Scanner

beforeAll(async () => {
  scanner = makeScanner(requireRuleset(await loadRules('rules')))
})

async function scoresOf(file: string): Promise<ReadingScores> {
  const readings = makeReadingScores(scanner)
  for await (const text of createInterface({ input: createReadStream(`test/rules/${file}`) })) {
    const read = readSimpleLine(text)
    if (read.kind === 'unreadable') throw new Error(`${file}: ${read.problem}`)
    readings.add(read.line)
  }
  return readings.scores()
}

/**
 * Invented triage notes, labelled by their writer before they were first read: how their words are meant, and how each
 * should stand. Floors against going back, no estimate for a hospital's notes: rules were changed for the causes of
 * what went wrong in half of the first set and in the second. When first read, 308 of 392 and 71 of 95 stood right.
 */
describe.each([
  { file: 'triage-notes.ndjson', notes: 392, right: 0.9, hidden: 9 },
  { file: 'second-triage-notes.ndjson', notes: 95, right: 0.88, hidden: 2 },
])('$file', ({ file, notes, right, hidden }) => {
  test('nine notes in ten stand as labelled, and hardly any that should be seen is hidden', async () => {
    const scores = await scoresOf(file)
    expect(scores.notes).toBe(notes)
    expect(scores.right / scores.notes).toBeGreaterThanOrEqual(right)
    expect(scores.errors.hidden.length).toBeLessThanOrEqual(hidden)
    expect(scores.errors.needless.length).toBeLessThanOrEqual(4)
  })

  test('denials, the past, other people and advice are each told apart', async () => {
    const { assertions } = await scoresOf(file)
    const floors = { affirmed: 0.8, negated: 0.85, historical: 0.85, 'other-person': 0.6, hypothetical: 0.8 }
    expect(assertions.map(({ assertion }) => assertion)).toEqual(
      Object.keys(floors).toSorted(inOrderOf(assertions)),
    )
    expect(assertions.filter(({ assertion, f1 }) => (f1 ?? 0) < floors[assertion])).toEqual([])
  })

  test('what is read as the past, as somebody else or as denied is so, nineteen times in twenty', async () => {
    const { assertions } = await scoresOf(file)
    const lowering = assertions.filter(
      ({ assertion }) => assertion !== 'affirmed' && assertion !== 'hypothetical',
    )
    expect(lowering.filter(({ precision }) => (precision ?? 1) < 0.95)).toEqual([])
  })
})

function inOrderOf(assertions: ReadingScores['assertions']) {
  const places = assertions.map(({ assertion }) => String(assertion))
  return (one: string, other: string) => places.indexOf(one) - places.indexOf(other)
}

describe('a knife, a gun or a gang that threatens counts, whatever harmless words surround it', () => {
  test('in notes written to deceive the rules', async () => {
    const scores = await scoresOf('threat-notes.ndjson')
    expect(scores.notes).toBe(81)
    expect(scores.errors).toEqual({ hidden: [], 'too-low': [], 'too-high': [], needless: [] })
  })

  const threats =
    `threatened him with|waved|held it to her throat, a|came at him with|lunged at pt with|pulled|pointed
    at her|chased him with|attacked her with|stabbed pt with|jabbed her with|poked him with|swung at pt|threw at him|
    brandished|produced|armed himself with|went for her with|brought to school|carried in bag|hid under bed|keeps for
    protection|was found with|flashed at him|stuck in his leg|cut her on purpose with|scared her with|ran at him with|
    tried to stab him with|menaced mum with|dragged across her palm|said he would use`
      .split('|')
      .map(threat => threat.replace(/\s+/g, ' ').trim())
  const contexts = [
    'while cooking tea',
    'chopping onions',
    'opening parcel',
    'during washing up',
    'in food tech',
  ]
  const knives = ['kitchen knife', 'butter knife', 'Stanley knife']

  test.each(threats)('"… %s knife …"', threat => {
    const lowered = contexts.flatMap(context =>
      knives.flatMap(knife =>
        [
          `Lad ${threat} ${knife} ${context}, cut to finger`,
          `${context}, dad ${threat} ${knife}. Lac hand`,
        ].filter(words => !counts(words)),
      ),
    )
    expect(lowered).toEqual([])
  })
})

function counts(words: string): boolean {
  const notes = [new Note({ section: 'triage', words })]
  const attendance = { ageOnArrival: 14, notes, codes: [], alerts: [], leftBeforeSeen: false }
  return scanner.scan(attendance).mentions.some(({ standing }) => standing === 'counted')
}
