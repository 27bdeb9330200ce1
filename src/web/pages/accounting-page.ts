import { isDay, londonDayOf } from '../../attendance/instant.ts'
import { listUnreadable } from '../../services/count-day.ts'
import { namePeople } from '../../services/name-people.ts'
import type { UnreadableRow } from '../../services/proof-port.ts'
import { presentAccount } from '../presenters/account.ts'
import { count, dayAndTime, figure, longDay } from '../presenters/dates.ts'
import { presentLateFeeds } from '../presenters/late-feeds.ts'
import { presentCensus, presentProvenGaps, presentSilences } from '../presenters/proof.ts'
import { shown } from '../presenters/shown-text.ts'
import type { Answer, Visit } from '../visit.ts'
import { closingOn, signOffPanel } from './sign-off-page.ts'

/** Unreadable messages shown; the command line lists all. */
const unreadableMax = 100

/** What was received on a day and what came of each message. Ops see figures only. */
export async function showAccounting(visit: Visit): Promise<Answer> {
  const { actor, query, wren } = visit
  const { ports, settings } = wren
  const today = londonDayOf(ports.clock.now())
  const day = query.text('day') === '' ? today : query.text('day')
  if (!isDay(day) || day > today) return { kind: 'not-found' }
  const [closing, unreadable, people] = await Promise.all([
    closingOn(wren, day),
    listUnreadable(ports, { actor, day, limit: unreadableMax }),
    namePeople(ports.accounts),
  ])
  const { account, gaps, silences, census } = closing.proof
  const seesChildren = actor.role === 'nurse' || actor.role === 'lead'
  const plain = Temporal.PlainDate.from(day)
  const next = plain.add({ days: 1 }).toString()
  return {
    kind: 'page',
    view: 'accounting.njk',
    title: 'Accounting',
    context: {
      day: longDay(day),
      isToday: day === today,
      signOff: await signOffPanel(visit, closing),
      account: presentAccount(account, settings.siteNames),
      gaps: presentProvenGaps(gaps, { day, people }),
      mayExplain: actor.role === 'lead' || actor.role === 'ops',
      late: day === today ? presentLateFeeds(closing.late, ports.clock.now().toString()) : [],
      silences: presentSilences(silences),
      census: census === null ? null : presentCensus(census, people),
      daySheetHref: seesChildren ? `/day-sheet?day=${day}` : null,
      censusHref: seesChildren ? `/accounting/${day}/census` : null,
      partsUnread: {
        total: account.partsUnread.length,
        words: count(account.partsUnread.length, 'attendance'),
        rows: seesChildren
          ? account.partsUnread.map(each => ({ ...attendanceWords(each), parts: figure(each.parts) }))
          : [],
      },
      withoutText: {
        total: account.withoutText.length,
        words: count(account.withoutText.length, 'attendance'),
        // An attendance number leads to a child, so only those who may see children have it.
        rows: seesChildren ? account.withoutText.map(attendanceWords) : [],
      },
      unreadable: unreadable.map(each => unreadableWords(each, { day, people })),
      previous: `/accounting?day=${plain.subtract({ days: 1 })}`,
      next: next > today ? null : `/accounting?day=${next}`,
    },
  }
}

function attendanceWords(each: { source: string; attendanceId: string; arrivedAt: string | null }) {
  const { source, attendanceId, arrivedAt } = each
  return {
    source: shown(source),
    attendanceId: shown(attendanceId),
    arrived: arrivedAt === null ? 'Not recorded' : dayAndTime(arrivedAt),
  }
}

function unreadableWords(
  { eventId, receivedAt, source, problem, size, settled }: UnreadableRow,
  { day, people }: { day: string; people: ReadonlyMap<string, string> },
) {
  return {
    received: dayAndTime(receivedAt),
    source: shown(source),
    problem,
    size: `${figure(size)} bytes`,
    settled:
      settled === null
        ? null
        : `${shown(settled.why)} (${people.get(settled.by) ?? settled.by}, ${dayAndTime(settled.at)})`,
    href: `/accounting/${day}/unreadable/${eventId}`,
  }
}
