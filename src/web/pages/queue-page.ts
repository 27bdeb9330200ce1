import {
  listQueue,
  type Queue,
  type QueueTab,
  queuePageLength,
  queueTabs,
} from '../../services/list-queue.ts'
import { countOverdue, phoneNow } from '../../services/list-referrals.ts'
import { namePeople } from '../../services/name-people.ts'
import { presentAttention } from '../presenters/attention.ts'
import { clockTime, count, dayOf, longDay, recentTime } from '../presenters/dates.ts'
import { presentPages } from '../presenters/pages.ts'
import { presentBands, presentRows, type QueueLook } from '../presenters/queue.ts'
import { hrefOfTab, isTab, presentTabs } from '../presenters/tabs.ts'
import type { Answer, Visit } from '../visit.ts'

/** The day's queue: what waits, who has it, and how much of the day is done. */
export async function showQueue({ actor, query, wren }: Visit): Promise<Answer> {
  const tab = tabOf(query.text('tab'))
  if (tab === null) return { kind: 'not-found' }
  const page = query.number('page', 1)
  const { ports, settings } = wren
  const [queue, people, overdue] = await Promise.all([
    listQueue(ports, { actor, tab, page }),
    namePeople(ports.accounts),
    countOverdue(ports),
  ])
  const foundLate = await ports.replays.foundLate(queue.rows.map(({ flag }) => flag.id))
  const look: QueueLook = {
    now: queue.now,
    me: actor.username,
    people,
    siteNames: settings.siteNames,
    viewers: queue.viewers,
    foundLate,
  }
  const waiting = queue.counts['to-review'] + queue.counts['in-review']
  const unclaimed = queue.counts['to-review']
  const total = queueTabs[tab].states.reduce((sum, state) => sum + queue.counts[state], 0)
  const isReview = tab === 'to-review'
  return {
    kind: 'page',
    view: 'queue.njk',
    title: isReview ? 'Review queue' : `${queueTabs[tab].label} – Review queue`,
    context: {
      today: longDay(dayOf(queue.now)),
      freshness: freshnessWords(queue),
      progress: progressOf({ reviewed: queue.reviewedToday, waiting }),
      unclaimed,
      heldByMe: queue.heldByMe,
      tabs: presentTabs(queue.counts, tab),
      tabLabel: queueTabs[tab].label,
      bands: isReview ? presentBands(queue.rows, look) : [],
      rows: isReview ? [] : presentRows(queue.rows, look),
      isReview,
      empty: emptyWords({ tab, queue, page }),
      attention: presentAttention(queue.referralsNeedingAttention, {
        now: queue.now,
        overdue,
        phoneFallback: settings.phoneFallback ?? phoneNow(ports),
      }),
      pages: presentPages({ page, length: queuePageLength, total, href: number => hrefOfTab(tab, number) }),
    },
  }
}

function tabOf(text: string): QueueTab | null {
  if (text === '') return 'to-review'
  return isTab(text) ? text : null
}

function freshnessWords({ feed, now }: Queue): string {
  if (feed.lastReceivedAt === null) return 'No attendance has been received yet.'
  const last = recentTime(feed.lastReceivedAt, now)
  const today = feed.receivedToday === 0 ? 'No messages' : count(feed.receivedToday, 'message')
  return `${today} received today. Last received ${last}. Shown as at ${clockTime(now)}.`
}

/** "6 of 19 reviewed", where 19 are those reviewed today and those that wait. */
function progressOf({ reviewed, waiting }: { reviewed: number; waiting: number }) {
  return { reviewed, total: reviewed + waiting, waiting }
}

function emptyWords({ tab, queue, page }: { tab: QueueTab; queue: Queue; page: number }): string | null {
  if (queue.rows.length > 0) return null
  if (page > 1) return 'There are no more on this page.'
  switch (tab) {
    case 'to-review':
      if (queue.feed.lastReceivedAt === null) {
        return 'No attendance has been received yet. When one is flagged, it appears here.'
      }
      return queue.reviewedToday === 0
        ? `Nothing to review. ${count(queue.feed.receivedToday, 'message')} received today, none of them waits for you.`
        : `Everything flagged so far has been reviewed: ${count(queue.reviewedToday, 'attendance')} today.`
    case 'actions-open':
      return 'No attendance has actions open. Those you refer, or need information for, appear here.'
    case 'deferred':
      return 'No attendance is deferred. A deferred one comes back to the queue on its day.'
    case 'done':
      return 'No attendance has been closed yet.'
    default:
      throw new Error(`no words for tab ${tab satisfies never}`)
  }
}
