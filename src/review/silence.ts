/** How many messages a source sent in an hour. `hour` is the ISO instant at which it began. */
export interface HourCount {
  readonly source: string
  readonly hour: string
  readonly messages: number
}

/** A stretch of a day in which a source sent nothing, although it usually does. */
export interface Silence {
  readonly source: string
  readonly from: string
  readonly to: string
  /** Messages that came in such a stretch of earlier weeks, on average. */
  readonly expected: number
}

/** With so many expected, none at all comes by chance once in 20,000 such stretches (Poisson: e to the minus 10). */
export const expectedMin = 10
/** Fewer earlier days say nothing of what is usual. */
export const activeMin = 2
export const weeksBack: readonly number[] = [1, 2, 3, 4]

/** The days a day is compared with: the same day of the week, for 3pm on a Tuesday is not 3am on a Sunday. */
export function comparedDays(day: string): readonly string[] {
  const plain = Temporal.PlainDate.from(day)
  return weeksBack.map(weeks => plain.subtract({ weeks }).toString())
}

/**
 * The silences of a day of Europe/London, in order of source. A day may have 23 or 25 hours. `until` is an ISO instant:
 * what has not yet gone by at it is not silent, however long it still is.
 */
export function silencesOf(day: string, counts: readonly HourCount[], until?: string): readonly Silence[] {
  const bySource = Map.groupBy(counts, ({ source }) => source)
  const hours = hoursOf(day).filter(hour => until === undefined || isOverAt(hour, until))
  return [...bySource].flatMap(([source, counted]) =>
    stretchesOf(hours, { usual: usualOf(day, counted), counts: counted })
      .filter(({ expected }) => expected >= expectedMin)
      .map(stretch => ({ source, ...stretch })),
  )
}

function stretchesOf(
  hours: readonly Temporal.ZonedDateTime[],
  { usual, counts }: { usual: ReadonlyMap<number, number>; counts: readonly HourCount[] },
): readonly Omit<Silence, 'source'>[] {
  const sent = new Set(counts.filter(({ messages }) => messages > 0).map(({ hour }) => msOf(hour)))
  const stretches: { from: string; to: string; expected: number }[] = []
  let isOpen = false
  for (const hour of hours) {
    const isSilent = !sent.has(hour.epochMilliseconds)
    const expected = usual.get(hour.hour) ?? 0
    const to = hour.add({ hours: 1 }).toInstant().toString()
    const last = stretches.at(-1)
    if (isSilent && isOpen && last !== undefined) {
      last.to = to
      last.expected += expected
    } else if (isSilent) stretches.push({ from: hour.toInstant().toString(), to, expected })
    isOpen = isSilent
  }
  return stretches
}

/** What came in each hour of the clock on the earlier days on which the source sent anything, on average. */
function usualOf(day: string, counts: readonly HourCount[]): ReadonlyMap<number, number> {
  const compared = new Set(comparedDays(day))
  const usual = new Map<number, number>()
  const active = new Set<string>()
  for (const { hour, messages } of counts) {
    const at = Temporal.Instant.from(hour).toZonedDateTimeISO('Europe/London')
    const date = at.toPlainDate().toString()
    if (messages === 0 || !compared.has(date)) continue
    active.add(date)
    usual.set(at.hour, (usual.get(at.hour) ?? 0) + messages)
  }
  if (active.size < activeMin) return new Map()
  return new Map([...usual].map(([hour, messages]) => [hour, messages / active.size]))
}

function hoursOf(day: string): readonly Temporal.ZonedDateTime[] {
  const start = Temporal.PlainDate.from(day).toZonedDateTime('Europe/London')
  return Array.from({ length: start.hoursInDay }, (_, index) => start.add({ hours: index }))
}

function isOverAt(hour: Temporal.ZonedDateTime, until: string): boolean {
  return hour.add({ hours: 1 }).epochMilliseconds <= msOf(until)
}

function msOf(instant: string): number {
  return Temporal.Instant.from(instant).epochMilliseconds
}
