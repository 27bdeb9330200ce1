import type { FieldProblem } from '../review/decision-form.ts'
import type { ReferralForm } from './referral.ts'
import { indicatorFields, type ReferralDraft } from './referral-draft.ts'
import { textLengthMax } from './referral-schema.ts'
import { indicators } from './risk-assessment.ts'

/** Fewer words than this say nothing that a partnership could act on: "Stabbed by older boys" has four. */
const concernWordsMin = 4

/**
 * Every problem of a referral form, in the order of its fields; none: it may be authorised. Consent never blocks:
 * a child's safety does not depend on it. Not having it needs a reason, so that the sharing can be justified.
 */
export function checkReferralForm(draft: ReferralDraft): readonly FieldProblem[] {
  return [
    ...concernProblems(draft),
    ...assessmentProblems(draft),
    ...consentProblems(draft),
    ...tooLong(draft),
  ]
}

/** The draft as a complete form; null while `checkReferralForm` has anything to say. */
export function completeForm(draft: ReferralDraft): ReferralForm | null {
  const { consent, parentsInformed, assessment } = draft
  const { overall } = assessment
  if (consent === null || parentsInformed === null || overall === null) return null
  if (checkReferralForm(draft).length > 0) return null
  return { ...draft, consent, parentsInformed, assessment: { ...assessment, overall } }
}

function concernProblems({ concerns }: ReferralDraft): FieldProblem[] {
  const words = wordsIn(concerns)
  if (words === 0) return [{ field: 'concerns', message: 'Enter what you are worried about' }]
  if (words >= concernWordsMin) return []
  return [{ field: 'concerns', message: 'Say in at least one full sentence what you are worried about' }]
}

function assessmentProblems({ assessment }: ReferralDraft): FieldProblem[] {
  if (assessment.overall !== null) return []
  return [{ field: 'overall', message: 'Select the overall risk, or that it cannot be judged yet' }]
}

function consentProblems(draft: ReferralDraft): FieldProblem[] {
  const problems: FieldProblem[] = []
  if (draft.consent === null) {
    problems.push({ field: 'consent', message: 'Select whether consent was asked for and given' })
  } else if (draft.consent !== 'given' && isBlank(draft.consentReason)) {
    const what =
      draft.consent === 'refused' ? 'although consent was refused' : 'without having asked for consent'
    problems.push({ field: 'consentReason', message: `Enter why you are sharing this ${what}` })
  }
  if (draft.parentsInformed === null) {
    problems.push({ field: 'parentsInformed', message: 'Select whether the parents or carers were told' })
  } else if (!draft.parentsInformed && isBlank(draft.parentsReason)) {
    problems.push({ field: 'parentsReason', message: 'Enter why the parents or carers were not told' })
  }
  return problems
}

function tooLong({ assessment, ...draft }: ReferralDraft): FieldProblem[] {
  const texts: readonly (readonly [field: string, label: string, text: string])[] = [
    ['concerns', 'What you are worried about', draft.concerns],
    ...assessment.indicators.map(
      ({ id, evidence }) =>
        [indicatorFields(id).evidence, `Evidence for “${indicators[id]}”`, evidence] as const,
    ),
    ['protectiveFactors', 'What keeps the child safe', assessment.protectiveFactors],
    ['childsView', 'The child’s view', assessment.childsView],
    ['analysis', 'Your analysis', assessment.analysis],
    ['consentReason', 'The reason to share', draft.consentReason],
    ['parentsReason', 'The reason why parents or carers were not told', draft.parentsReason],
  ]
  const max = textLengthMax.toLocaleString('en-GB')
  return texts
    .filter(([, , text]) => text.trim().length > textLengthMax)
    .map(([field, label]) => ({ field, message: `${label} must be ${max} characters or fewer` }))
}

function wordsIn(text: string): number {
  return text.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu)?.length ?? 0
}

function isBlank(text: string): boolean {
  return text.trim() === ''
}
