import { z } from 'zod'
import { ReceiverReport } from '../../referral/receiver-report.ts'
import { ReferralPayload } from '../../referral/referral-schema.ts'

/** One referral that the portal has taken, with all that was decided about it. */
export const ReceivedReferral = z.object({
  /** Such as GS-2026-000123. */
  reference: z.string(),
  /** The idempotency key it came under. */
  key: z.string(),
  receivedAt: z.string(),
  bodySha256: z.string(),
  referral: ReferralPayload,
  /** Until then the portal gives a receipt and no reference; null: it acknowledged at once. */
  acknowledgedFrom: z.string().nullable().default(null),
  /** Decisions after the acknowledgement, oldest first. */
  reports: z.array(ReceiverReport).default([]),
  /** The key of the referral in its place. */
  supersededBy: z.string().nullable().default(null),
  /** Ids of the reports of which Wren was told by a call-back. */
  calledBack: z.array(z.string()).default([]),
})
export type ReceivedReferral = z.infer<typeof ReceivedReferral>

export type Standing =
  | 'received'
  | 'acknowledged'
  | 'accepted'
  | 'declined'
  | 'pathway-set'
  | 'stepped-down'
  | 'superseded'

/** Where a referral stands at the portal. */
export function standingOf(received: ReceivedReferral, now: Temporal.Instant): Standing {
  if (received.supersededBy !== null) return 'superseded'
  return toldReports(received, now).at(-1)?.status ?? 'received'
}

/** What the portal says of a referral by now, oldest first: the acknowledgement, then every decision. */
export function toldReports(received: ReceivedReferral, now: Temporal.Instant): readonly ReceiverReport[] {
  const { reference, key, receivedAt, acknowledgedFrom, reports } = received
  const at = acknowledgedFrom ?? receivedAt
  const acknowledged: ReceiverReport = { id: `${reference}-0`, key, reference, at, status: 'acknowledged' }
  return [acknowledged, ...reports].filter(report => Temporal.Instant.compare(report.at, now) <= 0)
}

/** What Wren is still to be called back with: an acknowledgement that came at once was its answer. */
export function untoldReports(received: ReceivedReferral, now: Temporal.Instant): readonly ReceiverReport[] {
  return toldReports(received, now).filter(
    ({ id, status }) =>
      !received.calledBack.includes(id) && (status !== 'acknowledged' || received.acknowledgedFrom !== null),
  )
}

/** What may be decided about a referral that stands so. */
export const decisionsFrom: Readonly<Record<Standing, readonly Decided[]>> = {
  received: [],
  acknowledged: ['accepted', 'declined', 'pathway-set'],
  accepted: ['declined', 'pathway-set'],
  declined: ['accepted'],
  'pathway-set': ['pathway-set', 'stepped-down'],
  'stepped-down': ['pathway-set'],
  superseded: [],
}
export type Decided = Exclude<ReceiverReport['status'], 'acknowledged'>
