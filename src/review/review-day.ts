import type { Priority } from '../rules/rule.ts'

/**
 * The last day on which a flag should be reviewed, as an ISO day of Europe/London: "Review first" the day it was
 * raised, the others by the end of the next day. A day later it is overdue.
 */
export function reviewByDay(priority: Priority, raisedOn: string): string {
  const days = priority === 'high' ? 0 : 1
  return Temporal.PlainDate.from(raisedOn).add({ days }).toString()
}

export function isOverdue(flag: { priority: Priority; raisedOn: string }, today: string): boolean {
  return reviewByDay(flag.priority, flag.raisedOn) < today
}
