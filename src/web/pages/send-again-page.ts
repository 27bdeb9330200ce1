import { retryReferral } from '../../services/retry-referral.ts'
import type { Answer, Visit } from '../visit.ts'

/** A refused or parked referral is sent again: the same words under the same key. */
export async function sendAgain({ actor, params, wren }: Visit): Promise<Answer> {
  const saved = await retryReferral(wren.ports, { actor, referralId: params.text('referral') })
  return {
    kind: 'redirect',
    to: `/flags/${params.text('id')}#referrals`,
    notice:
      saved === 'saved'
        ? { tone: 'success', text: 'Wren is sending the referral again.' }
        : { tone: 'information', text: 'The referral is on its way already. This is how it stands now.' },
  }
}
