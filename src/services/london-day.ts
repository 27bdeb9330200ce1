/** The day in Europe/London on which an instant falls, as an ISO day: days there have 23, 24 or 25 hours. */
export function londonDayOf(instant: Temporal.Instant | string): string {
  const moment = typeof instant === 'string' ? Temporal.Instant.from(instant) : instant
  return moment.toZonedDateTimeISO('Europe/London').toPlainDate().toString()
}
