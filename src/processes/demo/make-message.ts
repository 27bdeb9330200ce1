import { londonDayOf, parseInstant } from '../../attendance/instant.ts'
import type { AttendanceMessage } from '../../attendance/json-schema.ts'
import type { Chance } from './chance.ts'
import type { Person } from './people.ts'
import type { Story } from './stories/story.ts'
import { type Facts, typeLikeStaff, writeNote } from './write-note.ts'

/** Together 45, 40 and 15 in a hundred; the minor injuries unit takes what is minor, by day. */
const sites = [
  [45, { site: 'RWP50', source: 'ed-worcester', prefix: 'W', department: 'Emergency department' }],
  [40, { site: 'RWP01', source: 'ed-redditch', prefix: 'A', department: 'Emergency department' }],
  [15, { site: 'RWP31', source: 'miu-kidderminster', prefix: 'K', department: 'Minor injuries unit' }],
] as const

/** Of a minor injury by day, against the weights of the others: gives the unit its share of the whole. */
const minorWeight = 160
const usualDisposals = ['Discharged home', 'Discharged home', 'Discharged, GP follow-up']
const minuteMs = 60_000

export interface Visit {
  readonly story: Story
  readonly person: Person
  /** ISO instants: when they came, and up to when the hospital has written. */
  readonly arrivedAt: string
  readonly until: string
  /** Makes the attendance id. */
  readonly serial: number
  /** Nobody slips on the words that the story turns on, and nobody leaves its end for later. */
  readonly isExact: boolean
}

/** Writes what the hospital's system would send of one visit, recorded no later than `until`. */
export function makeMessage(visit: Visit, chance: Chance): AttendanceMessage {
  const { story, person, arrivedAt, serial, isExact } = visit
  const { site, source, prefix, department } = pickSite(visit, chance)
  const facts = factsOf({ person, arrivedAt, chance })
  const told = new Map<string, string>()
  const course = courseOf(visit, chance)
  const after = (minutes: number): string => laterBy(arrivedAt, minutes)
  const { disposal, parts } = pickParts(story, chance)
  const notes = parts
    .filter(({ section }) => section === 'triage' || course.departedAfter !== null)
    .map(({ section, template }) => {
      const written = writeNote({ template, facts, told, chance })
      return {
        section,
        text: isExact ? written : typeLikeStaff(written, chance),
        writtenAt: after(section === 'triage' ? course.triagedAfter : course.seenAfter),
      }
    })
  const { age: _age, ...patient } = person
  return {
    wren: 1,
    source,
    attendanceId: `${prefix}${serial}`,
    kind: 'new',
    site,
    department,
    recordedAt: after(course.recordedAfter),
    arrivedAt,
    departedAt: course.departedAfter === null ? null : after(course.departedAfter),
    disposal: course.departedAfter === null ? null : disposal,
    patient,
    notes,
    codes: course.departedAfter === null ? [] : [...(story.codes ?? [])],
  }
}

interface Course {
  readonly triagedAfter: number
  readonly seenAfter: number
  /** Null while they are still in the department. */
  readonly departedAfter: number | null
  readonly recordedAfter: number
}

/** How the visit went, in whole minutes after the arrival. */
function courseOf({ arrivedAt, until, isExact }: Visit, chance: Chance): Course {
  const left = Math.floor((Date.parse(until) - Date.parse(arrivedAt)) / minuteMs)
  const triagedAfter = Math.min(chance.between(4, 18), left)
  const seenAfter = chance.between(50, 190)
  const departedAfter = seenAfter + chance.between(15, 60)
  if (departedAfter < left)
    return { triagedAfter, seenAfter, departedAfter, recordedAfter: departedAfter + 1 }
  if (!isExact) return { triagedAfter, seenAfter, departedAfter: null, recordedAfter: triagedAfter }
  return { triagedAfter, seenAfter: left, departedAfter: left, recordedAfter: left }
}

export function laterBy(instant: string, minutes: number): string {
  return parseInstant(new Date(Date.parse(instant) + minutes * minuteMs).toISOString()) ?? instant
}

interface Parts {
  readonly parts: readonly { readonly section: string; readonly template: string }[]
  readonly disposal: string
}

/** One template of each section; those of one place go together where a story has as many of each. */
function pickParts(story: Story, chance: Chance): Parts {
  const { triage, nursing = [], clinician = [], discharge = [], disposals = usualDisposals } = story
  const place = chance.between(0, triage.length - 1)
  const matching = (templates: readonly string[]): string | undefined =>
    templates.length === triage.length || templates.length < 2
      ? (templates[place] ?? templates[0])
      : chance.pick(templates)
  const sections = [
    ['triage', triage[place]],
    ['nursing', matching(nursing)],
    ['clinician', matching(clinician)],
    ['discharge', matching(discharge)],
  ] as const
  return {
    parts: sections.flatMap(([section, template]) => (template === undefined ? [] : [{ section, template }])),
    disposal: matching(disposals) ?? 'Discharged home',
  }
}

function pickSite({ story, arrivedAt }: Visit, chance: Chance): (typeof sites)[number][1] {
  const hour = Number(arrivedAt.slice(11, 13))
  const takesMinor = story.isMinor === true && hour >= 8 && hour <= 20
  return chance.pickWeighted<(typeof sites)[number][1]>(
    sites.map(([weight, site]) => [site.prefix === 'K' ? (takesMinor ? minorWeight : 0) : weight, site]),
  )
}

function factsOf({
  person: { age, sex, birthDate, school },
  arrivedAt,
  chance,
}: {
  readonly person: Person
  readonly arrivedAt: string
  readonly chance: Chance
}): Facts {
  const isFemale = sex === 'female'
  const hours = chance.between(1, 3)
  const letter = isFemale ? 'F' : 'M'
  const child = isFemale ? 'girl' : 'boy'
  const years = [`${age}yo ${letter}`, `${age}${letter}`, `${age} yr old ${letter}`, `${age}y${letter}`]
  return {
    as:
      age < 2 && birthDate !== null
        ? `${monthsBetween(birthDate, arrivedAt)}/12 ${letter}`
        : chance.pick(age < 13 ? [...years, `${age}yr ${child}`] : years),
    ago: chance.pick([
      `${hours}/24 ago`,
      `approx ${hours} ${hours === 1 ? 'hr' : 'hrs'} ago`,
      `at ${clockOf(laterBy(arrivedAt, -60 * hours))}`,
    ]),
    he: isFemale ? 'she' : 'he',
    his: isFemale ? 'her' : 'his',
    side: chance.pick(['L', 'R']),
    schoolName: school ?? 'school',
  }
}

function monthsBetween(birthDate: string, instant: string): number {
  return Temporal.PlainDate.from(birthDate).until(londonDayOf(instant), { largestUnit: 'months' }).months
}

function clockOf(instant: string): string {
  return Temporal.Instant.from(instant)
    .toZonedDateTimeISO('Europe/London')
    .toPlainTime()
    .toString()
    .slice(0, 5)
}
