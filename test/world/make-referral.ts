import { composeReferral } from '../../src/referral/compose-referral.ts'
import type { Referral, ReferralForm } from '../../src/referral/referral.ts'
import { indicatorIds } from '../../src/referral/referral-draft.ts'
import { makeAttendance, makeMention } from './make-attendance.ts'

let serial = 0

/** A form that a nurse completed; any field may be wished otherwise. */
export function makeReferralForm(wishes: Partial<ReferralForm> = {}): ReferralForm {
  return {
    concerns: 'Chased by older boys who showed a knife. Will not say who they are.',
    assessment: {
      indicators: indicatorIds.map(id => ({
        id,
        level: id === 'weapon' ? 'present' : 'unknown',
        evidence: id === 'weapon' ? 'Knife shown to him outside the chip shop' : '',
      })),
      protectiveFactors: 'Close to his grandmother',
      childsView: 'Wants to go home by another way',
      analysis: 'Second time this month',
      overall: 'high',
    },
    consent: 'given',
    consentReason: '',
    parentsInformed: true,
    parentsReason: '',
    ...wishes,
  }
}

/** A referral that a nurse authorised, another one on each call. */
export function makeReferral(
  wishes: { readonly flagId?: string; readonly revision?: number; readonly concerns?: string } = {},
): Referral {
  return composeReferral({
    form: makeReferralForm(wishes.concerns === undefined ? {} : { concerns: wishes.concerns }),
    flag: { id: wishes.flagId ?? `flag-${++serial}` },
    attendance: makeAttendance(),
    mentions: [makeMention()],
    revision: wishes.revision ?? 1,
    authorisedBy: { username: 'asha.patel', name: 'Asha Patel' },
    authorisedAt: '2026-11-21T09:12:00Z',
  })
}
