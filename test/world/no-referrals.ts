import { type ReferralState, referralStates } from '../../src/referral/referral-state.ts'

/** No referral in any state. */
export const noReferrals = Object.fromEntries(referralStates.map(state => [state, 0])) as Readonly<
  Record<ReferralState, number>
>
