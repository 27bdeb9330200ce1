import { londonDayOf } from '../../attendance/instant.ts'
import { countDay, listUnreadable } from '../../services/count-day.ts'
import { presentAccount } from '../presenters/account.ts'
import { count, dayAndTime, figure, longDay } from '../presenters/dates.ts'
import type { Answer, Visit } from '../visit.ts'
import { signOffPanel } from './sign-off-page.ts'

/** Unreadable messages shown; the command line lists all. */
const unreadableMax = 100

/** What was received on a day and what came of each message. Ops see figures only. */
export async function showAccounting(visit: Visit): Promise<Answer> {
  const { actor, query, wren } = visit
  const { ports, settings } = wren
  const today = londonDayOf(ports.clock.now())
  const day = query.text('day') === '' ? today : query.text('day')
  if (!isDay(day) || day > today) return { kind: 'not-found' }
  const [account, unreadable] = await Promise.all([
    countDay(ports.ledger, day),
    listUnreadable(ports, { actor, limit: unreadableMax, offset: 0 }),
  ])
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
      signOff: await signOffPanel(visit, day),
      account: presentAccount(account, settings.siteNames),
      partsUnread: {
        total: account.partsUnread.length,
        words: count(account.partsUnread.length, 'attendance'),
        rows: seesChildren
          ? account.partsUnread.map(({ source, attendanceId, arrivedAt, parts }) => ({
              ...{ source, attendanceId, parts: figure(parts) },
              arrived: arrivedAt === null ? 'Not recorded' : dayAndTime(arrivedAt),
            }))
          : [],
      },
      withoutText: {
        total: account.withoutText.length,
        words: count(account.withoutText.length, 'attendance'),
        // An attendance number leads to a child, so only those who may see children have it.
        rows: seesChildren
          ? account.withoutText.map(each => ({
              source: each.source,
              attendanceId: each.attendanceId,
              arrived: each.arrivedAt === null ? 'Not recorded' : dayAndTime(each.arrivedAt),
            }))
          : [],
      },
      unreadable: unreadable
        .filter(each => londonDayOf(each.receivedAt) === day)
        .map(each => ({
          received: dayAndTime(each.receivedAt),
          source: each.source,
          problem: each.problem,
          size: `${figure(each.size)} bytes`,
        })),
      previous: `/accounting?day=${plain.subtract({ days: 1 })}`,
      next: next > today ? null : `/accounting?day=${next}`,
    },
  }
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  try {
    Temporal.PlainDate.from(text)
    return true
  } catch {
    return false // such as 2026-02-30
  }
}
