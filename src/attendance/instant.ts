const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/** The form that comes out, and that most sources send: nothing to work out. */
const plainForm = '2026-03-01T09:30:00Z'

/**
 * date "T" hours ":" minutes [":" seconds ["." fraction]] [zone]
 * zone: "Z", or "+" or "-" with hours and minutes
 */
const form =
  /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(\.\d{1,9})?)?(?:Z|([+-])(0\d|1[0-4]):?([0-5]\d))?$/

/**
 * The instant that a source writes, as 2026-03-01T09:30:00Z, or null where it is none.
 *
 * A time without a zone is hospital time, Europe/London. In the autumn hour that comes twice it is read as the
 * first of the two; in the spring hour that does not come it is moved on by an hour. Zones say it better.
 */
export function parseInstant(text: string): string | null {
  const parts = form.exec(text)
  if (parts === null) return null
  const [, day = '', hours = '', minutes = '', seconds = '00', fraction = '', sign, ...zone] = parts
  if (!isInCalendar(day)) return null
  if (text.length === plainForm.length && text.endsWith('Z')) return text
  const wallTime = `${day}T${hours}:${minutes}:${seconds}${fraction.slice(0, 4)}`
  if (sign === undefined && !text.endsWith('Z')) return ofLondon(wallTime)
  const [zoneHours = '0', zoneMinutes = '0'] = zone
  const offsetMs = (Number(zoneHours ?? 0) * 60 + Number(zoneMinutes ?? 0)) * minuteMs
  return formatInstant(Date.parse(`${wallTime}Z`) + (sign === '-' ? offsetMs : -offsetMs))
}

/** The last Sundays of March and October, of which the second has the hour from one to two o'clock twice. */
const repeatedHour = 'T01'

/** True for a time without a zone that came twice that night: which of the two is meant, nobody can tell. */
export function cameTwice(text: string): boolean {
  if (text.slice(10, 13) !== repeatedHour || !/^[\d:.T]+$/.test(text.slice(10))) return false
  return text.slice(0, 10) === clockChanges(text.slice(0, 4))?.autumn
}

/** True for a day of the calendar, written 2011-05-30. Years before 1000, as in 0001-01-01, are how programs write "none". */
export function isDay(text: string): boolean {
  return /^[12]\d{3}-\d\d-\d\d$/.test(text) && isInCalendar(text)
}

/** The day of Europe/London on which an instant falls. */
export function londonDayOf(instant: string | Temporal.Instant): string {
  const text = instant.toString()
  const utc = text.endsWith('Z') ? text : new Date(text).toISOString()
  const day = utc.slice(0, 10)
  // London is never behind UTC and, since 1947, never more than an hour ahead: only the last hour can differ.
  if (utc.slice(11, 13) !== '23') return day
  const changes = clockChanges(day.slice(0, 4))
  if (changes !== null && (day < changes.spring || changes.autumn <= day)) return day
  return Temporal.Instant.from(utc).toZonedDateTimeISO('Europe/London').toPlainDate().toString()
}

/** In winter, most of the year, the time of London is the instant as it stands. */
function ofLondon(wallTime: string): string {
  const day = wallTime.slice(0, 10)
  const changes = clockChanges(day.slice(0, 4))
  if (changes === null || day === changes.spring || day === changes.autumn) {
    const zoned = Temporal.PlainDateTime.from(wallTime).toZonedDateTime('Europe/London', {
      disambiguation: 'compatible',
    })
    return formatInstant(zoned.epochMilliseconds)
  }
  const isSummer = changes.spring < day && day < changes.autumn
  if (!isSummer && wallTime.length === plainForm.length - 1) return `${wallTime}Z`
  return formatInstant(Date.parse(`${wallTime}Z`) - (isSummer ? 60 * minuteMs : 0))
}

interface ClockChanges {
  readonly spring: string
  readonly autumn: string
}

const changesOfYears = new Map<string, ClockChanges | null>()

/**
 * Since 1996 (the Summer Time Order 2002 made it permanent), summer time runs from the last Sunday of March to that
 * of October, at 01:00 UTC. Only those two days and earlier years need the whole calendar of time zones: null.
 */
function clockChanges(year: string): ClockChanges | null {
  const known = changesOfYears.get(year)
  if (known !== undefined) return known
  const changes = year < '1996' ? null : { spring: lastSunday(year, 3), autumn: lastSunday(year, 10) }
  changesOfYears.set(year, changes)
  return changes
}

/** The last Sunday of a month of 31 days. */
function lastSunday(year: string, month: number): string {
  const last = new Date(Date.UTC(Number(year), month - 1, 31))
  return new Date(last.getTime() - last.getUTCDay() * dayMs).toISOString().slice(0, 10)
}

function formatInstant(ms: number): string {
  const text = new Date(ms).toISOString()
  return text.endsWith('.000Z') ? `${text.slice(0, -5)}Z` : text
}

function isInCalendar(day: string): boolean {
  const month = Number(day.slice(5, 7))
  const ofMonth = Number(day.slice(8))
  if (month < 1 || month > 12 || ofMonth < 1) return false
  return ofMonth <= 28 || ofMonth <= daysIn(month, Number(day.slice(0, 4)))
}

function daysIn(month: number, year: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}
