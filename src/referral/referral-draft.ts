import type { ReferralForm } from './referral.ts'
import {
  type Consent,
  consents,
  type IndicatorId,
  indicatorLevels,
  indicators,
  type OverallRisk,
  overallRisks,
  type RiskAssessment,
} from './risk-assessment.ts'

/** A referral form not yet complete: what nobody has answered is null. Every ReferralForm is one. */
export interface ReferralDraft extends Omit<ReferralForm, 'assessment' | 'consent' | 'parentsInformed'> {
  readonly assessment: Omit<RiskAssessment, 'overall'> & { readonly overall: OverallRisk | null }
  readonly consent: Consent | null
  readonly parentsInformed: boolean | null
}

export const indicatorIds: readonly IndicatorId[] = Object.keys(indicators).filter(isIndicatorId)

/** The names of an indicator's two fields. The other fields of the form are named as in ReferralForm. */
export function indicatorFields(id: IndicatorId): { readonly level: string; readonly evidence: string } {
  return { level: `level-${id}`, evidence: `evidence-${id}` }
}

/**
 * A draft from a form as posted: flat fields, named as the problems of `checkReferralForm` name them. What is
 * missing or not among the answers offered counts as not answered; an indicator nobody answered is not known.
 */
export function readDraft(fields: Readonly<Record<string, unknown>>): ReferralDraft {
  const text = (name: string): string => {
    const value = fields[name]
    return typeof value === 'string' ? value : ''
  }
  const informed = text('parentsInformed')
  return {
    concerns: text('concerns'),
    assessment: {
      indicators: indicatorIds.map(id => ({
        id,
        level: answerIn(indicatorLevels, text(indicatorFields(id).level)) ?? 'unknown',
        evidence: text(indicatorFields(id).evidence),
      })),
      protectiveFactors: text('protectiveFactors'),
      childsView: text('childsView'),
      analysis: text('analysis'),
      overall: answerIn(overallRisks, text('overall')),
    },
    consent: answerIn(consents, text('consent')),
    consentReason: text('consentReason'),
    parentsInformed: informed === 'yes' ? true : informed === 'no' ? false : null,
    parentsReason: text('parentsReason'),
  }
}

export function isIndicatorId(text: string): text is IndicatorId {
  return Object.hasOwn(indicators, text)
}

function answerIn<Answers extends Record<string, string>>(
  answers: Answers,
  text: string,
): (keyof Answers & string) | null {
  const isAnswer = (key: string): key is keyof Answers & string => Object.hasOwn(answers, key)
  return isAnswer(text) ? text : null
}
