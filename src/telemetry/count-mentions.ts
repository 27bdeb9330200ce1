import type { Mention } from '../scan/mention.ts'
import type { MetricFamilies } from './metric-families.ts'

/** Counts the mentions of one attendance: each by what it does to the flag and why, and once for each rule. */
export function countMentions(families: MetricFamilies, mentions: readonly Mention[]): void {
  for (const mention of mentions) {
    const { rule, standing } = mention
    families.mentions.inc({ rule, standing, reason: standingReason(mention) })
  }
  const matching = new Map(
    mentions
      .filter(({ standing, trial }) => trial || standing !== 'set-aside')
      .map(each => [each.rule, each]),
  )
  for (const { rule, theme, trial } of matching.values()) {
    families.ruleMatches.inc({ rule, theme, status: trial ? 'trial' : 'live' })
  }
}

/** The sentence that nurses read may quote the note; this is the bounded word behind it. */
function standingReason({ assertion, standing, trial }: Mention): string {
  if (trial) return 'trial'
  if (assertion !== 'affirmed') return assertion
  return { counted: 'affirmed', lowered: 'lowered', 'set-aside': 'other_meaning' }[standing]
}
