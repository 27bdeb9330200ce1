import { type ChecklistLine, completenessProblems, replacesChildProtection } from './checklist.ts'
import type { FieldProblem } from './decision-form.ts'

/** What must be so before a child's actions count as complete. */
export interface Completing {
  readonly lines: readonly ChecklistLine[]
  /** Referrals that nobody has acknowledged yet. */
  readonly unacknowledged: number
  /** A lead's reason to close although MACE stands in the place of child protection; empty where there is none. */
  readonly override: string
  readonly isLead: boolean
}

/** "Sent" is not complete: every line answered, none left to do, each referral acknowledged. */
export function completeProblems(completing: Completing): readonly FieldProblem[] {
  const { lines, unacknowledged } = completing
  return [
    ...completenessProblems(lines),
    ...(unacknowledged === 0
      ? []
      : [
          {
            field: 'outcome',
            message: 'A referral has not been acknowledged: choose “More information needed”',
          },
        ]),
    ...guardProblems(completing),
  ]
}

function guardProblems({ lines, override, isLead }: Completing): readonly FieldProblem[] {
  if (!replacesChildProtection(lines)) return []
  if (isLead && override.trim() !== '') return []
  return [
    {
      field: isLead ? 'override' : 'action-social-care',
      message: isLead
        ? 'Refer to social care, or enter why it is closed without'
        : 'MACE does not replace child protection: refer to social care, or ask a lead to close it',
    },
  ]
}
