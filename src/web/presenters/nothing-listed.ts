import type { LedgerOutcome } from '../../review/ledger.ts'
import { type Narrowed, type Queue, type QueueTab, queueTabs } from '../../services/list-queue.ts'
import { count, figure } from './dates.ts'
import { type NothingWords, nothing } from './nothing.ts'
import { hrefOfQueue } from './queue-address.ts'

/** Null where something is listed. Filters come first, for a child behind them waits; then a feed that is down. */
export function presentNothingListed(
  queue: Queue,
  { tab, page }: { tab: QueueTab; page: number },
): NothingWords | null {
  if (queue.rows.length > 0) return null
  const { narrowed } = queue
  if (narrowed !== null && narrowed.shown === 0 && narrowed.total > 0) return hiddenByFilters(narrowed, tab)
  if (page > 1) {
    return {
      heading: 'Nothing on this page',
      text: 'The list has become shorter since the page before was drawn.',
      link: {
        href: hrefOfQueue({ tab, ...(narrowed === null ? {} : { filter: narrowed.filter }) }),
        text: 'Go to its first page',
      },
    }
  }
  switch (tab) {
    case 'to-review':
      return nothingToReview(queue)
    case 'actions-open':
      return nothing(
        'Nothing is left to do',
        `No attendance has actions open. ${doneWords(queue)} One that you refer, or need information for, appears here.`,
      )
    case 'deferred':
      return nothing(
        'Nobody is put off',
        'No attendance is deferred. A deferred one comes back to the queue on its day, by itself.',
      )
    case 'done':
      return nothing(
        'Nothing is closed yet',
        `${waitingWords(queue)} An attendance that is reviewed with nothing left to do appears here.`,
      )
    default:
      throw new Error(`no words for tab ${tab satisfies never}`)
  }
}

function hiddenByFilters({ total }: Narrowed, tab: QueueTab): NothingWords {
  const one = total === 1
  return {
    heading: one
      ? 'The filters hide the one attendance here'
      : `The filters hide all ${figure(total)} attendances here`,
    text: `“${queueTabs[tab].label}” holds ${count(total, 'attendance')}, and ${one ? 'it does not match' : 'none of them matches'} what you chose.`,
    link: {
      href: hrefOfQueue({ tab }),
      text: one ? 'Clear filters and show it' : `Clear filters and show all ${figure(total)}`,
    },
  }
}

function nothingToReview(queue: Queue): NothingWords {
  const { feed, late, reviewedToday } = queue
  if (feed.lastReceivedAt === null) {
    return nothing(
      'Nothing has come yet',
      'No attendance has been received yet. When one is flagged, it appears here.',
    )
  }
  if (late.length > 0) {
    return nothing(
      'Nothing waits in what has come so far',
      `That may not be all: ${count(late.length, 'feed is', 'feeds are')} late. ${receivedWords(queue)}`,
      { href: '/accounting#late', text: 'See what is missing' },
    )
  }
  if (reviewedToday > 0) {
    const attendances = count(reviewedToday, 'attendance')
    return nothing(
      'All done',
      `Everything flagged so far has been reviewed: ${attendances} today. ${carriedWords(queue)} ${receivedWords(queue)}`,
    )
  }
  return nothing(
    'Nothing was flagged',
    `Nothing waits for you. ${receivedWords(queue)} ${carriedWords(queue)}`.trim(),
  )
}

/** "118 messages received today: 96 clear, 20 out of scope and 2 duplicate." */
function receivedWords({ today, feed }: Queue): string {
  if (feed.receivedToday === 0) return 'No message was received today so far.'
  const sums = outcomeWords.map(([outcome, words]) => {
    const number = today.reduce((sum, { counts }) => sum + counts[outcome], 0)
    return number === 0 ? null : `${figure(number)} ${words}`
  })
  const parts = sums.filter(part => part !== null)
  return `${count(feed.receivedToday, 'message')} received today: ${parts.join(', ')}.`
}

const outcomeWords: readonly (readonly [LedgerOutcome, string])[] = [
  ['flagged', 'flagged'],
  ['clear', 'clear'],
  ['out-of-scope', 'out of scope'],
  ['duplicate', 'duplicate'],
  ['unreadable', 'that could not be read'],
]

/** What is reviewed and not finished. */
function carriedWords({ counts }: Queue): string {
  const parts = [
    counts['actions-open'] === 0 ? null : `${count(counts['actions-open'], 'attendance')} with actions open`,
    counts.deferred === 0 ? null : `${figure(counts.deferred)} deferred`,
  ].filter(part => part !== null)
  return parts.length === 0 ? '' : `Still to follow: ${parts.join(', ')}.`
}

function doneWords({ counts }: Queue): string {
  return counts.done === 0 ? '' : `${count(counts.done, 'attendance is', 'attendances are')} closed.`
}

function waitingWords({ counts }: Queue): string {
  const waiting = counts['to-review'] + counts['in-review']
  return waiting === 0
    ? 'Nothing waits for review either.'
    : `${count(waiting, 'attendance waits', 'attendances wait')} for review.`
}
