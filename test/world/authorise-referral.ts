import { randomUUID } from 'node:crypto'
import type { Store } from '../../src/adapters/store/store.ts'
import type { Referral } from '../../src/referral/referral.ts'
import { emptyDecisionForm } from '../../src/review/decision-form.ts'
import { flagIdOf } from '../../src/review/flag-id.ts'
import { claimFlag } from '../../src/services/claim-flag.ts'
import { decideFlag } from '../../src/services/decide-flag.ts'
import type { ReferralStatus } from '../../src/services/referral-port.ts'
import { makeScreening } from './make-attendance.ts'
import { makeFilled } from './make-referral.ts'
import { partnership } from './partnership.ts'

const actor = { username: 'asha.patel', name: 'Asha Patel', role: 'nurse' } as const
const clock = { now: () => Temporal.Now.instant() }

/**
 * A flagged attendance arrives, a nurse claims it and refers the child: its referral waits in the outbox. With
 * `again`, the flag that is there already is claimed and referred once more.
 */
export async function authoriseReferral(
  { screening, review }: Store,
  { again = null }: { readonly again?: string | null } = {},
): Promise<Referral> {
  const { receipt, held } = makeScreening()
  if (again === null) await screening.record({ receipts: [receipt], held: [held], deadLetters: [] })
  const flag = (await review.flagFile(again ?? flagIdOf(held.held.attendance)))?.flag
  if (flag === undefined) throw new Error('the attendance is not on the queue')
  const claimed = await claimFlag(
    { review, clock },
    { actor, flagId: flag.id, version: flag.version, from: null },
  )
  if (claimed !== 'saved') throw new Error(`the claim was ${claimed}`)
  const decided = await decideFlag(
    { review, clock, newId: randomUUID, partnership },
    {
      actor,
      flagId: flag.id,
      version: flag.version + 1,
      referral: makeFilled(),
      form: { ...emptyDecisionForm, outcome: 'refer', reason: 'Threatened with a knife' },
    },
  )
  if (decided.kind !== 'saved' || decided.referral === null) {
    throw new Error(`the decision was ${JSON.stringify(decided)}`)
  }
  return decided.referral
}

/** The referral as nurses see it now. */
export async function referralStatus({ review }: Store, { id, flagId }: Referral): Promise<ReferralStatus> {
  const status = (await review.flagFile(flagId))?.referrals.find(referral => referral.id === id)
  if (status === undefined) throw new Error(`the flag has no referral ${id}`)
  return status
}
