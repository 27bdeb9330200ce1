import {
  type ChecklistLine,
  checkLines,
  isLines,
  mergeLines,
  type TypedChecklist,
} from '../review/checklist.ts'
import { completeProblems } from '../review/complete.ts'
import type { FieldProblem } from '../review/decision-form.ts'
import type { Actor } from './actor.ts'
import type { FlagFile } from './ports.ts'
import type { ReferralStatus } from './referral-port.ts'

export type CheckedActions =
  | { readonly kind: 'lines'; readonly lines: readonly ChecklistLine[] }
  | { readonly kind: 'invalid'; readonly problems: readonly FieldProblem[] }

/** The lines a form holds; none where the form had no checklist. */
export function readActions(checklist: TypedChecklist | undefined, today: string): CheckedActions {
  if (checklist === undefined) return { kind: 'lines', lines: [] }
  const checked = checkLines(checklist, today)
  return isLines(checked) ? { kind: 'lines', lines: checked } : { kind: 'invalid', problems: checked }
}

/** What keeps this child's actions from being complete once these lines are saved. */
export function incompleteProblems(
  file: FlagFile,
  { lines, actor, override }: { lines: readonly ChecklistLine[]; actor: Actor; override: string },
): readonly FieldProblem[] {
  return completeProblems({
    lines: mergeLines(file.checklist, lines),
    unacknowledged: file.referrals.filter(isUnacknowledged).length,
    override,
    isLead: actor.role === 'lead',
  })
}

/** A referral that was declined is a nurse's to settle, and as open as one that nobody has answered. */
function isUnacknowledged({ state, acknowledgedAt }: ReferralStatus): boolean {
  if (state === 'cancelled' || state === 'superseded') return false
  return state === 'declined' || acknowledgedAt === null
}
