import { londonDayOf } from '../attendance/instant.ts'
import type { ReviewState } from '../review/review-state.ts'
import { type Actor, auditEntryOf } from './actor.ts'
import { lapseClaims } from './claim-flag.ts'
import type { LedgerStore } from './ledger-port.ts'
import type { AuditStore } from './people.ts'
import type { Clock, QueueRow, ReviewStore } from './ports.ts'
import type { OutboxStore, ReferralStatus } from './referral-port.ts'
import type { ReviewWorkStore } from './review-work-port.ts'

export interface ListQueuePorts {
  readonly review: ReviewStore
  readonly work: ReviewWorkStore
  readonly ledger: LedgerStore
  readonly outbox: OutboxStore
  readonly audit: AuditStore
  readonly clock: Clock
}

/** A tab of the queue: the states whose flags it lists. */
export const queueTabs = {
  'to-review': { label: 'To review', states: ['to-review', 'in-review'] },
  'actions-open': { label: 'Actions open', states: ['actions-open'] },
  deferred: { label: 'Deferred', states: ['deferred'] },
  done: { label: 'Done', states: ['done'] },
} as const satisfies Record<string, { label: string; states: readonly ReviewState[] }>
export type QueueTab = keyof typeof queueTabs

export interface Queue {
  readonly rows: readonly QueueRow[]
  readonly counts: Readonly<Record<ReviewState, number>>
  readonly reviewedToday: number
  readonly feed: { readonly lastReceivedAt: string | null; readonly receivedToday: number }
  /** Referrals that a person must look at, whatever the tab. */
  readonly referralsNeedingAttention: readonly ReferralStatus[]
  /** Who has opened which of these flags of late and is perhaps still reading it. */
  readonly viewers: readonly Viewer[]
  /** The flags that the reader has claimed. */
  readonly heldByMe: readonly string[]
  readonly now: string
}

export interface Viewer {
  readonly flagId: string
  readonly who: string
  readonly at: string
}

/** Somebody who opened a flag so lately is said to be viewing it. */
export const viewingMs = 5 * 60_000

export const queuePageLength = 50

/** A referral that no portal has acknowledged for this long is shown to nurses as overdue. */
export const referralOverdueMs = 30 * 60_000

/** One page of a tab, from page 1. Flags whose deferral has ended are put back first. */
export async function listQueue(
  { review, work, ledger, outbox, audit, clock }: ListQueuePorts,
  { actor, tab, page }: { actor: Actor; tab: QueueTab; page: number },
): Promise<Queue> {
  await audit.append(auditEntryOf(clock, { actor, did: 'listed queue', what: tab }))
  const now = clock.now()
  await review.returnDeferred(londonDayOf(now))
  await lapseClaims({ work, clock })
  const [rows, counts, reviewedToday, feed, referralsNeedingAttention] = await Promise.all([
    review.queue({
      states: queueTabs[tab].states,
      limit: queuePageLength,
      offset: (page - 1) * queuePageLength,
    }),
    review.countByState(),
    review.countReviewed(londonDayOf(now)),
    ledger.feed(londonDayOf(now)),
    outbox.needingAttention(referralOverdueMs),
  ])
  const [viewers, held] = await Promise.all([
    work.viewers({
      flagIds: rows.map(row => row.flag.id),
      since: now.subtract({ milliseconds: viewingMs }).toString(),
    }),
    work.heldBy(actor.username),
  ])
  return {
    ...{ rows, counts, reviewedToday, feed, referralsNeedingAttention },
    viewers: viewers.filter(({ who }) => who !== actor.username),
    heldByMe: held.map(({ flagId }) => flagId),
    now: now.toString(),
  }
}
