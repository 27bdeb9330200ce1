import { isDay, parseInstant } from '../../attendance/instant.ts'

/** ISO instants; `to` null where it goes up to now. */
export type Period =
  | { readonly from: string; readonly to: string | null }
  /** What is wrong, for the person who typed it. */
  | { readonly problem: string }

/** From one time up to, not including, another. A day stands for its beginning in `from`, and for its end in `to`. */
export function periodOf({ from, to }: { from: string; to?: string }, now: Temporal.Instant): Period {
  const first = isDay(from) ? startOf(Temporal.PlainDate.from(from)) : parseInstant(from)
  if (first === null) return { problem: `--from takes ${times}` }
  if (first > now.toString()) return { problem: '--from lies ahead: history is read again from the past' }
  if (to === undefined) return { from: first, to: null }
  const last = isDay(to) ? startOf(Temporal.PlainDate.from(to).add({ days: 1 })) : parseInstant(to)
  if (last === null) return { problem: `--to takes ${times}` }
  if (Temporal.Instant.compare(last, first) <= 0) return { problem: '--to lies before --from' }
  return { from: first, to: last }
}

const times = 'a day or a time of Europe/London, such as 2026-03-01 or 2026-03-01T09:30'

function startOf(day: Temporal.PlainDate): string {
  return day.toZonedDateTime('Europe/London').toInstant().toString()
}
