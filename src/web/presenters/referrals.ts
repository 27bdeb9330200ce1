import { pathways } from '../../referral/referral-evidence.ts'
import { afterReferralMove, turns } from '../../referral/referral-state.ts'
import { destinations } from '../../referral/routing.ts'
import type { ReferralStatus } from '../../services/referral-port.ts'
import { count, day, dayAndTime } from './dates.ts'
import { deliveryTag } from './delivery.ts'
import { presentPayload } from './payload.ts'
import { presentAdvice, type ReferralAdvice } from './referral-advice.ts'

export interface ReferralWords {
  readonly id: string
  readonly tag: { readonly text: string; readonly colour: string }
  /** What is known, line by line. */
  readonly rows: readonly { readonly key: string; readonly value: string }[]
  /** Why it has not got through, and what to do; null where it takes its course. */
  readonly advice: ReferralAdvice | null
  readonly canSendAgain: boolean
  readonly needsPhone: boolean
  /** The referral as it was authorised, for a person to read. */
  readonly payload: ReturnType<typeof presentPayload>
}

export function presentReferrals(
  referrals: readonly ReferralStatus[],
  people: ReadonlyMap<string, string>,
): readonly ReferralWords[] {
  return referrals.map(referral => ({
    id: referral.id,
    tag: deliveryTag(referral.state),
    rows: rowsOf(referral, people),
    advice: presentAdvice(referral),
    canSendAgain: afterReferralMove(referral.state, 'retry') !== null,
    needsPhone: turns[referral.state] === 'nurse' || turns[referral.state] === 'wren',
    payload: presentPayload(referral),
  }))
}

function rowsOf(referral: ReferralStatus, people: ReadonlyMap<string, string>) {
  const by = people.get(referral.authorisedBy) ?? referral.authorisedBy
  return [
    { key: 'Authorised', value: `${dayAndTime(referral.authorisedAt)} by ${by}` },
    { key: 'Goes to', value: destinations[referral.destination] },
    { key: 'Portal reference', value: referral.portalReference ?? 'None yet' },
    {
      key: 'Received by the portal',
      value: referral.deliveredAt === null ? 'Not yet' : dayAndTime(referral.deliveredAt),
    },
    { key: 'Attempts', value: referral.attempts === 0 ? 'None yet' : count(referral.attempts, 'attempt') },
    ...(referral.pathway === null ? [] : [{ key: 'Pathway', value: pathways[referral.pathway] }]),
    ...(referral.nextReview === null ? [] : [{ key: 'Next review', value: day(referral.nextReview) }]),
    ...(referral.state === 'queued' && referral.nextAttemptAt !== null && referral.attempts > 0
      ? [{ key: 'Next attempt', value: dayAndTime(referral.nextAttemptAt) }]
      : []),
  ]
}
