import { type Assertion, assertions, type Mention } from '../../scan/mention.ts'
import type { Scanner } from '../../scan/scanner.ts'
import type { LabelledStanding, Meant, SimpleLine } from './simple-lines.ts'

/** How labelled places are read with one assertion. */
export interface AssertionScore {
  readonly assertion: Assertion
  /** Places labelled with it. */
  readonly expected: number
  /** Labelled places read with it. */
  readonly found: number
  readonly right: number
  /** Null where there is no such share. */
  readonly precision: number | null
  readonly recall: number | null
  readonly f1: number | null
}

/** How far a note's strongest mention is from its label, gravest first. */
export const readingErrors = ['hidden', 'too-low', 'too-high', 'needless'] as const
export type ReadingError = (typeof readingErrors)[number]

export interface ReadingScores {
  readonly assertions: readonly AssertionScore[]
  /** Notes that say how their strongest mention should stand. */
  readonly notes: number
  readonly right: number
  readonly errors: Readonly<Record<ReadingError, readonly string[]>>
}

/** Scores how mentions are read: the assertion of each labelled place, and the standing of each labelled note. */
export function makeReadingScores(scanner: Scanner) {
  const tallies = new Map(assertions.map(each => [each, { expected: 0, found: 0, right: 0 }]))
  const errors: Record<ReadingError, string[]> = { hidden: [], 'too-low': [], 'too-high': [], needless: [] }
  let notes = 0
  return {
    add({ id, scannable, standing, meant }: SimpleLine): void {
      if (standing === null && meant.length === 0) return
      const { mentions } = scanner.scan(scannable)
      for (const place of meant) {
        if (place.assertion === null) continue
        const read = strongestOf(mentions.filter(mention => overlaps(mention, place)))
        const expected = tallies.get(place.assertion)
        if (expected !== undefined) expected.expected++
        const found = read === null ? undefined : tallies.get(read.assertion)
        if (found !== undefined) found.found++
        if (expected !== undefined && found === expected) expected.right++
      }
      if (standing === null) return
      notes++
      const error = errorOf(strongestOf(mentions)?.standing ?? 'none', standing)
      if (error !== null) errors[error].push(id)
    },
    scores: (): ReadingScores => ({
      assertions: [...tallies]
        .filter(([, { expected, found }]) => expected + found > 0)
        .map(([assertion, tally]) => ({ assertion, ...tally, ...sharesOf(tally) })),
      notes,
      right: notes - readingErrors.reduce((sum, each) => sum + errors[each].length, 0),
      errors,
    }),
  }
}

/** Strongest first. */
const strength: readonly LabelledStanding[] = ['counted', 'lowered', 'set-aside', 'none']

function strongestOf(mentions: readonly Mention[]): Mention | null {
  return mentions.toSorted((a, b) => strength.indexOf(a.standing) - strength.indexOf(b.standing))[0] ?? null
}

function overlaps({ section, start, end }: Mention, place: Meant): boolean {
  return section === place.section && start < place.end && place.start < end
}

/** `hidden`: the nurse should see it and does not. `needless`: it is queued and need not be. */
function errorOf(found: LabelledStanding, labelled: readonly LabelledStanding[]): ReadingError | null {
  if (labelled.includes(found)) return null
  const isSeen = (standing: LabelledStanding) => standing === 'counted' || standing === 'lowered'
  if (!isSeen(found)) return labelled.every(isSeen) ? 'hidden' : 'too-low'
  if (!labelled.some(isSeen)) return 'needless'
  return found === 'counted' ? 'too-high' : 'too-low'
}

function sharesOf({ expected, found, right }: { expected: number; found: number; right: number }) {
  const precision = found === 0 ? null : right / found
  const recall = expected === 0 ? null : right / expected
  const hasBoth = precision !== null && recall !== null && precision + recall > 0
  return { precision, recall, f1: hasBoth ? (2 * precision * recall) / (precision + recall) : null }
}
