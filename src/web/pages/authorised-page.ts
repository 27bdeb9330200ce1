import { phoneNow } from '../../services/list-referrals.ts'
import { openFlag } from '../../services/open-flag.ts'
import { presentPerson } from '../presenters/person.ts'
import { presentReferrals } from '../presenters/referrals.ts'
import type { Answer, Visit } from '../visit.ts'

/** After a referral was authorised: where it is now, and what comes next. */
export async function showAuthorised({ actor, params, wren }: Visit): Promise<Answer> {
  const { ports, settings } = wren
  const file = await openFlag(ports, { actor, flagId: params.text('id') })
  if (file === null) return { kind: 'not-found' }
  const [latest] = presentReferrals(
    file.referrals.toSorted((a, b) => (a.authorisedAt < b.authorisedAt ? 1 : -1)),
    new Map([[actor.username, actor.name]]),
  )
  if (latest === undefined) return { kind: 'redirect', to: `/flags/${file.flag.id}` }
  const counts = await ports.review.countByState()
  return {
    kind: 'page',
    view: 'referral-authorised.njk',
    title: 'Referral authorised',
    context: {
      flag: { id: file.flag.id },
      person: presentPerson(file.attendance),
      referral: latest,
      waiting: counts['to-review'],
      phone: settings.phoneFallback ?? phoneNow(ports),
    },
  }
}
