import type { Priority } from '../rules/rule.ts'

/** The day's list is cut at 7am: what is flagged later stands on the next day's. */
const cutHour = 7

/** The day on whose list a flag stands, as an ISO day of Europe/London. `raisedAt` is an ISO instant. */
export function listDayOf(raisedAt: string): string {
  const raised = Temporal.Instant.from(raisedAt).toZonedDateTimeISO('Europe/London')
  return raised
    .toPlainDate()
    .add({ days: raised.hour < cutHour ? 0 : 1 })
    .toString()
}

/**
 * The last day on which a flag should be reviewed: "Review first" on the day of its list, the others by the end of
 * the next day. A day later it is overdue.
 */
export function reviewByDay({ priority, raisedAt }: { priority: Priority; raisedAt: string }): string {
  const days = priority === 'high' ? 0 : 1
  return Temporal.PlainDate.from(listDayOf(raisedAt)).add({ days }).toString()
}

export function isOverdue(flag: { priority: Priority; raisedAt: string }, today: string): boolean {
  return reviewByDay(flag) < today
}

/** A flag raised before this instant is overdue on `today`: what `isOverdue` says, for a list that is not read yet. */
export function overdueBefore(priority: Priority, today: string): string {
  const cut = Temporal.PlainDate.from(today)
    .subtract({ days: priority === 'high' ? 1 : 2 })
    .toZonedDateTime({ timeZone: 'Europe/London', plainTime: Temporal.PlainTime.from({ hour: cutHour }) })
  return cut.toInstant().toString()
}
