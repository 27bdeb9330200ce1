import { type Decision, noActionKinds, outcomes } from '../../review/decision.ts'
import { dayAndTime, nearDay } from './dates.ts'
import { shown } from './shown-text.ts'

export interface DecisionWords {
  readonly outcome: string
  readonly detail: string | null
  readonly reason: string
  readonly by: string
  readonly at: string
  /** A later decision stands in its place; this one is kept. */
  readonly isReplaced: boolean
}

/** Newest first. */
export function presentDecisions(
  decisions: readonly Decision[],
  people: ReadonlyMap<string, string>,
): readonly DecisionWords[] {
  return decisions
    .toSorted((a, b) => (a.decidedAt < b.decidedAt ? 1 : -1))
    .map((decision, index) => ({
      outcome: outcomes[decision.outcome].label,
      detail: detailOf(decision),
      reason: shown(decision.reason),
      by: people.get(decision.decidedBy) ?? decision.decidedBy,
      at: dayAndTime(decision.decidedAt),
      isReplaced: index > 0,
    }))
}

function detailOf({ noAction, deferUntil }: Decision): string | null {
  if (noAction !== null) return noActionKinds[noAction]
  return deferUntil === null ? null : `Until ${nearDay(deferUntil)}`
}
