import { londonDayOf } from '../attendance/instant.ts'
import type { LateFeed } from '../review/late-feed.ts'
import type { DayCount } from '../review/ledger.ts'
import {
  countShown,
  type FacetGroup,
  isFiltered,
  keepKnown,
  noFilter,
  type QueueFilter,
} from '../review/queue-facets.ts'
import { overdueBefore } from '../review/review-day.ts'
import type { ReviewState } from '../review/review-state.ts'
import { type Actor, auditEntryOf } from './actor.ts'
import { lapseClaims } from './claim-flag.ts'
import type { FeedStore } from './feed-port.ts'
import { readLateFeeds } from './late-feeds.ts'
import type { LedgerStore } from './ledger-port.ts'
import type { AuditStore } from './people.ts'
import type { Clock, QueueRow, ReviewStore } from './ports.ts'
import type { QueueView } from './queue-view-port.ts'
import type { OutboxStore, ReferralStatus } from './referral-port.ts'
import type { HeldFlag, ReviewWorkStore } from './review-work-port.ts'

export interface ListQueuePorts {
  readonly review: ReviewStore
  readonly work: ReviewWorkStore
  readonly ledger: LedgerStore
  readonly feeds: FeedStore
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
  /** The sources from which something should have come by now. */
  readonly late: readonly LateFeed[]
  /** What came of today's messages; only where nothing is listed, to say why. */
  readonly today: readonly DayCount[]
  /** What waited when the list was read, on all pages, whatever the filters: a page tells by it what came since. */
  readonly waiting: readonly HeldFlag[]
  /** Null on a list that is not narrowed: it holds all that was ever done. */
  readonly narrowed: Narrowed | null
  /** Referrals that a person must look at, whatever the tab. */
  readonly referralsNeedingAttention: readonly ReferralStatus[]
  /** Who has opened which of these flags of late and is perhaps still reading it. */
  readonly viewers: readonly Viewer[]
  /** The flags that the reader has claimed. */
  readonly heldByMe: readonly string[]
  readonly now: string
}

/** How a list is narrowed, and by what it could be. */
export interface Narrowed {
  readonly filter: QueueFilter
  readonly groups: readonly FacetGroup[]
  /** Flags that the filter shows, on all pages, of those in the list. */
  readonly shown: number
  readonly total: number
}

export interface Viewer {
  readonly flagId: string
  readonly who: string
  readonly at: string
}

/** Somebody who opened a flag so lately is said to be viewing it. */
export const viewingMs = 5 * 60_000

export const queuePageLength = 50

/** A team has 5 to 40 on a usual day, and copes with 200. */
export const waitingMax = 500

/** A referral that no portal has acknowledged for this long is shown to nurses as overdue. */
export const referralOverdueMs = 30 * 60_000

export interface QueueAsked {
  readonly actor: Actor
  readonly tab: QueueTab
  readonly page: number
  readonly filter: QueueFilter
  /** Those known by name: a site that sends nothing today can be asked for all the same. */
  readonly sites: readonly string[]
}

/** One page of a tab, from page 1. Flags whose deferral has ended are put back first. */
export async function listQueue(
  { review, work, ledger, feeds, outbox, audit, clock }: ListQueuePorts,
  asked: QueueAsked,
): Promise<Queue> {
  const { actor, tab, page } = asked
  await audit.append(auditEntryOf(clock, { actor, did: 'listed queue', what: tab }))
  const now = clock.now()
  await review.returnDeferred(londonDayOf(now))
  await lapseClaims({ work, clock })
  const view = viewOf(actor, londonDayOf(now))
  // Before the rows: what comes in between is told of twice, and not never.
  const [waiting, narrowed] = await Promise.all([
    tab === 'to-review' ? review.waiting(waitingMax) : [],
    tab === 'done' ? null : narrow(review, { ...asked, view }),
  ])
  const shown = narrowed !== null && isFiltered(narrowed.filter) ? { ...view, filter: narrowed.filter } : null
  const [rows, late, counts, reviewedToday, feed, referralsNeedingAttention] = await Promise.all([
    review.queue({
      states: queueTabs[tab].states,
      limit: queuePageLength,
      offset: (page - 1) * queuePageLength,
      ...(shown === null ? {} : { shown }),
    }),
    readLateFeeds({ ledger, feeds, clock }),
    review.countByState(),
    review.countReviewed(londonDayOf(now)),
    ledger.feed(londonDayOf(now)),
    outbox.needingAttention(referralOverdueMs),
  ])
  const [viewers, held, today] = await Promise.all([
    work.viewers({
      flagIds: rows.map(row => row.flag.id),
      since: now.subtract({ milliseconds: viewingMs }).toString(),
    }),
    work.heldBy(actor.username),
    rows.length === 0 ? ledger.dayCounts(londonDayOf(now)) : [],
  ])
  return {
    ...{ rows, counts, reviewedToday, feed, late, today, waiting, narrowed, referralsNeedingAttention },
    viewers: viewers.filter(({ who }) => who !== actor.username),
    heldByMe: held.map(({ flagId }) => flagId),
    now: now.toString(),
  }
}

function viewOf({ username, role }: Actor, today: string): QueueView {
  return {
    who: username,
    role,
    overdueBefore: { high: overdueBefore('high', today), others: overdueBefore('low', today) },
  }
}

async function narrow(
  review: ReviewStore,
  { tab, filter, sites, view }: Pick<QueueAsked, 'tab' | 'filter' | 'sites'> & { readonly view: QueueView },
): Promise<Narrowed> {
  const groups = await review.facets({ states: queueTabs[tab].states, view })
  const sent = groups.flatMap(({ values }) => values.site)
  const known = keepKnown(filter, [...sites, ...sent])
  return { filter: known, groups, shown: countShown(groups, known), total: countShown(groups, noFilter) }
}
