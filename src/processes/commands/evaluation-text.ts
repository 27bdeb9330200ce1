import { type ReadingScores, readingErrors } from './score-readings.ts'
import type { RuleScore } from './score-rules.ts'
import { formatTable } from './text-table.ts'

/** What `wren evaluate` prints for a person: a table of rules, one of assertions, and the ids of what went wrong. */
export function formatEvaluation(rules: readonly RuleScore[], readings: ReadingScores): string {
  const parts = [ruleTable(rules), missesOf(rules), assertionTable(readings), standingsOf(readings)]
  const text = parts.filter(part => part !== '').join('\n')
  return text === '' ? 'No rule was expected, and none found anything.\n' : text
}

function ruleTable(rules: readonly RuleScore[]): string {
  if (rules.length === 0) return ''
  return formatTable([
    ['rule', 'expected', 'found', 'right', 'precision', 'recall'],
    ...rules.map(({ rule, expected, found, right, precision, recall }) => [
      ...[rule, `${expected}`, `${found}`, `${right}`, percent(precision), percent(recall)],
    ]),
  ])
}

function missesOf(rules: readonly RuleScore[]): string {
  const misses = rules.flatMap(({ rule, missed }) =>
    missed.map(
      ({ id, setAside }) => `  ${rule}  ${id}${setAside === null ? '' : `  set aside: ${setAside}`}\n`,
    ),
  )
  return misses.length === 0 ? '' : `MISSED (${misses.length})\n${misses.join('')}`
}

function assertionTable({ assertions }: ReadingScores): string {
  if (assertions.length === 0) return ''
  return formatTable([
    ['assertion', 'labelled', 'read so', 'right', 'precision', 'recall', 'F1'],
    ...assertions.map(({ assertion, expected, found, right, precision, recall, f1 }) => [
      ...[assertion, `${expected}`, `${found}`, `${right}`, percent(precision), percent(recall)],
      f1 === null ? '–' : f1.toFixed(3),
    ]),
  ])
}

const wordsOfError = {
  hidden: 'HIDDEN: should be seen, and is not',
  'too-low': 'TOO LOW: stands lower than it should',
  'too-high': 'TOO HIGH: stands higher than it should',
  needless: 'NEEDLESS: is queued, and need not be',
} as const

function standingsOf({ notes, right, errors }: ReadingScores): string {
  if (notes === 0) return ''
  const lists = readingErrors
    .filter(each => errors[each].length > 0)
    .map(
      each =>
        `\n${wordsOfError[each]} (${errors[each].length})\n${errors[each].map(id => `  ${id}\n`).join('')}`,
    )
  return `${right} of ${notes} notes stand as labelled (${percent(right / notes)})\n${lists.join('')}`
}

/** "–" where there is no such share. */
function percent(share: number | null): string {
  return share === null ? '–' : `${(share * 100).toFixed(1)}%`
}
