/**
 * Days and times as the NHS service manual writes them: "Wednesday 6 August 2018", 5pm, 5:30pm, midnight, midday.
 * All are of Europe/London. Days come as ISO days, moments as ISO instants.
 */
const zone = 'Europe/London'

/** Asking for these in words each time took most of the time of a page with a hundred days on it. */
const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const months = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
]
const figures = new Intl.NumberFormat('en-GB')

/** "21 November 2026" */
export function day(isoDay: string): string {
  const { day, year } = Temporal.PlainDate.from(isoDay)
  return `${day} ${monthName(isoDay)} ${year}`
}

/** "Saturday 21 November 2026" */
export function longDay(isoDay: string): string {
  return `${weekday(isoDay)} ${day(isoDay)}`
}

/** "Saturday 21 November": for days near enough that the year needs no saying. */
export function nearDay(isoDay: string): string {
  return `${weekday(isoDay)} ${Temporal.PlainDate.from(isoDay).day} ${monthName(isoDay)}`
}

/** "5:30pm" */
export function clockTime(instant: string): string {
  const { hour, minute } = local(instant)
  if (minute === 0 && hour === 0) return 'midnight'
  if (minute === 0 && hour === 12) return 'midday'
  const minutes = minute === 0 ? '' : `:${String(minute).padStart(2, '0')}`
  return `${hour % 12 === 0 ? 12 : hour % 12}${minutes}${hour < 12 ? 'am' : 'pm'}`
}

/** "21 November 2026 at 5:30pm" */
export function dayAndTime(instant: string): string {
  return `${day(dayOf(instant))} at ${clockTime(instant)}`
}

/** "today at 5:30pm", "yesterday at midday", "19 November 2026 at 5pm" */
export function recentTime(instant: string, now: string): string {
  const today = Temporal.PlainDate.from(dayOf(now))
  const daysAgo = Temporal.PlainDate.from(dayOf(instant)).until(today, { largestUnit: 'day' }).days
  if (daysAgo === 0) return `today at ${clockTime(instant)}`
  if (daysAgo === 1) return `yesterday at ${clockTime(instant)}`
  return dayAndTime(instant)
}

/** How long ago, in its one largest unit: "40 minutes", "3 hours", "2 days". */
export function timeSince(instant: string, now: string): string {
  const minutes = Math.max(0, minutesBetween(instant, now))
  if (minutes < 1) return 'less than a minute'
  if (minutes < 60) return count(minutes, 'minute')
  if (minutes < 24 * 60) return count(Math.floor(minutes / 60), 'hour')
  return count(Math.floor(minutes / (24 * 60)), 'day')
}

export function dayOf(instant: string): string {
  return local(instant).toPlainDate().toString()
}

/** "1 hour", "2 hours", "1,204 messages" */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${figure(number)} ${number === 1 ? noun : plural}`
}

/** Commas over 999. */
export function figure(number: number): string {
  return figures.format(number)
}

function minutesBetween(from: string, to: string): number {
  const ms = Temporal.Instant.from(to).epochMilliseconds - Temporal.Instant.from(from).epochMilliseconds
  return Math.floor(ms / 60_000)
}

function local(instant: string): Temporal.ZonedDateTime {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(zone)
}

function weekday(isoDay: string): string {
  return weekdays[Temporal.PlainDate.from(isoDay).dayOfWeek - 1] ?? ''
}

function monthName(isoDay: string): string {
  return months[Temporal.PlainDate.from(isoDay).month - 1] ?? ''
}
