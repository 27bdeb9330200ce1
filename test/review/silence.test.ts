import { expect, test } from 'vitest'
import { comparedDays, type HourCount, silencesOf } from '../../src/review/silence.ts'

const tuesday = '2026-11-17'

type Hourly = (at: number) => number
const rows: [string, string, Hourly, Hourly, string[]][] = [
  ['a night as quiet as every night', tuesday, at => (at < 6 ? 0 : 8), at => (at < 6 ? 0 : 8), []],
  [
    'an afternoon without a message',
    tuesday,
    () => 8,
    at => (at === 14 || at === 15 ? 0 : 8),
    ['14:00 to 16:00, 16'],
  ],
  ['one hour of a small unit', tuesday, () => 2, at => (at === 3 ? 0 : 2), []],
  ['a whole day', tuesday, () => 1, () => 0, ['00:00 to 00:00, 24']],
  ['the day of 23 hours: the hour that does not come is no silence', '2026-03-29', () => 12, () => 12, []],
  [
    'the day of 25 hours, of which both ones are silent',
    '2026-10-25',
    () => 12,
    at => (at === 1 ? 0 : 12),
    ['01:00 to 02:00, 24'],
  ],
]

test.each(rows)('%s', (_reason, day, usual, then, silent) => {
  const counts = [...comparedDays(day).flatMap(each => hoursOf(each, usual)), ...hoursOf(day, then)]
  const found = silencesOf(day, counts).map(
    ({ from, to, expected }) => `${clock(from)} to ${clock(to)}, ${Math.round(expected)}`,
  )
  expect(found).toEqual(silent)
})

test('a source that is new, or sent on one earlier day only, is not expected', () => {
  const [lastWeek = ''] = comparedDays(tuesday)
  expect(
    silencesOf(
      tuesday,
      hoursOf(lastWeek, () => 50),
    ),
  ).toEqual([])
})

test('of two sources the silent one is named', () => {
  const usual = ['ed', 'miu'].flatMap(source =>
    comparedDays(tuesday).flatMap(each => hoursOf(each, () => 8, source)),
  )
  const counts = [...usual, ...hoursOf(tuesday, () => 8, 'miu')]
  expect(silencesOf(tuesday, counts).map(({ source }) => source)).toEqual(['ed'])
})

test.each([
  ['what is still to come is not silent', '2026-11-17T14:59:00Z', []],
  ['what has gone by is', '2026-11-17T16:20:00Z', ['14:00 to 16:00, 16']],
])('on a day that is not over, %s', (_reason, now, silent) => {
  const usual = comparedDays(tuesday).flatMap(each => hoursOf(each, () => 8))
  const counts = [...usual, ...hoursOf(tuesday, at => (at < 14 ? 8 : 0))]
  const found = silencesOf(tuesday, counts, now)
  expect(
    found.map(({ from, to, expected }) => `${clock(from)} to ${clock(to)}, ${Math.round(expected)}`),
  ).toEqual(silent)
})

/** By the hour of the clock in London. */
function hoursOf(day: string, messages: (hour: number) => number, source = 'ed'): HourCount[] {
  const start = Temporal.PlainDate.from(day).toZonedDateTime('Europe/London')
  return Array.from({ length: start.hoursInDay }, (_, index) => start.add({ hours: index }))
    .map(hour => ({ source, hour: hour.toInstant().toString(), messages: messages(hour.hour) }))
    .filter(count => count.messages > 0)
}

function clock(instant: string): string {
  return Temporal.Instant.from(instant)
    .toZonedDateTimeISO('Europe/London')
    .toPlainTime()
    .toString()
    .slice(0, 5)
}
