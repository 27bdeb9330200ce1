import type { FoundLate } from '../../review/found-late.ts'
import { day } from './dates.ts'
import { shown } from './shown-text.ts'

/** Why an attendance of the past comes to the queue now, a line for each rule. */
export function presentFoundLate(found: readonly FoundLate[]): readonly string[] {
  return found.map(each => `Found late: ${becauseOf(each)}`)
}

function becauseOf({ reason, ruleName, day: isoDay }: FoundLate): string {
  const rule = `rule “${shown(ruleName)}”`
  switch (reason) {
    case 'rule-added':
      return `${rule} added on ${day(isoDay)}`
    case 'rule-changed':
      return `${rule} changed on ${day(isoDay)}`
    case 'read-again':
      return `${rule}, when it was read again on ${day(isoDay)}`
    case 'unreadable-before':
      return `the message could not be read until ${day(isoDay)}`
    case 'not-counted-before':
      return `the message had not been counted until ${day(isoDay)}`
    default:
      throw new Error(`no words for ${reason satisfies never}`)
  }
}
