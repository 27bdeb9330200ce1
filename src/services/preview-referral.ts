import { checkReferralForm } from '../referral/check-form.ts'
import { composeReferral } from '../referral/compose-referral.ts'
import type { ReferralForm } from '../referral/referral.ts'
import type { FieldProblem } from '../review/decision-form.ts'
import { type Actor, auditEntryOf } from './actor.ts'
import type { AuditStore, Clock, FlagFile, ReviewStore } from './ports.ts'

export type Previewed =
  /** `body` is the text that would be sent, were it authorised at this moment. */
  | { readonly kind: 'ready'; readonly file: FlagFile; readonly body: string }
  | { readonly kind: 'invalid'; readonly file: FlagFile; readonly problems: readonly FieldProblem[] }
  | { readonly kind: 'not-found' }

/** What a referral would say to the portal: a nurse reads it before she authorises it. Nothing is saved. */
export async function previewReferral(
  { review, audit, clock }: { review: ReviewStore; audit: AuditStore; clock: Clock },
  { actor, flagId, form }: { actor: Actor; flagId: string; form: ReferralForm },
): Promise<Previewed> {
  const entry = auditEntryOf(clock, { actor, did: 'previewed referral', what: flagId })
  await audit.append(entry)
  const file = await review.flagFile(flagId)
  if (file === null) return { kind: 'not-found' }
  const problems = checkReferralForm(form)
  if (problems.length > 0) return { kind: 'invalid', file, problems }
  const referral = composeReferral({
    form,
    flag: file.flag,
    attendance: file.attendance,
    mentions: file.mentions,
    revision: file.referrals.length + 1,
    authorisedBy: { username: actor.username, name: actor.name },
    authorisedAt: entry.at,
  })
  return { kind: 'ready', file, body: new TextDecoder().decode(referral.body) }
}
