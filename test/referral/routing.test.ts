import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ageAt } from '../../src/attendance/cohort.ts'
import { type Areas, nextMeeting } from '../../src/referral/areas.ts'
import { parseAreas } from '../../src/referral/parse-areas.ts'
import { districtOf } from '../../src/referral/postcode.ts'
import { type Route, routeReferral } from '../../src/referral/routing.ts'

const areas: Areas = {
  meeting: { weekday: 3, cutOffDays: 1 },
  suggests: { green: [], amber: [], red: [] },
  clocks: { acknowledgementDays: 1, decisionDays: 1, dayEnds: '17:00', escalateAfterDays: 1 },
  contacts: { inHours: 'the front door', outOfHours: 'the duty team', escalate: 'the named nurse' },
  own: {
    name: 'Worcestershire',
    districts: [
      { name: 'Worcester', postcodes: ['WR1', 'WR2'] },
      { name: 'Bromsgrove', postcodes: ['B47', 'B60'] },
    ],
  },
  others: [
    { name: 'Birmingham', contact: '0121 496 0000', postcodes: ['B1', 'B45', 'B47'] },
    { name: 'Solihull', contact: '0121 496 0001', postcodes: ['B90', 'B45'] },
  ],
}
const [ours, theirs, both, elsewhere, twoOthers] = ['WR1 2AB', 'B1 1AA', 'B47 5AA', 'SE1 9GF', 'B45 8AA']

/** Sunday 22 November 2026; the next meeting that is reached is on Wednesday 25 November. */
const today = '2026-11-22'
const arrivedAt = '2026-11-22T10:00:00Z'

function route(
  birthDate: string | null,
  postcode: string | null,
  { arrived = arrivedAt, on = today } = {},
): Route {
  const ageOnArrival = birthDate === null ? null : ageAt(birthDate, arrived)
  return routeReferral(
    { ageOnArrival, arrivedAt: arrived, patient: { birthDate, postcode } },
    { areas, today: on },
  )
}

describe('where a referral goes, by age at arrival and address', () => {
  test.each<[reason: string, birthDate: string | null, postcode: string | null, kind: string, to: string]>([
    ['a newborn at home', '2026-11-22', ours, 'refer', 'get-safe'],
    ['one day old', '2026-11-21', ours, 'refer', 'get-safe'],
    ['nine years', '2017-03-04', ours, 'refer', 'get-safe'],
    ['the last day at 15', '2010-11-23', ours, 'refer', 'get-safe'],
    ['the sixteenth birthday', '2010-11-22', ours, 'refer', 'get-safe + get-there'],
    ['the day after it', '2010-11-21', ours, 'refer', 'get-safe + get-there'],
    ['the last day at 16', '2009-11-23', ours, 'refer', 'get-safe + get-there'],
    ['the seventeenth birthday', '2009-11-22', ours, 'refer', 'get-safe + get-there'],
    ['the last day at 17', '2008-11-23', ours, 'refer', 'get-safe + get-there'],
    ['the eighteenth birthday', '2008-11-22', ours, 'refer', 'get-there or carm'],
    ['the day after it', '2008-11-21', ours, 'refer', 'get-there or carm'],
    ['21', '2005-06-01', ours, 'refer', 'get-there or carm'],
    ['the last day at 25', '2000-11-23', ours, 'refer', 'get-there or carm'],
    ['the twenty-sixth birthday', '2000-11-22', ours, 'none', ''],
    ['90', '1936-01-01', ours, 'none', ''],
    ['90, address unknown', '1936-01-01', null, 'none', ''],
    ['90, out of area', '1936-01-01', theirs, 'none', ''],
    ['90, shared district', '1936-01-01', both, 'none', ''],

    ['a child from Birmingham', '2014-02-03', theirs, 'refer', 'home-authority'],
    ['16 and from Birmingham', '2010-11-22', theirs, 'refer', 'home-authority'],
    ['17 and from Birmingham', '2009-01-05', theirs, 'refer', 'home-authority'],
    ['18 and from Birmingham', '2008-11-22', theirs, 'refer', 'home-authority'],
    ['25 and from Birmingham', '2001-01-22', theirs, 'refer', 'home-authority'],
    ['26 and from Birmingham', '2000-01-22', theirs, 'none', ''],
    [
      'a child from a district that the directory has not',
      '2014-02-03',
      elsewhere,
      'refer',
      'home-authority',
    ],
    ['17 from there', '2009-01-05', elsewhere, 'refer', 'home-authority'],
    ['20 from there', '2006-01-05', elsewhere, 'refer', 'home-authority'],

    ['a child in a shared district', '2014-02-03', both, 'person-decides', 'get-safe or home-authority'],
    ['16 there', '2010-11-22', both, 'person-decides', 'get-safe or home-authority + get-there'],
    ['17 there', '2009-01-05', both, 'person-decides', 'get-safe or home-authority + get-there'],
    ['18 there', '2008-11-22', both, 'person-decides', 'get-there or carm or home-authority'],
    ['a district of two others, not ours', '2014-02-03', twoOthers, 'refer', 'home-authority'],

    ['a child without an address', '2014-02-03', null, 'person-decides', 'get-safe or home-authority'],
    ['16 without an address', '2010-11-22', null, 'person-decides', 'get-safe or home-authority + get-there'],
    ['20 without an address', '2006-01-05', null, 'person-decides', 'get-there or carm or home-authority'],
    [
      'no fixed abode, as the NHS writes it',
      '2014-02-03',
      'ZZ99 3VZ',
      'person-decides',
      'get-safe or home-authority',
    ],
    ['postcode of another country', '2014-02-03', 'ZZ99 1AZ', 'person-decides', 'get-safe or home-authority'],
    ['half a postcode', '2014-02-03', 'WR1', 'person-decides', 'get-safe or home-authority'],
    ['words for a postcode', '2014-02-03', 'not known', 'person-decides', 'get-safe or home-authority'],
    ['an empty postcode', '2014-02-03', '', 'person-decides', 'get-safe or home-authority'],
    ['small letters and no space', '2014-02-03', 'wr12ab', 'refer', 'get-safe'],
    ['spaces all over', '2014-02-03', ' WR1  2 AB ', 'refer', 'get-safe'],

    ['no birth date', null, ours, 'person-decides', 'get-safe or get-there or carm'],
    ['no birth date, out of area', null, theirs, 'person-decides', 'home-authority'],
    [
      'no birth date, shared',
      null,
      both,
      'person-decides',
      'get-safe or get-there or carm or home-authority',
    ],
    [
      'neither birth date nor address',
      null,
      null,
      'person-decides',
      'get-safe or get-there or carm or home-authority',
    ],
    ['born after arriving', '2027-01-01', ours, 'person-decides', 'get-safe or get-there or carm'],
    ['older than anybody', '1850-01-01', ours, 'person-decides', 'get-safe or get-there or carm'],
  ])('%s', (_reason, birthDate, postcode, kind, to) => {
    const found = route(birthDate, postcode)
    expect([found.kind, wordsOf(found)]).toEqual([kind, to])
  })

  test.each([
    ['28 February of a common year: 15 still', '2012-02-29', '2027-02-28', 15],
    ['28 February of a leap year: 15 still', '2012-02-29', '2028-02-28', 15],
    ['29 February of a leap year: 16', '2012-02-29', '2028-02-29', 16],
    ['1 March, 17', '2012-02-29', '2029-03-01', 17],
    ['28 February before 18, common year', '2012-02-29', '2030-02-28', 17],
    ['1 March, 18, common year', '2012-02-29', '2030-03-01', 18],
    ['28 February before 26, common year', '2012-02-29', '2038-02-28', 25],
    ['1 March, 26, common year', '2012-02-29', '2038-03-01', 26],
  ])('born on 29 February, arrives on %s', (_reason, birthDate, day, age) => {
    const found = route(birthDate, ours, { arrived: `${day}T23:30:00Z`, on: day })
    const expected =
      age < 16 ? 'get-safe' : age < 18 ? 'get-safe + get-there' : age < 26 ? 'get-there or carm' : ''
    expect(wordsOf(found)).toBe(expected)
  })

  test.each([
    [
      'in the last minute of the last day at 17',
      '2008-11-22',
      '2026-11-21T23:59:00Z',
      'get-safe + get-there',
    ],
    [
      'in the first minute of the eighteenth birthday',
      '2008-11-22',
      '2026-11-22T00:00:00Z',
      'get-there or carm',
    ],
    ['before midnight of London in summer', '2008-07-01', '2026-06-30T22:59:00Z', 'get-safe + get-there'],
    ['after midnight of London in summer', '2008-07-01', '2026-06-30T23:01:00Z', 'get-there or carm'],
  ])('arrives %s', (_reason, birthDate, arrived, to) => {
    expect(wordsOf(route(birthDate, ours, { arrived }))).toBe(to)
  })
})

describe('what changes soon', () => {
  test.each<[reason: string, birthDate: string, on: string, alert: RegExp | null]>([
    ['the day before 17 and a half', '2009-05-23', today, null],
    ['the day of 17 and a half', '2009-05-22', today, /^Over 17 and a half/],
    ['17 and a half, born on 31 August', '2008-08-31', '2026-02-28', /^Over 17 and a half/],
    ['18 the day after the meeting', '2008-11-26', today, /^Over 17 and a half/],
    [
      '18 on the day of the meeting',
      '2008-11-25',
      today,
      /^Turns 18 before the meeting on Wednesday,? 25 November/,
    ],
    ['18 tomorrow', '2008-11-23', today, /^Turns 18 before the meeting/],
    [
      'too late for this week’s meeting: 18 before the next',
      '2008-11-30',
      '2026-11-25',
      /on Wednesday,? 2 December/,
    ],
    ['born on 29 February, 17 still at the meeting', '2008-02-29', '2026-02-24', /^Over 17 and a half/],
    ['born on 29 February, 18 on 1 March', '2008-02-29', '2026-02-25', /on Wednesday,? 4 March/],
    ['18 since arriving', '2008-11-23', '2026-11-24', /^Has turned 18 since arriving/],
    ['nine years', '2017-03-04', today, null],
  ])('%s', (_reason, birthDate, on, alert) => {
    const arrived = on < today ? `${on}T10:00:00Z` : arrivedAt
    const { alerts } = route(birthDate, ours, { arrived, on })
    if (alert === null) expect(alerts).toEqual([])
    else expect(alerts).toEqual([expect.stringMatching(alert)])
  })

  test('an adult is handed over already', () => {
    expect(route('2008-11-22', ours).alerts).toEqual([])
  })
})

describe('what the nurse reads', () => {
  test('names the home authority with its contact', () => {
    expect(route('2014-02-03', theirs).because).toContain('Birmingham: 0121 496 0000.')
  })

  test('says that an authority is not known, and where to find it', () => {
    expect(route('2014-02-03', elsewhere).because).toContain('does not know the authority of SE1')
  })

  test('names every authority that a shared district may belong to', () => {
    expect(route('2014-02-03', twoOthers).because).toMatch(/Birmingham \(.*\), or Solihull/)
  })
})

describe('the next meeting', () => {
  test.each([
    ['the day before the cut-off', '2026-11-23', '2026-11-25'],
    ['at the cut-off', '2026-11-24', '2026-11-25'],
    ['on the day of a meeting: too late for it', '2026-11-25', '2026-12-02'],
    ['over the turn of the year', '2026-12-31', '2027-01-06'],
  ])('of a referral %s', (_reason, day, meeting) => {
    expect(nextMeeting(day, areas.meeting)).toBe(meeting)
  })
})

describe('the directory of areas', () => {
  const shipped = readFileSync('partnership/areas.yaml', 'utf8')

  test('that comes with Wren can be read', () => {
    const { content, problems } = parseAreas({ path: 'partnership/areas.yaml', text: shipped })
    expect(problems).toEqual([])
    expect(content?.own.districts.map(({ name }) => name)).toContain('Malvern Hills')
  })

  test.each([
    ['an unknown setting, with what was meant', 'cut_off_days: 1', 'cutoff_days: 1', 'W012', 'cut_off_days'],
    ['a weekday that is none', 'wednesday', 'wensday', 'W013', 'wednesday'],
    ['a postcode where a district is expected', '[WR1, WR2,', '["WR1 2AB", WR2,', 'W019', null],
    ['a district that stands twice', 'WR3, WR4', 'WR3, WR3', 'W019', null],
    ['a missing contact', /contact: .*\n {4}postcodes: \[HR1/, 'postcodes: [HR1', 'W010', null],
  ])('is refused for %s', (_reason, from, to, code, meant) => {
    const text = shipped.replace(from, to)
    const { content, problems } = parseAreas({ path: 'areas.yaml', text })
    expect(content).toBeNull()
    expect(problems.some(problem => problem.code === code)).toBe(true)
    if (meant !== null) expect(problems.map(({ hint }) => hint).join()).toContain(meant)
    expect(problems.every(({ line, column }) => line > 1 && column > 0)).toBe(true)
  })

  test.each([
    ['WR1 2AB', 'WR1'],
    ['B1 1AA', 'B1'],
    ['EC1A 1BB', 'EC1A'],
    ['GIR 0AA', null],
    ['WR1 2A', null],
  ])('%s lies in postcode district %s', (postcode, district) => {
    expect(districtOf(postcode)).toBe(district)
  })
})

function wordsOf({ destinations, alsoFor }: Route): string {
  return [destinations.join(' or '), ...alsoFor].join(' + ')
}
