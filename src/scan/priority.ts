import { type Priority, priorities, type Rule } from '../rules/rule.ts'
import type { Mention } from './mention.ts'
import type { Scannable } from './scanner.ts'

/** The band of the queue and why, one short sentence a reason. */
export interface Ranking {
  readonly priority: Priority
  readonly because: readonly string[]
}

interface Circumstance {
  readonly holds: (attendance: Scannable, counted: readonly Mention[]) => boolean
  readonly because: string
}

/**
 * Each circumstance is a reason that a nurse reads. The first table lifts the flag by one band, once, however many
 * of its rows hold; a flag of lowered mentions alone is never lifted. One more circumstance, repeated attendance, is
 * known only where attendances are kept: review/repeat-attendance.
 */
const lifts: readonly Circumstance[] = [
  {
    holds: (_attendance, counted) => new Set(counted.map(mention => mention.theme)).size > 1,
    because: 'Several kinds of harm are mentioned.',
  },
  {
    holds: ({ ageOnArrival }) => ageOnArrival !== null && ageOnArrival < 13,
    because: 'The child is under 13.',
  },
  { holds: ({ leftBeforeSeen }) => leftBeforeSeen, because: 'Left before being seen.' },
  { holds: ({ alerts }) => alerts.length > 0, because: 'The record carries a safeguarding alert.' },
]

/** Null where no mention counts and none is lowered: nothing to queue. */
export function rank(at: {
  readonly attendance: Scannable
  readonly mentions: readonly Mention[]
  readonly rules: ReadonlyMap<string, Rule>
}): Ranking | null {
  const { attendance, mentions, rules } = at
  const counted = mentions.filter(mention => mention.standing === 'counted')
  if (counted.length === 0) {
    const isLowered = mentions.some(mention => mention.standing === 'lowered')
    return isLowered
      ? { priority: 'low', because: ['Everything found is lowered, see why beside each.'] }
      : null
  }
  const first =
    priorities.find(each => counted.some(({ rule }) => rules.get(rule)?.priority === each)) ?? 'low'
  const named = [
    ...new Set(counted.filter(({ rule }) => rules.get(rule)?.priority === first).map(m => m.ruleName)),
  ]
  const reasons = lifts.filter(({ holds }) => holds(attendance, counted)).map(({ because }) => because)
  const priority = reasons.length > 0 ? lift(first) : first
  const lifted = priority === first ? [] : [`${liftedFrom} ${first} to ${priority}.`]
  return { priority, because: [`${named.join(', ')}: ${first} priority.`, ...reasons, ...lifted] }
}

/** One circumstance has lifted the flag already: no other lifts it again. */
export function isLifted(because: readonly string[]): boolean {
  return because.some(reason => reason.startsWith(liftedFrom))
}

const liftedFrom = 'Lifted from'

function lift(priority: Priority): Priority {
  return priorities[Math.max(0, priorities.indexOf(priority) - 1)] ?? priority
}
