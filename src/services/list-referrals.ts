import { type ClockWorld, type Due, dueOf, isOpenAt } from '../referral/clocks.ts'
import type { Partnership } from '../referral/partnership.ts'
import { turns } from '../referral/referral-state.ts'
import { type Actor, auditEntryOf } from './actor.ts'
import type { AuditStore } from './people.ts'
import type { Clock } from './ports.ts'
import type { ReferralStatus, ReferralStore } from './referral-port.ts'

/** More than a team can have open; the longest waiting are read. */
const openMax = 500

export interface WaitingReferral {
  readonly referral: ReferralStatus
  readonly due: Due
}

/** Every referral that is somebody's turn: what a nurse must do first, then what is overdue, then by when it is due. */
export async function listReferrals(
  ports: {
    readonly referrals: ReferralStore
    readonly audit: AuditStore
    readonly clock: Clock
    readonly partnership: Partnership
  },
  actor: Actor,
): Promise<readonly WaitingReferral[]> {
  await ports.audit.append(
    auditEntryOf(ports.clock, { actor, did: 'listed referrals', what: 'open referrals' }),
  )
  const world = clockWorldOf(ports)
  const open = await ports.referrals.open(openMax)
  return open
    .flatMap(referral => {
      const due = dueOf(referral, world)
      return due === null ? [] : [{ referral, due }]
    })
    .toSorted((a, b) => rank(a) - rank(b) || timeOf(a) - timeOf(b))
}

/** How many receivers have not answered in time: to be chased, or taken further. No child is shown. */
export async function countOverdue(ports: {
  readonly referrals: ReferralStore
  readonly clock: Clock
  readonly partnership: Partnership
}): Promise<number> {
  const world = clockWorldOf(ports)
  const open = await ports.referrals.open(openMax)
  return open.filter(
    referral =>
      turns[referral.state] === 'receiver' && (dueOf(referral, world)?.standing ?? 'in-time') !== 'in-time',
  ).length
}

export function clockWorldOf({
  partnership: { areas, holidays },
  clock,
}: {
  readonly partnership: Partnership
  readonly clock: Clock
}): ClockWorld {
  return { clocks: areas.clocks, meeting: areas.meeting, holidays, now: clock.now().toString() }
}

/** Whom to ring at this hour, as nurses read it. */
export function phoneNow(world: { readonly partnership: Partnership; readonly clock: Clock }): string {
  const { contacts } = world.partnership.areas
  const clocks = clockWorldOf(world)
  return isOpenAt(clocks.now, clocks) ? contacts.inHours : contacts.outOfHours
}

function rank({ referral, due }: WaitingReferral): number {
  if (turns[referral.state] === 'nurse') return 0
  return due.standing === 'escalate' ? 1 : due.standing === 'chase' ? 2 : 3
}

function timeOf({ referral, due }: WaitingReferral): number {
  return Temporal.Instant.from(due.at ?? referral.stateSince).epochMilliseconds
}
