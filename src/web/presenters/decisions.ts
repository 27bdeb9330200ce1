import { canUndo, type KeptDecision, noActionKinds, outcomes, undoMs } from '../../review/decision.ts'
import { clockTime, dayAndTime, nearDay } from './dates.ts'
import { shown } from './shown-text.ts'

export interface DecisionWords {
  readonly id: string
  readonly outcome: string
  readonly detail: string | null
  readonly reason: string
  readonly by: string
  readonly at: string
  /** It was taken back or a later decision stands in its place; it is kept, struck through. */
  readonly struck: string | null
  /** Until when its author can undo it without a reason, such as "9:40am"; null where she cannot. */
  readonly undoUntil: string | null
}

/** Newest first. */
export function presentDecisions(
  decisions: readonly KeptDecision[],
  { people, me, now }: { people: ReadonlyMap<string, string>; me: string; now: string },
): readonly DecisionWords[] {
  return decisions.toReversed().map((decision, index) => ({
    id: decision.id,
    outcome: outcomeLabel(decision),
    detail: decisionDetail(decision),
    reason: shown(decision.reason),
    by: people.get(decision.decidedBy) ?? decision.decidedBy,
    at: dayAndTime(decision.decidedAt),
    struck: struckWords(decision, { people, isLatest: index === 0 }),
    undoUntil:
      index === 0 && canUndo(decision, { who: me, now })
        ? clockTime(Temporal.Instant.from(decision.decidedAt).add({ milliseconds: undoMs }).toString())
        : null,
  }))
}

function struckWords(
  { takenBack }: KeptDecision,
  { people, isLatest }: { people: ReadonlyMap<string, string>; isLatest: boolean },
): string | null {
  if (takenBack === null) return isLatest ? null : 'replaced by a later outcome'
  const { by, at, why } = takenBack
  const who = `${people.get(by) ?? by}, ${dayAndTime(at)}`
  return why === null ? `undone by ${who}` : `taken back by ${who}: ${shown(why)}`
}

export function outcomeLabel({ outcome }: Pick<KeptDecision, 'outcome'>): string {
  return outcomes[outcome].label
}

/** Why no action is needed, or until when it is deferred; null where the outcome says it all. */
export function decisionDetail({ noAction, wrongMatch, deferUntil }: KeptDecision): string | null {
  if (wrongMatch !== null) return `Wrong match: “${shown(wrongMatch.term)}” means something else`
  if (noAction !== null) return noActionKinds[noAction]
  return deferUntil === null ? null : `Until ${nearDay(deferUntil)}`
}
