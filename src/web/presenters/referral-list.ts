import type { Due } from '../../referral/clocks.ts'
import { pathways } from '../../referral/referral-evidence.ts'
import { turns } from '../../referral/referral-state.ts'
import type { WaitingReferral } from '../../services/list-referrals.ts'
import type { ReferralStatus } from '../../services/referral-port.ts'
import { readPayload } from '../../services/referral-story.ts'
import { dayAndTime, timeSince } from './dates.ts'
import { deliveryTag } from './delivery.ts'

export interface ReferralRow {
  readonly href: string
  readonly child: string
  readonly tag: { readonly text: string; readonly colour: string }
  readonly reference: string
  readonly since: string
  readonly due: string
  readonly isOverdue: boolean
  readonly problem: string | null
}

export interface ReferralGroup {
  readonly heading: string
  readonly hint: string
  readonly rows: readonly ReferralRow[]
}

/** The open referrals under what is to be done with them. Empty groups are left out. */
export function presentReferralList(
  waiting: readonly WaitingReferral[],
  now: string,
): readonly ReferralGroup[] {
  return groups
    .map(({ heading, hint, holds }) => ({
      heading,
      hint,
      rows: waiting.filter(holds).map(each => rowOf(each, now)),
    }))
    .filter(({ rows }) => rows.length > 0)
}

const groups: readonly {
  readonly heading: string
  readonly hint: string
  readonly holds: (waiting: WaitingReferral) => boolean
}[] = [
  {
    heading: 'For you to do',
    hint: 'Refused, declined, not sent, or to be entered by hand',
    holds: isForNurse,
  },
  {
    heading: 'To escalate',
    hint: 'Overdue although it was time to chase: a lead takes it further',
    holds: each => !isForNurse(each) && each.due.standing === 'escalate',
  },
  {
    heading: 'To chase',
    hint: 'The time for an answer is over: ring, and record what you are told',
    holds: each => !isForNurse(each) && each.due.standing === 'chase',
  },
  {
    heading: 'In time',
    hint: 'Nothing to do yet',
    holds: each => !isForNurse(each) && each.due.standing === 'in-time',
  },
]

function isForNurse({ referral }: WaitingReferral): boolean {
  return turns[referral.state] === 'nurse'
}

function rowOf({ referral, due }: WaitingReferral, now: string): ReferralRow {
  return {
    href: `/flags/${referral.flagId}/referrals/${referral.id}`,
    child: childName(referral),
    tag: deliveryTag(referral.state),
    reference: referral.portalReference ?? 'None yet',
    since: timeSince(referral.stateSince, now),
    due: dueWords(due),
    isOverdue: due.what !== 'nurse' && due.standing !== 'in-time',
    problem: referral.problem,
  }
}

/** What is awaited, and by when. */
export function dueWords({ what, at, isCalendarMissing }: Due): string {
  if (what === 'nurse') return 'Waits for a nurse'
  if (at === null) return 'No day of review was recorded'
  const missing = isCalendarMissing ? '. The bank holidays of that year are not known' : ''
  return `${awaited[what]} by ${dayAndTime(at)}${missing}`
}

const awaited: Readonly<Record<Exclude<Due['what'], 'nurse'>, string>> = {
  sending: 'To be sent',
  acknowledgement: 'Acknowledgement due',
  decision: 'Decision due',
  pathway: 'Pathway from the meeting due',
  review: 'Review due',
}

export function pathwayWords({ pathway }: ReferralStatus): string | null {
  return pathway === null ? null : pathways[pathway]
}

export function childName({ body }: ReferralStatus): string {
  const child = readPayload(body)?.child
  const name = [child?.given ?? null, child?.family ?? null].filter(part => part !== null).join(' ')
  return name === '' ? 'Name not recorded' : name
}
