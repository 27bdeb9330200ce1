import type { Comparison, Difference, RuleCount } from './compare-rulesets.ts'
import { formatTable } from './text-table.ts'

interface Shown {
  readonly json: boolean
  /** Without a base there are counts and no differences. */
  readonly hasBase: boolean
}

export function formatComparison(comparison: Comparison, { json, hasBase }: Shown): string {
  if (json) return `${JSON.stringify(asJson(comparison))}\n`
  const { differences, rules } = comparison
  const of = (kind: Difference['kind']) => differences.filter(each => each.kind === kind)
  const lists = hasBase
    ? [
        listOf('LOST', of('lost')),
        listOf('GAINED', of('gained')),
        listOf('MOVED TO ANOTHER BAND OR RULE', of('moved')),
      ]
    : []
  return [...lists, ruleTable(rules, hasBase), dayTable(comparison, hasBase)]
    .filter(part => part !== '')
    .join('\n')
}

/** Such as "2 lost, 9 gained, 50 unchanged, 0.3 more a day". */
export function summaryOf(comparison: Comparison, at: { hasBase: boolean; unreadable: number }): string {
  const { read, outOfScope, flaggedBefore, flaggedAfter, differences, unchanged, days } = comparison
  const scope = `${read} notes read, ${outOfScope} out of scope${at.unreadable === 0 ? '' : `, ${at.unreadable} lines unreadable`}`
  if (!at.hasBase)
    return `${scope}; ${flaggedAfter} flagged. --base DIR compares with the rules as they were.`
  const count = (kind: Difference['kind']) => differences.filter(each => each.kind === kind).length
  const more = days.size === 0 ? null : (flaggedAfter - flaggedBefore) / days.size
  const daily = more === null ? '' : `, ${Math.abs(more).toFixed(1)} ${more < 0 ? 'fewer' : 'more'} a day`
  return `${scope}; ${count('lost')} lost, ${count('gained')} gained, ${count('moved')} moved, ${unchanged} unchanged${daily}.`
}

const shownMax = 200

function listOf(title: string, differences: readonly Difference[]): string {
  if (differences.length === 0) return ''
  const rows = differences
    .slice(0, shownMax)
    .map(({ id, day, before, after, rulesLost, rulesGained }) => [
      ...['', id, day ?? '', `${before ?? 'not flagged'} → ${after ?? 'not flagged'}`],
      [...rulesLost.map(rule => `-${rule}`), ...rulesGained.map(rule => `+${rule}`)].join(' '),
    ])
  const more =
    differences.length > shownMax ? `  … and ${differences.length - shownMax} more: see --json\n` : ''
  return `${title} (${differences.length})\n${formatTable(rows)}${more}`
}

function ruleTable(rules: ReadonlyMap<string, RuleCount>, hasBase: boolean): string {
  const rows = [...rules]
    .sort(([, a], [, b]) => b.lost - a.lost || b.after - a.after)
    .map(([rule, { before, after, lost, gained }]) =>
      hasBase ? ['', rule, `${before}`, `${after}`, `${lost}`, `${gained}`] : ['', rule, `${after}`],
    )
  if (rows.length === 0) return ''
  const head = hasBase ? ['', 'rule', 'before', 'after', 'lost', 'gained'] : ['', 'rule', 'notes']
  return `NOTES BY RULE\n${formatTable([head, ...rows])}`
}

function dayTable({ days }: Comparison, hasBase: boolean): string {
  if (days.size === 0) return ''
  const rows = [...days]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, { before, after }]) => (hasBase ? ['', day, `${before}`, `${after}`] : ['', day, `${after}`]))
  const head = hasBase ? ['', 'day', 'before', 'after'] : ['', 'day', 'flags']
  return `FLAGS BY DAY\n${formatTable([head, ...rows])}`
}

function asJson({ rules, days, ...counts }: Comparison): object {
  return { ...counts, rules: Object.fromEntries(rules), days: Object.fromEntries(days) }
}
