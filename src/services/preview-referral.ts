import { checkReferralForm, completeForm } from '../referral/check-form.ts'
import { composeReferral } from '../referral/compose-referral.ts'
import type { ReferralForm } from '../referral/referral.ts'
import type { ReferralDraft } from '../referral/referral-draft.ts'
import { routeReferral } from '../referral/routing.ts'
import type { FieldProblem } from '../review/decision-form.ts'
import { type Actor, auditEntryOf } from './actor.ts'
import type { AuditStore } from './people.ts'
import type { Clock, FlagFile, ReviewStore } from './ports.ts'

export type Previewed =
  /** `body` is the text that would be sent, were it authorised at this moment. */
  | { readonly kind: 'ready'; readonly file: FlagFile; readonly form: ReferralForm; readonly body: string }
  | { readonly kind: 'invalid'; readonly file: FlagFile; readonly problems: readonly FieldProblem[] }
  /** This person cannot be referred to GET SAFE; `because` says where instead. */
  | { readonly kind: 'no-route'; readonly file: FlagFile; readonly because: string }
  | { readonly kind: 'not-found' }

/** What a referral would say to the portal: a nurse reads it before she authorises it. Nothing is saved. */
export async function previewReferral(
  { review, audit, clock }: { review: ReviewStore; audit: AuditStore; clock: Clock },
  { actor, flagId, draft }: { actor: Actor; flagId: string; draft: ReferralDraft },
): Promise<Previewed> {
  const entry = auditEntryOf(clock, { actor, did: 'previewed referral', what: flagId })
  await audit.append(entry)
  const file = await review.flagFile(flagId)
  if (file === null) return { kind: 'not-found' }
  const route = routeReferral(file.attendance)
  if (route.kind === 'not-get-safe') return { kind: 'no-route', file, because: route.because }
  const form = completeForm(draft)
  if (form === null) return { kind: 'invalid', file, problems: checkReferralForm(draft) }
  const referral = composeReferral({
    form,
    flag: file.flag,
    attendance: file.attendance,
    mentions: file.mentions,
    revision: file.referrals.length + 1,
    authorisedBy: { username: actor.username, name: actor.name },
    authorisedAt: entry.at,
  })
  return { kind: 'ready', file, form, body: new TextDecoder().decode(referral.body) }
}
