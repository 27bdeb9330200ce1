import { listReferrals, phoneNow } from '../../services/list-referrals.ts'
import { count } from '../presenters/dates.ts'
import { type NothingWords, nothing } from '../presenters/nothing.ts'
import { presentReferralList } from '../presenters/referral-list.ts'
import type { Answer, Visit } from '../visit.ts'

/** Every referral that waits for somebody: what to do, whom to chase, and by when an answer is due. */
export async function showReferrals({ actor, wren }: Visit): Promise<Answer> {
  const { ports, settings } = wren
  const [waiting, counts] = await Promise.all([listReferrals(ports, actor), ports.outbox.countByState()])
  const { contacts } = ports.partnership.areas
  return {
    kind: 'page',
    view: 'referrals.njk',
    title: 'Referrals',
    context: {
      groups: presentReferralList(waiting, ports.clock.now().toString()),
      phone: settings.phoneFallback ?? phoneNow(ports),
      contacts,
      nothing: waiting.length > 0 ? null : nothingOpen(counts),
    },
  }
}

function nothingOpen(counts: Readonly<Record<string, number>>): NothingWords {
  const made = Object.values(counts).reduce((sum, number) => sum + number, 0)
  if (made === 0)
    return nothing(
      'Nobody has been referred yet',
      'Referrals that you authorise appear here until they are answered.',
    )
  return nothing(
    'Every referral is answered',
    `${count(made, 'referral was', 'referrals were')} made, and none waits for anybody.`,
  )
}
