import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cameTwice, isDay, londonDayOf, parseInstant } from '../../src/attendance/instant.ts'

describe('an instant', () => {
  test.each([
    ['UTC', '2026-03-01T09:30:00Z', '2026-03-01T09:30:00Z'],
    ['minutes are enough', '2026-03-01T09:30Z', '2026-03-01T09:30:00Z'],
    ['an offset is taken off', '2026-07-01T09:30:00+01:00', '2026-07-01T08:30:00Z'],
    ['an offset needs no colon', '2026-07-01T09:30:00-0230', '2026-07-01T12:00:00Z'],
    ['a fraction stays, to the millisecond', '2026-03-01T09:30:00.123456Z', '2026-03-01T09:30:00.123Z'],
    ['no zone in winter: London is UTC', '2026-01-15T23:59:00', '2026-01-15T23:59:00Z'],
    ['no zone in summer: London is an hour ahead', '2026-07-15T00:10:00', '2026-07-14T23:10:00Z'],
    ['the autumn hour that comes twice: the first', '2026-10-25T01:30:00', '2026-10-25T00:30:00Z'],
    ['the spring hour that does not come: moved on', '2026-03-29T01:30:00', '2026-03-29T01:30:00Z'],
    ['29 February of a leap year', '2024-02-29T12:00:00Z', '2024-02-29T12:00:00Z'],
  ])('%s: %s is %s', (_reason, text, instant) => {
    expect(parseInstant(text)).toBe(instant)
  })

  test.each([
    ['words', 'yesterday'],
    ['a day only', '2026-03-01'],
    ['30 February', '2026-02-30T12:00:00Z'],
    ['29 February of another year', '2100-02-29T12:00:00Z'],
    ['month 13', '2026-13-01T12:00:00Z'],
    ['24 o’clock', '2026-03-01T24:00:00Z'],
    ['a leap second', '2026-03-01T23:59:60Z'],
    ['a two-digit year', '26-03-01T09:30:00Z'],
    ['HL7 digits', '202603010930'],
    ['the British order', '01/03/2026 09:30'],
    ['an offset beyond any zone', '2026-03-01T09:30:00+15:00'],
  ])('%s is none: %s', (_reason, text) => {
    expect(parseInstant(text)).toBeNull()
  })

  test('what comes out reads back as itself', () => {
    const date = fc.date({ min: new Date('1970-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(date, moment => {
        const instant = parseInstant(moment.toISOString())
        expect(Date.parse(instant ?? '')).toBe(moment.getTime())
        expect(parseInstant(instant ?? '')).toBe(instant)
      }),
    )
  })
})

test.each([
  ['in the hour that came twice', '2026-10-25T01:30:00', true],
  ['at its first minute', '2026-10-25T01:00', true],
  ['just before it', '2026-10-25T00:59:59', false],
  ['just after it', '2026-10-25T02:00:00', false],
  ['of another Sunday of October', '2026-10-18T01:30:00', false],
  ['in the spring', '2026-03-29T01:30:00', false],
  ['with its zone', '2026-10-25T01:30:00Z', false],
  ['with its zone ahead', '2026-10-25T01:30:00+01:00', false],
  ['with its zone behind', '2026-10-25T01:30:00-0500', false],
  ['a day alone', '2026-10-25', false],
])('a time %s, %s: nobody can tell which is meant: %s', (_when, text, answer) => {
  expect(cameTwice(text)).toBe(answer)
})

describe('a day', () => {
  test('the day of London is the calendar’s own, at every instant since 1970', () => {
    const date = fc.date({ min: new Date('1970-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(date, moment => {
        const instant = moment.toISOString()
        const slow = Temporal.Instant.from(instant).toZonedDateTimeISO('Europe/London').toPlainDate()
        expect(londonDayOf(instant)).toBe(slow.toString())
      }),
      { numRuns: 2_000 },
    )
  })

  test('half past eleven at night in UTC is the next day in a British summer', () => {
    expect(londonDayOf('2026-07-15T23:30:00Z')).toBe('2026-07-16')
    expect(londonDayOf('2026-01-15T23:30:00Z')).toBe('2026-01-15')
    expect(londonDayOf('2026-07-16T00:30:00+01:00')).toBe('2026-07-16')
  })

  test.each([
    ['2011-05-30', true],
    ['2011-02-29', false],
    ['2011-5-30', false],
    ['30/05/2011', false],
    ['2011-00-10', false],
    ['2011-04-31', false],
  ])('%s is a day: %s', (text, answer) => {
    expect(isDay(text)).toBe(answer)
  })
})

test('London time without a calendar of zones agrees with the calendar, in every hour of its changes', () => {
  for (let year = 1990; year <= 2040; year++) {
    for (const month of [1, 3, 7, 10, 12]) {
      for (let day = 20; day <= 31; day++) {
        for (const hour of ['00', '01', '02', '23']) {
          const wallTime = `${year}-${String(month).padStart(2, '0')}-${day}T${hour}:30:00`
          const expected = Temporal.PlainDateTime.from(wallTime).toZonedDateTime('Europe/London').toInstant()
          expect(parseInstant(wallTime)).toBe(expected.toString())
        }
      }
    }
  }
})
