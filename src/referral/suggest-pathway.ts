import type { Areas } from './areas.ts'
import type { Pathway } from './referral-evidence.ts'
import type { ReferralPayload } from './referral-schema.ts'

/**
 * The pathway that the overall risk of a referral speaks for; null where it speaks for none. It is a word on the
 * papers for the meeting and nothing else: only the meeting sets a pathway.
 */
export function suggestPathway(
  { assessment }: Pick<ReferralPayload, 'assessment'>,
  { suggests }: Pick<Areas, 'suggests'>,
): Pathway | null {
  const { value } = assessment.overall
  return lowestFirst.find(pathway => suggests[pathway].includes(value)) ?? null
}

const lowestFirst: readonly Pathway[] = ['green', 'amber', 'red']
