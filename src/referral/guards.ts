import type { FieldProblem } from '../review/decision-form.ts'
import { answerTo } from './assessment-form.ts'
import type { ReferralForm } from './referral.ts'

/**
 * What a referral must not be used for. MACE and GET SAFE run beside child protection and never replace it; knife
 * and gunshot wounds are normally told to the police (General Medical Council, Confidentiality: reporting gunshot and
 * knife wounds). A lead may authorise without social care, with a reason that travels with the referral.
 */
export function guardProblems({ answers, isWeaponFound, isLead }: ReferralForm): readonly FieldProblem[] {
  const answer = (field: string): string => answerTo(answers, field)
  const problems: FieldProblem[] = []
  if (needsSocialCare(answers) && !(isLead && answer('harmReason') !== '')) {
    problems.push({
      field: isLead ? 'harmReason' : 'socialCare',
      message: isLead
        ? 'Enter why this goes without a referral to social care, although harm may be significant'
        : 'A child who may be suffering significant harm is referred to social care first. A lead may authorise without it, with a reason',
    })
  }
  if (isMaceInstead(answers)) {
    problems.push({
      field: 'strategyDiscussion',
      message: 'MACE does not replace a strategy discussion: ask for one, or do not tell MACE',
    })
  }
  const police = answer('police')
  if (isWeaponFound && police === '') {
    problems.push({
      field: 'police',
      message: 'A weapon was found in the notes: select whether the police were told',
    })
  }
  if ((police === 'no' || (isWeaponFound && police === 'not-needed')) && answer('policeReason') === '') {
    problems.push({ field: 'policeReason', message: 'Enter why the police were not told' })
  }
  return problems
}

/** Significant harm, and no referral to social care. */
export function needsSocialCare(answers: ReferralForm['answers']): boolean {
  return answerTo(answers, 'significantHarm') === 'yes' && answerTo(answers, 'socialCare') === 'no'
}

function isMaceInstead(answers: ReferralForm['answers']): boolean {
  return (
    answerTo(answers, 'mace') === 'yes' &&
    answerTo(answers, 'significantHarm') === 'yes' &&
    answerTo(answers, 'strategyDiscussion') === 'not-needed'
  )
}
