import type { Priority } from '../../rules/rule.ts'
import type { Scanned } from '../../scan/mention.ts'
import type { Scannable, Scanner } from '../../scan/scanner.ts'
import type { SimpleLine } from './simple-lines.ts'

/** One attendance that the two rulesets read differently. */
export interface Difference {
  readonly id: string
  readonly day: string | null
  readonly kind: 'lost' | 'gained' | 'moved'
  readonly before: Priority | null
  readonly after: Priority | null
  /** Rules whose mentions count or are lowered on one side only. */
  readonly rulesLost: readonly string[]
  readonly rulesGained: readonly string[]
}

/** Attendances that each rule flags, before and after. */
export interface RuleCount {
  before: number
  after: number
  lost: number
  gained: number
}

export interface Comparison {
  readonly read: number
  readonly outOfScope: number
  readonly unchanged: number
  readonly flaggedBefore: number
  readonly flaggedAfter: number
  readonly differences: readonly Difference[]
  readonly rules: ReadonlyMap<string, RuleCount>
  /** Flags by day of arrival, before and after; only lines that name their day. */
  readonly days: ReadonlyMap<string, { before: number; after: number }>
}

/** Counts what one ruleset flags and another does not, attendance by attendance. No words of a note are kept. */
export function makeComparison({ before, after }: { before: Scanner | null; after: Scanner }) {
  const counts = { read: 0, outOfScope: 0, unchanged: 0, flaggedBefore: 0, flaggedAfter: 0 }
  const differences: Difference[] = []
  const rules = new Map<string, RuleCount>()
  const days = new Map<string, { before: number; after: number }>()
  return {
    add({ id, day, scannable }: SimpleLine): void {
      const now = sideOf(after, scannable)
      // Without a base there is nothing to differ from: the same reading stands on both sides.
      const then = before === null ? now : sideOf(before, scannable)
      counts.read++
      if (now.outcome === 'out-of-scope') counts.outOfScope++
      if (then.priority !== null) counts.flaggedBefore++
      if (now.priority !== null) counts.flaggedAfter++
      countRules(rules, then.rules, now.rules)
      if (day !== null) countDay(days, { day, before: then.priority !== null, after: now.priority !== null })
      const difference = differenceOf({ id, day }, then, now)
      if (difference === null) counts.unchanged++
      else differences.push(difference)
    },
    result: (): Comparison => ({ ...counts, differences, rules, days }),
  }
}

interface Side {
  readonly outcome: Scanned['outcome']
  readonly priority: Priority | null
  readonly rules: ReadonlySet<string>
}

/** A rule on trial is counted in figures and never flags: its mentions show in the rule's row all the same. */
function sideOf(scanner: Scanner, scannable: Scannable): Side {
  const { outcome, priority, mentions } = scanner.scan(scannable)
  const standing = mentions.filter(mention => mention.standing !== 'set-aside')
  return { outcome, priority, rules: new Set(standing.map(({ rule }) => rule)) }
}

function differenceOf(line: Pick<SimpleLine, 'id' | 'day'>, then: Side, now: Side): Difference | null {
  const rulesLost = [...then.rules.difference(now.rules)].sort()
  const rulesGained = [...now.rules.difference(then.rules)].sort()
  const isSame = then.priority === now.priority && rulesLost.length === 0 && rulesGained.length === 0
  if (isSame) return null
  const kind =
    now.priority === null && then.priority !== null
      ? 'lost'
      : then.priority === null && now.priority !== null
        ? 'gained'
        : 'moved'
  return { ...line, kind, before: then.priority, after: now.priority, rulesLost, rulesGained }
}

function countRules(
  counts: Map<string, RuleCount>,
  then: ReadonlySet<string>,
  now: ReadonlySet<string>,
): void {
  for (const rule of then.union(now)) {
    const count = counts.get(rule) ?? { before: 0, after: 0, lost: 0, gained: 0 }
    counts.set(rule, count)
    if (then.has(rule)) count.before++
    if (now.has(rule)) count.after++
    if (then.has(rule) && !now.has(rule)) count.lost++
    if (now.has(rule) && !then.has(rule)) count.gained++
  }
}

function countDay(
  days: Map<string, { before: number; after: number }>,
  { day, before, after }: { day: string; before: boolean; after: boolean },
): void {
  const count = days.get(day) ?? { before: 0, after: 0 }
  days.set(day, count)
  if (before) count.before++
  if (after) count.after++
}
