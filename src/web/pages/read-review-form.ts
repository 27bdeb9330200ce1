import { lineField, type TypedChecklist } from '../../review/checklist.ts'
import type { DecisionForm } from '../../review/decision-form.ts'
import { actionIds } from '../../review/safeguarding-actions.ts'
import type { Fields } from '../fields.ts'

/** All that a nurse types while she reviews: the outcome with its reason, and the checklist. */
export interface TypedReview {
  readonly form: DecisionForm
  readonly checklist: TypedChecklist
  readonly override: string
}

export function readReview(form: Fields): TypedReview {
  return { form: readDecision(form), checklist: readChecklist(form), override: form.text('override') }
}

export function readDecision(form: Fields): DecisionForm {
  return {
    outcome: form.text('outcome'),
    reason: form.text('reason'),
    noAction: form.text('noAction'),
    deferUntil: form.text('deferUntil'),
    wrongMatch: form.text('wrongMatch'),
  }
}

export function readChecklist(form: Fields): TypedChecklist {
  return {
    lines: actionIds.map(action => ({
      action,
      answer: form.text(lineField(action, 'answer')),
      words: form.text(lineField(action, 'words')),
      owner: form.text(lineField(action, 'owner')),
      due: form.text(lineField(action, 'due')),
      detail: form.text(lineField(action, 'detail')),
    })),
    restReason: form.text('restReason'),
  }
}
