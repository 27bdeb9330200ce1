import { activeMin, expectedMin, weeksBack } from './silence.ts'

/** A source that has sent nothing for longer than it usually takes at this hour of this day of the week. */
export interface LateFeed {
  readonly source: string
  /** When its last message came: an ISO instant. */
  readonly since: string
  /** Messages that came in such a stretch of earlier weeks, on average. */
  readonly expected: number
}

/** A stretch of time of one source; ISO instants, the end not included. */
export interface Stretch {
  readonly source: string
  readonly from: string
  readonly to: string
}

/** What a source sent in a stretch of an earlier week. */
export interface StretchCount {
  readonly messages: number
  /** It sent something in the day up to the stretch's end: a week in which it sent nothing says nothing. */
  readonly isActive: boolean
}

/** A feed that is silent for longer is as late as it can be: the weeks are compared by so many hours. */
const hoursMax = 24

/** The same stretch by the clocks of London, in each of the weeks before. */
export function earlierStretches({ source, from, to }: Stretch): readonly Stretch[] {
  const zoned = (instant: string): Temporal.ZonedDateTime =>
    Temporal.Instant.from(instant).toZonedDateTimeISO('Europe/London')
  const [start, end] = [zoned(from), zoned(to)]
  const earliest = end.subtract({ hours: hoursMax })
  const begin = Temporal.ZonedDateTime.compare(start, earliest) < 0 ? earliest : start
  return weeksBack.map(weeks => ({
    source,
    from: begin.subtract({ weeks }).toInstant().toString(),
    to: end.subtract({ weeks }).toInstant().toString(),
  }))
}

/** Null where what came in earlier weeks does not make the silence remarkable. */
export function lateFeed(
  { source, since }: { readonly source: string; readonly since: string },
  earlier: readonly StretchCount[],
): LateFeed | null {
  const active = earlier.filter(({ isActive }) => isActive)
  if (active.length < activeMin) return null
  const expected = active.reduce((sum, { messages }) => sum + messages, 0) / active.length
  return expected < expectedMin ? null : { source, since, expected }
}
