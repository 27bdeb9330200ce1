import type { DayState } from '../../services/sign-off-port.ts'
import { day, figure } from './dates.ts'
import { type DayRow, dayTag } from './sign-off.ts'

export interface CalendarCell {
  /** Of the month; with its name where it begins. */
  readonly number: string
  /** For whoever hears it without its row and column. */
  readonly label: string
  readonly href: string
  readonly state: DayRow['state']
  readonly waiting: string | null
}

/** Weeks from Monday to Sunday; null before the first day and after the last. */
export type CalendarWeek = readonly (CalendarCell | null)[]

export const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** The days of a calendar, the first week on top. `days` are without a gap, newest first. */
export function presentCalendar(days: readonly DayState[]): readonly CalendarWeek[] {
  const cells: (CalendarCell | null)[] = days
    .toReversed()
    .map((each, index) => cellOf(each, { isFirst: index === 0 }))
  const [first] = days.slice(-1)
  if (first === undefined) return []
  const before = Temporal.PlainDate.from(first.day).dayOfWeek - 1
  const padded = [...Array.from({ length: before }, () => null), ...cells]
  const weeks = Math.ceil(padded.length / 7)
  return Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: 7 }, (_each, weekday) => padded[week * 7 + weekday] ?? null),
  )
}

function cellOf(
  { day: isoDay, unreviewed, ...standing }: DayState,
  { isFirst }: { isFirst: boolean },
): CalendarCell {
  const date = Temporal.PlainDate.from(isoDay)
  const month = date.toLocaleString('en-GB', { month: 'long' })
  return {
    number: isFirst || date.day === 1 ? `${date.day} ${month}` : String(date.day),
    label: day(isoDay),
    href: `/accounting?day=${isoDay}`,
    state: dayTag(standing),
    waiting: unreviewed === 0 ? null : `${figure(unreviewed)} to review`,
  }
}
