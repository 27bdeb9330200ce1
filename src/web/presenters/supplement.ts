import type { Supplement } from '../../services/sign-off-day.ts'
import { count, dayAndTime } from './dates.ts'
import { outcomeWords } from './earlier.ts'
import { siteName } from './queue.ts'

export interface SupplementWords {
  /** What came, in sentences; empty where nothing came. */
  readonly words: readonly string[]
  readonly arrivals: readonly {
    readonly attendanceId: string
    readonly site: string
    readonly arrived: string
    readonly received: string
    readonly outcome: string
    readonly href: string | null
  }[]
}

/** What came to a day after it was signed off. */
export function presentSupplement(
  { arrivals, hasMore, messages, foundLate, unreviewed }: Supplement,
  siteNames: Readonly<Record<string, string>>,
): SupplementWords {
  const late = `${count(arrivals.length, 'attendance')}${hasMore ? ' and more' : ''}`
  return {
    words: [
      arrivals.length > 0 ? `${late} of this day came to Wren late. Each was read as it came.` : null,
      messages > 0
        ? `${count(messages, 'message')} more ${messages === 1 ? 'is' : 'are'} counted to this day.`
        : null,
      foundLate > 0
        ? `${count(foundLate, 'attendance')} of this day ${foundLate === 1 ? 'was' : 'were'} found late, by reading history again.`
        : null,
      unreviewed > 0
        ? `${count(unreviewed, 'attendance')} of this day ${unreviewed === 1 ? 'waits' : 'wait'} for review.`
        : null,
    ].filter(words => words !== null),
    arrivals: arrivals.map(each => ({
      attendanceId: each.attendanceId,
      site: siteName(each.site, siteNames),
      arrived: dayAndTime(each.arrivedAt),
      received: dayAndTime(each.receivedAt),
      outcome: outcomeWords[each.outcome],
      href: each.flagId === null ? null : `/flags/${each.flagId}`,
    })),
  }
}
