import { indicatorFields, type ReferralDraft } from '../../referral/referral-draft.ts'
import { consents, indicatorLevels, indicators, overallRisks } from '../../referral/risk-assessment.ts'

/** The referral form with what is filled in so far. */
export function presentReferralForm(draft: ReferralDraft) {
  const { assessment } = draft
  return {
    concerns: draft.concerns,
    indicators: assessment.indicators.map(({ id, level, evidence }) => ({
      label: indicators[id],
      fields: indicatorFields(id),
      level,
      evidence,
    })),
    levels: choices(indicatorLevels),
    protectiveFactors: assessment.protectiveFactors,
    childsView: assessment.childsView,
    analysis: assessment.analysis,
    overall: assessment.overall ?? '',
    overallRisks: choices(overallRisks),
    consent: draft.consent ?? '',
    consents: choices(consents),
    consentReason: draft.consentReason,
    parentsInformed: draft.parentsInformed === null ? '' : draft.parentsInformed ? 'yes' : 'no',
    parentsReason: draft.parentsReason,
  }
}

/** Every field of a draft by its name, for the hidden fields of the page on which it is read once more. */
export function draftFields(draft: ReferralDraft): readonly { name: string; value: string }[] {
  const { concerns, indicators: found, ...words } = presentReferralForm(draft)
  const named = { concerns, ...words }
  const single = [
    'concerns',
    'protectiveFactors',
    'childsView',
    'analysis',
    'overall',
    'consent',
    'consentReason',
    'parentsInformed',
    'parentsReason',
  ] as const
  return [
    ...single.map(name => ({ name, value: named[name] })),
    ...found.flatMap(({ fields, level, evidence }) => [
      { name: fields.level, value: level },
      { name: fields.evidence, value: evidence },
    ]),
  ]
}

function choices(table: Readonly<Record<string, string>>) {
  return Object.entries(table).map(([value, label]) => ({ value, label }))
}
