import { londonDayOf } from '../../attendance/instant.ts'
import { listSetAside, putInQueue } from '../../services/list-set-aside.ts'
import { estimateDays, estimateRecentMisses } from '../../services/read-again.ts'
import { longDay } from '../presenters/dates.ts'
import { presentMisses } from '../presenters/misses.ts'
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
  const [rows, counts, misses, unread] = await Promise.all([
    listSetAside(ports, { actor, limit: pageLength + 1, offset: (page - 1) * pageLength }),
    ports.review.countByState(),
    estimateRecentMisses(ports),
    ports.secondReadings.countUnread({ day: yesterday, size: settings.sampleSize }),
  ])
  const flags = await ports.timelines.latestFlags(rows.map(({ attendance }) => attendance))
  return {
    kind: 'page',
    view: 'set-aside.njk',
    title: 'Set aside',
    context: {
      tabs: presentTabs(counts, 'set-aside'),
      reading: { unread, day: longDay(yesterday), href: `/set-aside/readings/${yesterday}` },
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
