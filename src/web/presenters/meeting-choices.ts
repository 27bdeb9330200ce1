import type { WaitingReferral } from '../../services/list-referrals.ts'
import { deliveryTag } from './delivery.ts'
import { childName, dueWords } from './referral-list.ts'

export interface MeetingChoice {
  readonly field: string
  readonly href: string
  readonly child: string
  readonly where: string
  readonly due: string
  readonly isOverdue: boolean
  readonly isChosen: boolean
}

export interface MeetingGroup {
  readonly heading: string
  readonly hint: string
  readonly rows: readonly MeetingChoice[]
}

/** The open referrals by what the meeting has to do with them. Empty groups are left out, and nobody is chosen yet. */
export function presentMeetingChoices(
  waiting: readonly WaitingReferral[],
  chosen: readonly string[],
): readonly MeetingGroup[] {
  return groups
    .map(({ heading, hint, holds }) => ({
      heading,
      hint,
      rows: waiting.filter(holds).map(each => choiceOf(each, chosen)),
    }))
    .filter(({ rows }) => rows.length > 0)
}

function choiceOf({ referral, due }: WaitingReferral, chosen: readonly string[]): MeetingChoice {
  return {
    field: `referral-${referral.id}`,
    href: `/flags/${referral.flagId}/referrals/${referral.id}#record`,
    child: childName(referral),
    where: deliveryTag(referral.state).text,
    due: dueWords(due),
    isOverdue: due.what !== 'nurse' && due.standing !== 'in-time',
    isChosen: chosen.includes(referral.id),
  }
}

const groups: readonly {
  readonly heading: string
  readonly hint: string
  readonly holds: (waiting: WaitingReferral) => boolean
}[] = [
  {
    heading: 'Wait for a pathway',
    hint: 'They have the referral; the meeting sets the pathway',
    holds: ({ referral }) => referral.state === 'acknowledged' || referral.state === 'accepted',
  },
  {
    heading: 'To be reviewed',
    hint: 'An earlier meeting set the pathway',
    holds: ({ referral }) => referral.state === 'outcome',
  },
  {
    heading: 'Not yet received',
    hint: 'They have given no reference: tell the meeting yourself if it cannot wait',
    holds: ({ referral }) => !['acknowledged', 'accepted', 'outcome'].includes(referral.state),
  },
]
