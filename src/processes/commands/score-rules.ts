import type { Scanner } from '../../scan/scanner.ts'
import type { SimpleLine } from './simple-lines.ts'

/** How one rule does on labelled notes. */
export interface RuleScore {
  readonly rule: string
  readonly expected: number
  readonly found: number
  /** Found where it is expected. */
  readonly right: number
  /** Null where nothing was found, or nothing expected: there is no such share. */
  readonly precision: number | null
  readonly recall: number | null
  readonly missed: readonly Miss[]
  /** Ids of notes where it is found and not expected. */
  readonly notExpected: readonly string[]
}

export interface Miss {
  readonly id: string
  /** Why a mention of the rule was set aside; null where there is none at all. */
  readonly setAside: string | null
}

/** Scores each rule by itself: a mention that counts or is lowered is found, one that is set aside is not. */
export function makeScores(scanner: Scanner) {
  const tallies = new Map<
    string,
    { expected: number; right: number; missed: Miss[]; notExpected: string[] }
  >()
  const tallyOf = (rule: string) => {
    const tally = tallies.get(rule) ?? { expected: 0, right: 0, missed: [], notExpected: [] }
    tallies.set(rule, tally)
    return tally
  }
  return {
    add({ id, scannable, expect }: SimpleLine & { expect: readonly string[] }): void {
      const { mentions } = scanner.scan(scannable)
      const found = new Set(mentions.filter(each => each.standing !== 'set-aside').map(({ rule }) => rule))
      for (const rule of new Set(expect)) {
        const tally = tallyOf(rule)
        tally.expected++
        if (found.has(rule)) tally.right++
        else tally.missed.push({ id, setAside: mentions.find(each => each.rule === rule)?.because ?? null })
      }
      for (const rule of found) if (!expect.includes(rule)) tallyOf(rule).notExpected.push(id)
    },
    scores: (): readonly RuleScore[] =>
      [...tallies]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([rule, { expected, right, missed, notExpected }]) => {
          const found = right + notExpected.length
          return {
            rule,
            expected,
            found,
            right,
            missed,
            notExpected,
            precision: found === 0 ? null : right / found,
            recall: expected === 0 ? null : right / expected,
          }
        }),
  }
}
