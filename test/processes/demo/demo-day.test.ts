import { describe, expect, test } from 'vitest'
import { loadRules, requireRuleset } from '../../../src/adapters/rules-folder/load-rules.ts'
import type { Attendance } from '../../../src/attendance/attendance.ts'
import { decodeJson } from '../../../src/attendance/decode-json.ts'
import { londonDayOf } from '../../../src/attendance/instant.ts'
import { type DemoMessage, makeDemoDay, makeDemoHistory } from '../../../src/processes/demo/demo-day.ts'
import { likenessOf } from '../../../src/review/household.ts'
import type { Priority } from '../../../src/rules/rule.ts'
import { makeScanner } from '../../../src/scan/scan.ts'

const day = '2026-11-21'
const feed = makeDemoDay({ day, seed: 7 })
const attendances = feed.flatMap(readable)

describe('the demo’s day', () => {
  test('is the same for the same day and seed, and another for another seed', () => {
    const texts = (messages: readonly DemoMessage[]): string[] =>
      messages.map(({ bytes }) => Buffer.from(bytes).toString())
    expect(texts(makeDemoDay({ day, seed: 7 }))).toEqual(texts(feed))
    expect(texts(makeDemoDay({ day, seed: 8 }))).not.toEqual(texts(feed))
  })

  test('has about 500 messages, sent in order, all on the day', () => {
    expect(feed.length).toBeGreaterThan(480)
    expect(feed.length).toBeLessThan(520)
    expect(feed.map(({ sentAt }) => sentAt)).toEqual(feed.map(({ sentAt }) => sentAt).sort())
    expect(new Set(feed.map(({ sentAt }) => londonDayOf(sentAt)))).toEqual(new Set([day]))
    expect(new Set(attendances.map(({ arrivedAt }) => londonDayOf(arrivedAt ?? '')))).toEqual(new Set([day]))
  })

  test('has one message that cannot be read, a child without a birth date, updates and duplicates', () => {
    const count = (shows: DemoMessage['shows']): number => feed.filter(each => each.shows === shows).length
    expect(feed.filter(each => readable(each).length === 0).map(({ shows }) => shows)).toEqual(['unreadable'])
    expect(attendances.filter(({ patient }) => patient.birthDate === null)).toHaveLength(1)
    expect({ updates: count('update'), duplicates: count('duplicate') }).toEqual({
      updates: 10,
      duplicates: 4,
    })
  })

  test('has the trust’s shares of sites and of children', () => {
    const share = (holds: (attendance: Attendance) => boolean): number =>
      attendances.filter(holds).length / attendances.length
    expect(share(({ site }) => site === 'RWP50')).toBeCloseTo(0.45, 1)
    expect(share(({ site }) => site === 'RWP01')).toBeCloseTo(0.4, 1)
    expect(share(({ site }) => site === 'RWP31')).toBeCloseTo(0.15, 1)
    expect(share(({ ageOnArrival }) => ageOnArrival !== null && ageOnArrival < 18)).toBeCloseTo(0.23, 1)
  })

  test('names nobody who lives: numbers of the range kept for tests, postcodes that were never given out', () => {
    const people = attendances.map(({ patient }) => patient)
    const numbers = people.flatMap(({ nhsNumber }) => nhsNumber ?? [])
    expect(numbers.filter(number => !number.startsWith('999'))).toEqual([])
    expect(people.every(({ nhsNumberRefused }) => nhsNumberRefused === null)).toBe(true)
    const postcodes = people.flatMap(({ postcode }) => postcode ?? [])
    expect(postcodes.filter(postcode => !/ \d[CKMOV]{2}$/.test(postcode))).toEqual([])
  })

  test('gives every attendance an id of its own', () => {
    const first = feed.filter(({ shows }) => !['update', 'duplicate', 'unreadable'].includes(shows))
    const ids = first.flatMap(readable).map(({ attendanceId }) => attendanceId)
    expect(new Set(ids).size).toBe(first.length)
  })

  test('shares no attendance and no person with the day after', () => {
    const next = makeDemoDay({ day: '2026-11-22', seed: 7 }).flatMap(readable)
    const known = new Set(attendances.flatMap(({ attendanceId, patient }) => [attendanceId, patient.localId]))
    expect(next.filter(each => known.has(each.attendanceId) || known.has(each.patient.localId))).toEqual([])
  })

  test('has two brothers of one house, each of concern, so that a nurse sees one suggested for the other', () => {
    const concerns = feed.filter(({ shows }) => shows === 'concern').flatMap(readable)
    const pairs = concerns.flatMap(one =>
      concerns
        .filter(other => other.attendanceId > one.attendanceId)
        .map(other => likenessOf(one.patient, other.patient)),
    )
    expect(pairs.filter(likeness => likeness !== null)).toEqual(['same-home-and-name'])
  })

  test('leaves no template unwritten', () => {
    const words = attendances.flatMap(({ notes }) => notes.map(note => note.words))
    expect(words.filter(each => /[{}[\]|]/.test(each))).toEqual([])
  })
})

describe('with the rules that Wren ships', () => {
  test.each([7, 8, 2026])(
    'a day of seed %i puts 10 to 16 children before the nurse, each decoy below',
    async seed => {
      const flagged = await flaggedOf(makeDemoDay({ day, seed }))
      const urgent = flagged.filter(({ priority }) => priority !== 'low')
      expect(urgent.length).toBeGreaterThanOrEqual(10)
      expect(urgent.length).toBeLessThanOrEqual(16)
      expect(urgent.filter(({ shows }) => shows === 'decoy')).toEqual([])
      expect(flagged.filter(({ shows }) => shows === 'concern')).toHaveLength(14)
    },
  )
})

describe('the demo’s history', () => {
  const history = makeDemoHistory({ day, seed: 7 }).flatMap(readable)

  test('tells of children who come again on the day, two of them for the third time in a week', () => {
    const today = new Set(attendances.map(({ patient }) => patient.localId))
    expect(history.filter(({ patient }) => !today.has(patient.localId))).toEqual([])
    const visits = Map.groupBy(history, ({ patient }) => patient.localId)
    expect([...visits.values()].filter(each => each.length === 2)).toHaveLength(2)
  })

  test('lies before the day, within 90 days, and raises no flag', async () => {
    const days = history.map(({ arrivedAt }) => londonDayOf(arrivedAt ?? ''))
    expect(days.filter(each => each >= day || each < '2026-08-23')).toEqual([])
    expect(await flaggedOf(makeDemoHistory({ day, seed: 7 }))).toEqual([])
  })
})

interface Flagged {
  readonly shows: DemoMessage['shows']
  readonly attendanceId: string
  readonly priority: Priority | null
}

/** One entry an attendance, as the queue has it. */
async function flaggedOf(messages: readonly DemoMessage[]): Promise<readonly Flagged[]> {
  const scanner = makeScanner(requireRuleset(await loadRules('rules')))
  return messages
    .filter(({ shows }) => shows !== 'duplicate' && shows !== 'update')
    .flatMap(message => readable(message).map(attendance => ({ attendance, shows: message.shows })))
    .map(({ attendance, shows }) => ({ attendance, shows, scanned: scanner.scan(attendance) }))
    .filter(({ scanned }) => scanned.outcome === 'flagged')
    .map(({ attendance, shows, scanned }) => ({
      shows,
      attendanceId: attendance.attendanceId,
      priority: scanned.priority,
    }))
}

function readable({ bytes, sentAt }: DemoMessage): Attendance[] {
  const decoded = decodeJson(bytes, { defaultTrust: 'RWP', receivedAt: sentAt })
  return decoded.kind === 'attendance' ? [decoded.attendance] : []
}
