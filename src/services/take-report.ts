import { movesOf, type ReceiverReport } from '../referral/receiver-report.ts'
import type { ReferralStore } from './referral-port.ts'

/**
 * What became of a report. `unchanged`: it was understood and moved nothing, since the referral has gone on, or was
 * ended. To say it again would change nothing either.
 */
export const takenReports = ['saved', 'known', 'unchanged', 'not-found'] as const
export type TakenReport = (typeof takenReports)[number]

/** Why a call-back was turned away before its report was taken in. */
export const callBackRefusals = ['signature', 'clock', 'too-large', 'unreadable'] as const
export type CallBackRefusal = (typeof callBackRefusals)[number]

/** Takes in what a receiver tells, by whatever way: the table of states decides what of it moves the referral. */
export async function takeReport(
  referrals: Pick<ReferralStore, 'report'>,
  { report, who }: { readonly report: ReceiverReport; readonly who: string },
): Promise<TakenReport> {
  const taken = await referrals.report({ id: report.key, reportId: report.id, who, moves: movesOf(report) })
  return taken === 'refused' ? 'unchanged' : taken
}
