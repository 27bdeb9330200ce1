import { listSetAside, putInQueue } from '../../services/list-set-aside.ts'
import { dayAndTime } from '../presenters/dates.ts'
import { presentExcerpt } from '../presenters/excerpt.ts'
import { presentMentions } from '../presenters/mentions.ts'
import { presentPerson } from '../presenters/person.ts'
import { siteName } from '../presenters/queue.ts'
import { presentTabs } from '../presenters/tabs.ts'
import type { Answer, Visit } from '../visit.ts'

const pageLength = 50

/** Attendances whose every mention was set aside: nothing that was found is hidden from a nurse. */
export async function showSetAside({ actor, query, wren }: Visit): Promise<Answer> {
  const page = query.number('page', 1)
  const { ports, settings } = wren
  const [rows, counts] = await Promise.all([
    listSetAside(ports, { actor, limit: pageLength + 1, offset: (page - 1) * pageLength }),
    ports.review.countByState(),
  ])
  return {
    kind: 'page',
    view: 'set-aside.njk',
    title: 'Set aside',
    context: {
      tabs: presentTabs(counts, 'set-aside'),
      rows: rows.slice(0, pageLength).map(({ attendance, mentions, rulesetVersion }) => ({
        person: presentPerson(attendance),
        site: siteName(attendance.site, settings.siteNames),
        arrived: attendance.arrivedAt === null ? 'Arrival not recorded' : dayAndTime(attendance.arrivedAt),
        excerpts: presentExcerpt(attendance, mentions),
        mentions: presentMentions(attendance, mentions).setAside,
        trust: attendance.trust,
        attendanceId: attendance.attendanceId,
        rulesetVersion,
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
