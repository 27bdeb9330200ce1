/**
 * Why a mention was found only when history was read again: its rule was added since, or changed since; what finds
 * it is older than the message all the same; or the message could not be read before, or had no receipt.
 */
export const lateReasons = [
  'rule-added',
  'rule-changed',
  'read-again',
  'unreadable-before',
  'not-counted-before',
] as const
export type LateReason = (typeof lateReasons)[number]

/** A rule that found something in an attendance after the attendance had been read. */
export interface FoundLate {
  readonly rule: string
  readonly ruleName: string
  readonly reason: LateReason
  /** ISO day of Europe/London: when the rule was added or changed, else when the message was read again. */
  readonly day: string
}

/** Since when a rule is in use here, and since when in its present words. ISO instants. */
export interface RuleAge {
  readonly addedAt: string
  readonly changedAt: string
}

/** Why the rule did not find it when the message came, as far as the ages of rules tell. */
export function lateReasonOf({
  age,
  receivedAt,
}: {
  readonly age: RuleAge | undefined
  readonly receivedAt: string
}): Exclude<LateReason, 'unreadable-before' | 'not-counted-before'> {
  if (age === undefined) return 'read-again'
  if (isAfter(age.addedAt, receivedAt)) return 'rule-added'
  return isAfter(age.changedAt, receivedAt) ? 'rule-changed' : 'read-again'
}

function isAfter(one: string, other: string): boolean {
  return Temporal.Instant.compare(one, other) > 0
}
