import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseNhsNumber } from '../../src/attendance/nhs-number.ts'
import { Note } from '../../src/attendance/note.ts'
import type { QueueRow } from '../../src/services/ports.ts'
import { clockTime, count, dayOf, longDay, recentTime, timeSince } from '../../src/web/presenters/dates.ts'
import { presentExcerpt } from '../../src/web/presenters/excerpt.ts'
import { presentNotes, sectionHeading } from '../../src/web/presenters/notes.ts'
import { presentPages } from '../../src/web/presenters/pages.ts'
import { presentPerson } from '../../src/web/presenters/person.ts'
import { presentBands } from '../../src/web/presenters/queue.ts'
import { cutSegments } from '../../src/web/presenters/segments.ts'
import { shown } from '../../src/web/presenters/shown-text.ts'
import { makeAttendance, makeMention } from '../world/make-attendance.ts'

const now = '2026-11-21T09:30:00Z'

describe('days and times', () => {
  test.each([
    ['the whole hour has no minutes', '2026-11-21T17:00:00Z', '5pm'],
    ['half past', '2026-11-21T17:30:00Z', '5:30pm'],
    ['minutes have two digits', '2026-11-21T00:05:00Z', '12:05am'],
    ['midday', '2026-11-21T12:00:00Z', 'midday'],
    ['midnight', '2026-11-21T00:00:00Z', 'midnight'],
    ['in summer London is an hour ahead', '2026-07-01T16:00:00Z', '5pm'],
  ])('%s: %s is %s', (_reason, instant, words) => {
    expect(clockTime(instant)).toBe(words)
  })

  test('a day is written out', () => {
    expect(longDay('2018-08-06')).toBe('Monday 6 August 2018')
  })

  test.each([
    ['the same day', '2026-11-21T08:35:00Z', 'today at 8:35am'],
    ['an hour before midnight is the day before', '2026-11-20T23:00:00Z', 'yesterday at 11pm'],
    ['earlier', '2026-11-19T17:00:00Z', '19 November 2026 at 5pm'],
    ['across a year', '2025-12-31T12:00:00Z', '31 December 2025 at midday'],
  ])('%s: %s', (_reason, instant, words) => {
    expect(recentTime(instant, now)).toBe(words)
  })

  test.each([
    ['a moment', '2026-11-21T09:29:40Z', 'less than a minute'],
    ['one minute', '2026-11-21T09:28:30Z', '1 minute'],
    ['just under an hour', '2026-11-21T08:31:00Z', '59 minutes'],
    ['hours', '2026-11-20T10:30:00Z', '23 hours'],
    ['days', '2026-11-18T09:30:00Z', '3 days'],
    ['a clock of the hospital that is ahead', '2026-11-21T09:40:00Z', 'less than a minute'],
  ])('%s ago: %s is %s', (_reason, instant, words) => {
    expect(timeSince(instant, now)).toBe(words)
  })

  test('figures over 999 have commas, and one is not plural', () => {
    expect([count(1, 'message'), count(1204, 'message')]).toEqual(['1 message', '1,204 messages'])
  })
})

describe('a person', () => {
  test.each([
    ['everything known', {}, 'Kit Fernleigh'],
    ['no first name', { given: null }, 'Fernleigh'],
    ['no name at all', { given: null, family: ' ' }, 'Name not recorded'],
  ])('%s is called "%s"', (_reason, patient, name) => {
    expect(presentPerson(makeAttendance({ patient })).name).toBe(name)
  })

  test('an NHS number stands in three groups', () => {
    const nhsNumber = parseNhsNumber('9990000018') ?? parseNhsNumber('9990000026')
    const { nhsNumber: words } = presentPerson(makeAttendance({ patient: { nhsNumber } }))
    expect(words).toMatch(/^999 000 \d{4}$/)
  })

  test('a number that fails its check is shown, and said to be no NHS number', () => {
    const patient = { nhsNumber: null, nhsNumberRefused: '9990000019' }
    expect(presentPerson(makeAttendance({ patient })).nhsNumber).toBe(
      'NHS number sent as 9990000019, which is not valid',
    )
  })

  test.each([
    [null, 'Age not known'],
    [0, 'Under 1 year'],
    [1, '1 year'],
    [15, '15 years'],
  ])('an age of %s is "%s"', (ageOnArrival, words) => {
    expect(presentPerson(makeAttendance({ ageOnArrival })).age).toBe(words)
  })
})

describe('the words of a note', () => {
  const mention = makeMention

  test('come back whole from their segments, whatever is marked', () => {
    const spans = fc.array(fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 20 })), { maxLength: 8 })
    fc.assert(
      fc.property(fc.string({ maxLength: 80, unit: 'grapheme-ascii' }), spans, (words, places) => {
        const mentions = places
          .filter(([start, length]) => start + length <= words.length)
          .map(([start, length]) => mention({ start, end: start + length }))
        const segments = cutSegments(words, mentions)
        expect(segments.map(segment => segment.text).join('')).toBe(shown(words))
      }),
    )
  })

  test('two rules on one word share a mark that names both', () => {
    const segments = cutSegments('stabbed with a knife', [
      mention({ start: 0, end: 20, ruleName: 'Stabbing' }),
      mention({ start: 15, end: 20 }),
    ])
    expect(segments).toHaveLength(1)
    expect(segments[0]?.mark?.words).toBe('Stabbing; Knife or blade')
  })

  test('a denied mention says so in words', () => {
    const [, marked] = cutSegments('no knife', [
      mention({ start: 3, end: 8, assertion: 'negated', standing: 'set-aside' }),
    ])
    expect(marked?.mark?.words).toBe('Knife or blade, denied or absent, set aside')
  })

  test.each([
    [
      'a mark that turns the writing',
      'is \u202eton\u202c armed',
      'is [right-to-left mark]ton[end of mark] armed',
    ],
    ['a control character', 'a\u0000b\u0007', 'a␀b␇'],
    ['Windows line ends', 'one\r\ntwo', 'one\ntwo'],
    ['a page break', 'one\u000ctwo', 'one\ntwo'],
    ['what is fine', 'café 😀 ٣\tx\n', 'café 😀 ٣\tx\n'],
  ])('%s is shown for what it is', (_reason, typed, words) => {
    expect(shown(typed)).toBe(words)
  })

  test('an empty part is said to be empty', () => {
    const notes = [new Note({ section: 'discharge', words: ' \n' })]
    expect(presentNotes({ notes }, [])[0]).toMatchObject({ heading: 'Discharge note', isEmpty: true })
  })

  test.each([
    ['triage', 'Triage note'],
    ['discharge-letter', 'Discharge letter'],
    ['clinical_notes', 'Clinical notes'],
    ['', 'Note'],
  ])('a section "%s" is headed "%s"', (section, heading) => {
    expect(sectionHeading(section)).toBe(heading)
  })
})

describe('the excerpt of a row', () => {
  const textOf = (words: string, mentions: readonly ReturnType<typeof makeMention>[]): string[] =>
    presentExcerpt({ notes: [new Note({ section: 'triage', words })] }, mentions).map(segments =>
      segments.map(segment => segment.text).join(''),
    )

  test('of a short note is the note', () => {
    expect(textOf('Cut with a knife.', [makeMention({ start: 11, end: 16 })])).toEqual(['Cut with a knife.'])
  })

  test('of a long note begins and ends with whole words, and holds the mention', () => {
    const words = `${'before '.repeat(60)}knife ${'after '.repeat(60)}`
    const start = words.indexOf('knife')
    const [excerpt = ''] = textOf(words, [makeMention({ start, end: start + 5 })])
    expect(excerpt).toMatch(/^… (before )+knife (after )+…$/)
    expect(excerpt.length).toBeLessThan(220)
  })

  test('of a note without any space still holds the mention', () => {
    const words = `${'x'.repeat(500)}knife${'y'.repeat(500)}`
    expect(textOf(words, [makeMention({ start: 500, end: 505 })])[0]).toContain('knife')
  })

  test('mentions far apart stand in two pieces', () => {
    const words = `knife ${'filler '.repeat(100)}gang`
    const mentions = [
      makeMention({ start: 0, end: 5 }),
      makeMention({ start: words.length - 4, end: words.length }),
    ]
    expect(textOf(words, mentions)).toHaveLength(2)
  })
})

describe('the bands', () => {
  const look = { now, me: 'asha.patel', people: new Map(), siteNames: {}, viewers: [] }
  const row = (attendance: ReturnType<typeof makeAttendance>, priority: 'high' | 'low'): QueueRow => ({
    flag: {
      ...{ id: `${attendance.attendanceId}`, trust: 'RWP', attendanceId: attendance.attendanceId, priority },
      ...{
        because: [],
        repeated: null,
        state: 'to-review',
        claimedBy: null,
        claimedAt: null,
        deferredUntil: null,
      },
      ...{ raisedAt: now, updatedAt: now, reopened: false, version: 1 },
    },
    attendance,
    mentions: [makeMention()],
    earlierAttendances: 2,
    delivery: null,
    ...{ toDo: [], skipped: null, handOver: null, withdrawnAt: null, mergedGroup: null },
  })

  test('keep one child together, under the higher band', () => {
    const first = makeAttendance()
    const again = makeAttendance({ patient: first.patient })
    const other = makeAttendance()
    const bands = presentBands([row(first, 'high'), row(other, 'low'), row(again, 'low')], look)
    expect(bands.map(band => [band.label, band.rows.map(each => each.href)])).toEqual([
      ['Review first', [`/flags/${first.attendanceId}`, `/flags/${again.attendanceId}`]],
      ['Review next', [`/flags/${other.attendanceId}`]],
    ])
    expect(bands[0]?.rows.map(each => each.isSameChild)).toEqual([false, true])
  })

  test('what was put off until now stands above the bands, with what else there is of that child', () => {
    const [put, again, later, first] = [
      makeAttendance(),
      makeAttendance(),
      makeAttendance(),
      makeAttendance(),
    ]
    const off = (attendance: ReturnType<typeof makeAttendance>, deferredUntil: string) => {
      const { flag, ...rest } = row(attendance, 'low')
      return { ...rest, flag: { ...flag, deferredUntil } }
    }
    const child = { ...again, patient: put.patient }
    const rows = [off(put, dayOf(now)), row(first, 'high'), row(child, 'low'), off(later, '2099-01-01')]
    expect(presentBands(rows, look).map(band => [band.label, band.rows.map(each => each.href)])).toEqual([
      ['Back on the list', [`/flags/${put.attendanceId}`, `/flags/${again.attendanceId}`]],
      ['Review first', [`/flags/${first.attendanceId}`]],
      ['Review next', [`/flags/${later.attendanceId}`]],
    ])
  })

  test('keep a child together whose numbers the hospital merged', () => {
    const numbered = (localId: string) => makeAttendance({ patient: { localId, nhsNumber: null } })
    const [one, other, stranger] = [numbered('W1'), numbered('W2'), numbered('W3')]
    const merged = [one, other].map(attendance => ({ ...row(attendance, 'high'), mergedGroup: 'g1' }))
    const [band] = presentBands([...merged, row(stranger, 'high')], look)
    expect(band?.rows.map(each => each.isSameChild)).toEqual([false, true, false])
  })

  test('never join two children who have no number', () => {
    const nobody = { nhsNumber: null, localId: null }
    const rows = [makeAttendance({ patient: nobody }), makeAttendance({ patient: nobody })]
    const bands = presentBands(
      rows.map(attendance => row(attendance, 'high')),
      look,
    )
    expect(bands[0]?.rows.map(each => each.isSameChild)).toEqual([false, false])
  })

  test('say how often a child has come', () => {
    expect(presentBands([row(makeAttendance(), 'high')], look)[0]?.rows[0]?.repeat).toBe(
      'Third attendance in 90 days',
    )
  })
})

describe('links to pages', () => {
  const pagesOf = (page: number, total: number) =>
    presentPages({ page, length: 50, total, href: number => `/?page=${number}` })

  test('are not there where one page holds all', () => {
    expect(pagesOf(1, 50)).toBeNull()
  })

  test('lead on from the first and back from the last', () => {
    expect(pagesOf(1, 51)).toMatchObject({ previous: null, next: '/?page=2' })
    expect(pagesOf(2, 51)).toMatchObject({ previous: '/?page=1', next: null })
  })

  test('lead back from a page past the end', () => {
    expect(pagesOf(9, 51)).toMatchObject({ previous: '/?page=2', next: null })
  })
})
