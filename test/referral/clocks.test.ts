import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Clocked, dueOf, isOpenAt } from '../../src/referral/clocks.ts'
import {
  addWorkingDays,
  type BankHolidays,
  isWorkingDay,
  readBankHolidays,
} from '../../src/referral/working-days.ts'

const shipped = JSON.parse(readFileSync('partnership/bank-holidays.json', 'utf8'))
const holidays = readBankHolidays(shipped) as BankHolidays
const clocks = { acknowledgementDays: 1, decisionDays: 1, dayEnds: '17:00', escalateAfterDays: 1 }
const world = { clocks, holidays, meeting: { weekday: 3, cutOffDays: 1 } }

const referral: Clocked = {
  state: 'delivered',
  stateSince: '2026-11-20T10:00:00Z',
  sentAt: '2026-11-20T10:00:00Z',
  acknowledgedAt: null,
  nextReview: null,
}

describe('the bank holidays that come with Wren', () => {
  test('are those of the Banking and Financial Dealings Act 1971, worked out from the calendar', () => {
    for (let year = 2025; year <= holidays.lastYear; year += 1) {
      const known = [...holidays.days].filter(day => day.startsWith(String(year)))
      expect(known).toEqual(bankHolidaysOf(year))
    }
  })

  test('say how far they reach', () => {
    expect(holidays.lastYear).toBe(2028)
  })

  test.each([
    ['another form', { events: [] }],
    ['no events', { 'england-and-wales': { events: [] } }],
    ['a day that is none', { 'england-and-wales': { events: [{ title: 'x', date: '2026-02-30' }] } }],
  ])('are refused in %s', (_reason, json) => {
    expect(readBankHolidays(json)).toBeNull()
  })
})

test('working days are counted over weekends and bank holidays, and never fewer than asked', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000 }), fc.integer({ min: 0, max: 30 }), (offset, count) => {
      const day = Temporal.PlainDate.from('2025-01-01').add({ days: offset })
      const end = Temporal.PlainDate.from(addWorkingDays(day.toString(), count, holidays))
      let working = 0
      for (
        let at = day.add({ days: 1 });
        Temporal.PlainDate.compare(at, end) <= 0;
        at = at.add({ days: 1 })
      ) {
        if (isWorkingDay(at.toString(), holidays)) working += 1
      }
      const isStart = isWorkingDay(day.toString(), holidays)
      expect(isWorkingDay(end.toString(), holidays)).toBe(true)
      expect(working).toBe(isStart ? count : count + 1)
    }),
  )
})

describe('when an acknowledgement is due', () => {
  test.each([
    ['sent on a Tuesday morning', '2026-11-17T09:00:00Z', '2026-11-18T17:00:00Z'],
    ['sent on a Friday: over the weekend', '2026-11-20T10:00:00Z', '2026-11-23T17:00:00Z'],
    ['sent on Friday at 5pm: the clock starts on Monday', '2026-11-20T17:00:00Z', '2026-11-24T17:00:00Z'],
    ['sent on a Saturday', '2026-11-21T10:00:00Z', '2026-11-24T17:00:00Z'],
    ['sent on Christmas Eve', '2026-12-24T10:00:00Z', '2026-12-29T17:00:00Z'],
    ['sent on Good Friday', '2026-04-03T10:00:00Z', '2026-04-08T16:00:00Z'],
    ['sent at 4:30pm in summer, by the clock of London', '2026-07-01T15:30:00Z', '2026-07-02T16:00:00Z'],
    ['sent at 5:30pm in summer', '2026-07-01T16:30:00Z', '2026-07-03T16:00:00Z'],
    ['over the night in which summer time ends', '2026-10-23T10:00:00Z', '2026-10-26T17:00:00Z'],
    ['over the night in which it begins', '2026-03-27T10:00:00Z', '2026-03-30T16:00:00Z'],
  ])('%s', (_reason, sentAt, at) => {
    expect(dueOf({ ...referral, sentAt }, { ...world, now: sentAt })).toMatchObject({
      what: 'acknowledgement',
      at,
      standing: 'in-time',
    })
  })

  test.each([
    ['a minute before', '2026-11-23T16:59:00Z', 'in-time'],
    ['a minute after: chase', '2026-11-23T17:01:00Z', 'chase'],
    ['a working day later: escalate', '2026-11-24T17:01:00Z', 'escalate'],
  ])('%s', (_reason, now, standing) => {
    expect(dueOf(referral, { ...world, now })?.standing).toBe(standing)
  })

  test('a year without bank holidays says so', () => {
    const sentAt = '2029-03-01T10:00:00Z'
    expect(dueOf({ ...referral, sentAt }, { ...world, now: sentAt })).toMatchObject({
      isCalendarMissing: true,
    })
    expect(dueOf(referral, { ...world, now: sentAt })).toMatchObject({ isCalendarMissing: false })
  })
})

test.each<
  [reason: string, wishes: Partial<Clocked>, what: string | undefined, at: string | null | undefined]
>([
  [
    'a decision runs from the acknowledgement',
    { state: 'acknowledged', acknowledgedAt: '2026-11-23T09:00:00Z' },
    'decision',
    '2026-11-24T17:00:00Z',
  ],
  [
    'a pathway is due the day after the next meeting',
    { state: 'accepted', stateSince: '2026-11-23T09:00:00Z' },
    'pathway',
    '2026-11-26T17:00:00Z',
  ],
  ['a review on its day', { state: 'outcome', nextReview: '2027-01-13' }, 'review', '2027-01-13T17:00:00Z'],
  ['an outcome without a review day has no clock', { state: 'outcome' }, 'review', null],
  ['what waits for a nurse is due at once', { state: 'declined' }, 'nurse', null],
  ['what waits to be sent is due the same day', { state: 'queued' }, 'sending', '2026-11-20T17:00:00Z'],
  [
    'entering by hand has the clock of the acknowledgement',
    { state: 'by-hand' },
    'acknowledgement',
    '2026-11-23T17:00:00Z',
  ],
  ['stepped down: nothing', { state: 'stepped-down' }, undefined, undefined],
  ['cancelled: nothing', { state: 'cancelled' }, undefined, undefined],
  ['superseded: nothing', { state: 'superseded' }, undefined, undefined],
])('%s', (_reason, wishes, what, at) => {
  const due = dueOf({ ...referral, ...wishes }, { ...world, now: '2026-11-20T10:00:00Z' })
  expect([due?.what, due?.at]).toEqual([what, at])
})

test.each([
  ['a Monday at 9am', '2026-11-23T09:00:00Z', true],
  ['a Monday before', '2026-11-23T08:59:00Z', false],
  ['a Monday at 5pm', '2026-11-23T17:00:00Z', false],
  ['a Sunday', '2026-11-22T11:00:00Z', false],
  ['Christmas Day', '2026-12-25T11:00:00Z', false],
  ['the substitute for Boxing Day', '2026-12-28T11:00:00Z', false],
])('on %s the offices are open: %s', (_reason, now, isOpen) => {
  expect(isOpenAt(now, world)).toBe(isOpen)
})

/** New Year, Good Friday, Easter Monday, three Mondays, Christmas and Boxing Day, with their substitutes. */
function bankHolidaysOf(year: number): string[] {
  const easter = easterOf(year)
  const onWeekday = (day: Temporal.PlainDate, taken: string[] = []): Temporal.PlainDate => {
    let at = day
    while (at.dayOfWeek > 5 || taken.includes(at.toString())) at = at.add({ days: 1 })
    return at
  }
  const monday = (month: number, which: 'first' | 'last'): Temporal.PlainDate => {
    const start = Temporal.PlainDate.from({ year, month, day: 1 })
    const first = start.add({ days: (8 - start.dayOfWeek) % 7 })
    if (which === 'first') return first
    const last = first.add({ days: 28 })
    return last.month === month ? last : first.add({ days: 21 })
  }
  const christmas = onWeekday(Temporal.PlainDate.from({ year, month: 12, day: 25 }))
  const boxing = onWeekday(Temporal.PlainDate.from({ year, month: 12, day: 26 }), [christmas.toString()])
  return [
    onWeekday(Temporal.PlainDate.from({ year, month: 1, day: 1 })),
    easter.subtract({ days: 2 }),
    easter.add({ days: 1 }),
    monday(5, 'first'),
    monday(5, 'last'),
    monday(8, 'last'),
    christmas,
    boxing,
  ].map(String)
}

/** The Gregorian computus, as Meeus, Jones and Butcher write it. */
function easterOf(year: number): Temporal.PlainDate {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100]
  const [d, e] = [Math.floor(b / 4), b % 4]
  const g = Math.floor((8 * b + 13) / 25)
  const h = (19 * a + b - d - g + 15) % 30
  const [i, k] = [Math.floor(c / 4), c % 4]
  const l = (32 + 2 * e + 2 * i - h - k) % 7
  const m = Math.floor((a + 11 * h + 19 * l) / 433)
  const month = Math.floor((h + l - 7 * m + 90) / 25)
  return Temporal.PlainDate.from({ year, month, day: (h + l - 7 * m + 33 * month + 19) % 32 })
}
