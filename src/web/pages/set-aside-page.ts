import { londonDayOf } from '../../attendance/instant.ts'
import { readLateFeeds } from '../../services/late-feeds.ts'
import { listSetAside, putInQueue } from '../../services/list-set-aside.ts'
import { estimateDays, estimateRecentMisses } from '../../services/read-again.ts'
import { count, longDay } from '../presenters/dates.ts'
import { presentLateFeeds } from '../presenters/late-feeds.ts'
import { presentMisses } from '../presenters/misses.ts'
import { type NothingWords, nothing } from '../presenters/nothing.ts'
import { presentSetAside } from '../presenters/set-aside.ts'
import { presentTabs } from '../presenters/tabs.ts'
import { timelineOf } from '../presenters/timeline-link.ts'
import type { Answer, Visit } from '../visit.ts'

const pageLength = 50

/** Attendances whose every mention was set aside: nothing that was found is hidden from a nurse. */
export async function showSetAside({ actor, query, wren }: Visit): Promise<Answer> {
  const page = query.number('page', 1)
  const { ports, settings } = wren
  const yesterday = Temporal.PlainDate.from(londonDayOf(ports.clock.now())).subtract({ days: 1 }).toString()
  const [rows, counts, misses, unread, late, feed] = await Promise.all([
    listSetAside(ports, { actor, limit: pageLength + 1, offset: (page - 1) * pageLength }),
    ports.review.countByState(),
    estimateRecentMisses(ports),
    ports.secondReadings.countUnread({ day: yesterday, size: settings.sampleSize }),
    readLateFeeds(ports),
    ports.ledger.feed(londonDayOf(ports.clock.now())),
  ])
  const flags = await ports.timelines.latestFlags(rows.map(({ attendance }) => attendance))
  return {
    kind: 'page',
    view: 'set-aside.njk',
    title: 'Set aside',
    context: {
      tabs: presentTabs(counts, 'set-aside'),
      reading: {
        unread,
        isOff: settings.sampleSize === 0,
        day: longDay(yesterday),
        href: `/set-aside/readings/${yesterday}`,
      },
      late: presentLateFeeds(late, ports.clock.now().toString()),
      nothing: rows.length > 0 ? null : nothingSetAside({ page, late: late.length, feed }),
      misses: presentMisses(misses, estimateDays),
      rows: rows.slice(0, pageLength).map(row => ({
        ...presentSetAside(row, settings.siteNames),
        timeline: timelineOf(row.attendance, flags),
      })),
      previous: page > 1 ? `/set-aside?page=${page - 1}` : null,
      next: rows.length > pageLength ? `/set-aside?page=${page + 1}` : null,
    },
  }
}

export async function queueSetAside({ actor, form, wren }: Visit): Promise<Answer> {
  const [trust, attendanceId] = [form.text('trust'), form.text('attendanceId')]
  const flag = await putInQueue(wren.ports, { actor, trust, attendanceId })
  if (flag === null) return { kind: 'not-found' }
  return {
    kind: 'redirect',
    to: '/set-aside',
    notice: {
      tone: 'success',
      text: 'Put in the queue, to be reviewed with the others.',
      link: { href: `/flags/${flag.id}`, text: 'Open it now' },
    },
  }
}

function nothingSetAside({
  page,
  late,
  feed,
}: {
  page: number
  late: number
  feed: { readonly lastReceivedAt: string | null; readonly receivedToday: number }
}): NothingWords {
  if (page > 1) {
    const link = { href: '/set-aside', text: 'Go to its first page' }
    return nothing(
      'Nothing on this page',
      'The list has become shorter since the page before was drawn.',
      link,
    )
  }
  if (feed.lastReceivedAt === null)
    return nothing(
      'Nothing has come yet',
      'No attendance has been received yet, so nothing could be set aside.',
    )
  const received = feed.receivedToday === 0 ? 'No message was' : `${count(feed.receivedToday, 'message')}`
  const today = `${received} received today.`
  if (late > 0)
    return nothing(
      'Nothing is set aside in what has come so far',
      `That may not be all: a feed is late. ${today}`,
    )
  return nothing(
    'Nothing is set aside',
    `Every attendance in which a word was found is on the list. ${today}`,
  )
}
