import { londonDayOf } from '../attendance/instant.ts'
import type { Answers, AssessmentForm } from '../referral/assessment-form.ts'
import type { Partnership } from '../referral/partnership.ts'
import type { KnownStory } from '../referral/prefill.ts'
import type { ReferralForm } from '../referral/referral.ts'
import { ReferralPayload } from '../referral/referral-schema.ts'
import { type Route, routeReferral } from '../referral/routing.ts'
import type { Actor } from './actor.ts'
import type { Clock, FlagFile, ReviewStore } from './ports.ts'

/** How many earlier flags of the child are read: their decisions and referrals need not be told again. */
const earlierFlagsMax = 5

/** All that Wren knows of a child's story, oldest first: of this flag and of earlier ones. */
export async function readStory(review: Pick<ReviewStore, 'flagFile'>, file: FlagFile): Promise<KnownStory> {
  const flagIds = file.earlier.flatMap(({ flagId }) => flagId ?? []).slice(0, earlierFlagsMax)
  const earlier = await Promise.all(flagIds.map(flagId => review.flagFile(flagId)))
  const files = [...earlier.filter(each => each !== null).toReversed(), file]
  return {
    attendance: file.attendance,
    mentions: file.mentions,
    decisions: files.flatMap(each => each.decisions).toSorted((a, b) => (a.decidedAt < b.decidedAt ? -1 : 1)),
    referrals: files
      .flatMap(each => each.referrals)
      .toSorted((a, b) => (a.authorisedAt < b.authorisedAt ? -1 : 1))
      .flatMap(({ body }) => readPayload(body) ?? []),
  }
}

/** A referral of another version is not read: it is shown as it is, and carries nothing over. */
export function readPayload(body: Uint8Array): ReferralPayload | null {
  const parsed = ReferralPayload.safeParse(JSON.parse(new TextDecoder().decode(body)))
  return parsed.success ? parsed.data : null
}

export function routeOf(
  file: Pick<FlagFile, 'attendance'>,
  { partnership, clock }: { readonly partnership: Partnership; readonly clock: Clock },
): Route {
  const today = londonDayOf(clock.now())
  return routeReferral(file.attendance, { areas: partnership.areas, today })
}

/** What somebody filled in, with all that it is measured by. */
export function referralFormOf(
  world: { readonly partnership: Partnership; readonly clock: Clock },
  filled: {
    readonly file: FlagFile
    readonly actor: Actor
    readonly form: AssessmentForm
    readonly answers: Answers
  },
): ReferralForm {
  const { file, actor, form, answers } = filled
  return {
    form,
    answers,
    route: routeOf(file, world),
    isWeaponFound: isWeaponFound(file),
    isLead: actor.role === 'lead',
  }
}

/** A knife or gun that counts: of what the police are normally told. */
export function isWeaponFound({ mentions }: Pick<FlagFile, 'mentions'>): boolean {
  return mentions.some(
    ({ theme, standing, trial }) => theme === 'weapons' && standing === 'counted' && !trial,
  )
}
