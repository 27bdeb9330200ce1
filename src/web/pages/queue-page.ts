import { isFiltered } from '../../review/queue-facets.ts'
import {
  listQueue,
  type Queue,
  type QueueTab,
  queuePageLength,
  queueTabs,
  waitingMax,
} from '../../services/list-queue.ts'
import { countOverdue, phoneNow } from '../../services/list-referrals.ts'
import { namePeople } from '../../services/name-people.ts'
import type { HeldFlag } from '../../services/review-work-port.ts'
import { presentAttention } from '../presenters/attention.ts'
import { clockTime, count, dayOf, longDay, recentTime } from '../presenters/dates.ts'
import { presentLateFeeds } from '../presenters/late-feeds.ts'
import { presentNothingListed } from '../presenters/nothing-listed.ts'
import { presentPages } from '../presenters/pages.ts'
import { presentBands, presentRows, type QueueLook } from '../presenters/queue.ts'
import { hrefOfQueue, readFilter } from '../presenters/queue-address.ts'
import { presentFilters } from '../presenters/queue-filters.ts'
import { isTab, presentTabs } from '../presenters/tabs.ts'
import type { Answer, Visit } from '../visit.ts'

/** The day's queue: what waits, who has it, and how much of the day is done. */
export async function showQueue({ actor, query, wren }: Visit): Promise<Answer> {
  const tab = tabOf(query.text('tab'))
  if (tab === null) return { kind: 'not-found' }
  const page = query.number('page', 1)
  const { ports, settings } = wren
  const asked = readFilter(query)
  const sites = Object.keys(settings.siteNames)
  const [queue, people, overdue, saved] = await Promise.all([
    listQueue(ports, { actor, tab, page, filter: asked, sites }),
    namePeople(ports.accounts),
    countOverdue(ports),
    ports.savedViews.list(actor.username),
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
  const isReview = tab === 'to-review'
  // A list that is not narrowed keeps the filters of the others in its links.
  const filter = queue.narrowed?.filter ?? asked
  const { siteNames } = settings
  return {
    kind: 'page',
    view: 'queue.njk',
    title: isReview ? 'Review queue' : `${queueTabs[tab].label} – Review queue`,
    context: {
      today: longDay(dayOf(queue.now)),
      freshness: freshnessWords(queue),
      late: presentLateFeeds(queue.late, queue.now),
      progress: progressOf({ reviewed: queue.reviewedToday, waiting }),
      unclaimed: queue.counts['to-review'],
      heldByMe: queue.heldByMe,
      tabs: presentTabs(queue.counts, tab, filter),
      tabLabel: queueTabs[tab].label,
      waiting: isReview ? marksOf(queue.waiting) : null,
      bands: isReview ? presentBands(queue.rows, look) : [],
      rows: isReview ? [] : presentRows(queue.rows, look),
      isReview,
      filters: queue.narrowed === null ? null : presentFilters(queue.narrowed, { tab, siteNames, saved }),
      filtersKept: queue.narrowed === null && isFiltered(filter),
      nothing: presentNothingListed(queue, { tab, page }),
      attention: presentAttention(queue.referralsNeedingAttention, {
        now: queue.now,
        overdue,
        phoneFallback: settings.phoneFallback ?? phoneNow(ports),
      }),
      pages: presentPages({
        page,
        length: queuePageLength,
        total: totalOf(queue, tab),
        href: number => hrefOfQueue({ tab, filter, page: number }),
      }),
    },
  }
}

/** For the page itself, which asks now and then what waits, and says what is more than these. Nothing of a child. */
export async function showWaiting({ wren }: Visit): Promise<Answer> {
  return { kind: 'json', body: { waiting: marksOf(await wren.ports.review.waiting(waitingMax)) } }
}

/** A flag as it was: another version of it is a change. */
function marksOf(waiting: readonly HeldFlag[]): string {
  return waiting.map(({ flagId, version }) => `${flagId}.${version}`).join(' ')
}

function tabOf(text: string): QueueTab | null {
  if (text === '') return 'to-review'
  return isTab(text) ? text : null
}

/** On all pages together. */
function totalOf({ narrowed, counts }: Queue, tab: QueueTab): number {
  return narrowed?.shown ?? queueTabs[tab].states.reduce((sum, state) => sum + counts[state], 0)
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
