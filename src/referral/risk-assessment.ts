/** The short risk assessment: indicators with their level and evidence, then the worker's own judgement. */
export interface RiskAssessment {
  readonly indicators: readonly {
    readonly id: IndicatorId
    readonly level: IndicatorLevel
    readonly evidence: string
  }[]
  readonly protectiveFactors: string
  readonly childsView: string
  readonly analysis: string
  readonly overall: OverallRisk
}

export const indicatorLevels = {
  present: 'Present',
  'not-present': 'Not present',
  unknown: 'Not known',
} as const
export type IndicatorLevel = keyof typeof indicatorLevels

export const overallRisks = {
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  unknown: 'Cannot be judged yet',
} as const
export type OverallRisk = keyof typeof overallRisks

export const indicators = {
  weapon: 'Carries, was threatened with or was hurt by a weapon',
  gang: 'Linked with a gang or a group that frightens the child',
  'county-lines': 'Carries, stores or sells drugs for others',
  'sexual-exploitation': 'Sexually exploited, or at risk of it',
  missing: 'Missing from home, care or school',
  debt: 'Owes money, or has money or goods nobody can explain',
  'controlling-adult': 'An older person or group controls the child',
} as const
export type IndicatorId = keyof typeof indicators

/** Asked or not, consent is recorded and never blocks a referral: safeguarding a child does not depend on it. */
export const consents = {
  given: 'Asked, and given',
  refused: 'Asked, and refused',
  'not-asked': 'Not asked',
} as const
export type Consent = keyof typeof consents
