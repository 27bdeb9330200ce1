import { type Priority, priorities } from '../rules/rule.ts'
import type { Mention } from '../scan/mention.ts'
import { isLifted } from '../scan/priority.ts'
import { ordinal } from './ordinal.ts'

/** A child with more attendances than `moreThan` in so many months, this one counted, attends repeatedly. */
export interface RepeatRule {
  readonly moreThan: number
  readonly months: number
}

/** The default of Leeds: over 3 in 6 months. */
export const defaultRepeatRule: RepeatRule = { moreThan: 3, months: 6 }

/** What repeated attendance makes of a flag: its band, and the reason that a nurse reads. */
export interface Repeated {
  readonly priority: Priority
  readonly because: string
}

/**
 * Lifts a flag by one band, as the other circumstances do: once, whichever of them hold, and never a flag of lowered
 * mentions alone. Null where the child does not attend repeatedly.
 */
export function rankRepeated(
  flag: {
    readonly priority: Priority
    readonly because: readonly string[]
    readonly mentions: readonly Mention[]
    readonly attendances: number
  },
  rule: RepeatRule,
): Repeated | null {
  const { priority, because, mentions, attendances } = flag
  if (attendances <= rule.moreThan) return null
  const counts = mentions.some(mention => mention.standing === 'counted')
  const isHighest = priority === priorities[0]
  const lifted =
    counts && !isHighest && !isLifted(because)
      ? (priorities[priorities.indexOf(priority) - 1] ?? priority)
      : priority
  const move = lifted === priority ? '' : ` Lifted from ${priority} to ${lifted}.`
  return { priority: lifted, because: `${ordinal(attendances)} attendance in ${rule.months} months.${move}` }
}
