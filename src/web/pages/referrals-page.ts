import { listReferrals, phoneNow } from '../../services/list-referrals.ts'
import { presentReferralList } from '../presenters/referral-list.ts'
import type { Answer, Visit } from '../visit.ts'

/** Every referral that waits for somebody: what to do, whom to chase, and by when an answer is due. */
export async function showReferrals({ actor, wren }: Visit): Promise<Answer> {
  const { ports, settings } = wren
  const waiting = await listReferrals(ports, actor)
  const { contacts } = ports.partnership.areas
  return {
    kind: 'page',
    view: 'referrals.njk',
    title: 'Referrals',
    context: {
      groups: presentReferralList(waiting, ports.clock.now().toString()),
      phone: settings.phoneFallback ?? phoneNow(ports),
      contacts,
    },
  }
}
