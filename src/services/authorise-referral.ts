import type { Answers, AssessmentForm } from '../referral/assessment-form.ts'
import { checkReferralForm } from '../referral/check-form.ts'
import { composeReferral, referralIdOf } from '../referral/compose-referral.ts'
import type { Partnership } from '../referral/partnership.ts'
import type { Referral } from '../referral/referral.ts'
import type { FieldProblem } from '../review/decision-form.ts'
import type { Actor } from './actor.ts'
import type { Clock, FlagFile } from './ports.ts'
import { referralFormOf } from './referral-story.ts'

/** What a nurse filled in, and the form she filled in: a draft keeps the wording it was begun with. */
export interface FilledReferral {
  readonly form: AssessmentForm
  readonly answers: Answers
}

export type Composed =
  | { readonly kind: 'composed'; readonly referral: Referral }
  | { readonly kind: 'invalid'; readonly problems: readonly FieldProblem[] }
  /** This person can be referred nowhere by Wren; `because` says whom to ask. */
  | { readonly kind: 'no-route'; readonly because: string }

/** The referral that this nurse would authorise at this moment, byte for byte; nothing is saved. */
export function composeFor(
  world: { readonly partnership: Partnership; readonly clock: Clock },
  { file, actor, at, ...filled }: FilledReferral & { file: FlagFile; actor: Actor; at: string },
): Composed {
  const form = referralFormOf(world, { file, actor, ...filled })
  if (form.route.kind === 'none') return { kind: 'no-route', because: form.route.because }
  const problems = checkReferralForm(form)
  if (problems.length > 0) return { kind: 'invalid', problems }
  const { flag, attendance, mentions, referrals } = file
  const referral = composeReferral({
    ...{ form, flag, attendance, mentions },
    services: world.partnership.services,
    revision: referrals.length + 1,
    supersedes: referrals.length === 0 ? null : supersededBy(file),
    authorisedBy: { username: actor.username, name: actor.name },
    authorisedAt: at,
  })
  return { kind: 'composed', referral }
}

/** A pathway that the meeting has set stands; anything else of the flag is superseded by a later revision. */
function supersededBy({ flag, referrals }: FlagFile): string | null {
  const last = referrals.at(-1)
  const stands = last === undefined || ['outcome', 'stepped-down', 'cancelled'].includes(last.state)
  return stands ? null : referralIdOf({ flagId: flag.id, revision: referrals.length })
}
