import { londonDayOf, parseInstant } from '../../attendance/instant.ts'
import type { AttendanceMessage } from '../../attendance/json-schema.ts'
import { type Chance, makeChance, randomOf } from './chance.ts'
import { castDay, ordinaryChildStories, type Part } from './demo-cast.ts'
import { laterBy, makeMessage } from './make-message.ts'
import type { Story } from './stories/story.ts'

/** A message with when its source sends it, and what it is there to show. */
export interface DemoMessage {
  /** ISO instant. */
  readonly sentAt: string
  readonly bytes: Uint8Array
  readonly shows: Part['kind'] | 'update' | 'duplicate' | 'unreadable' | 'earlier'
}

export interface DemoDay {
  /** ISO day of Europe/London. */
  readonly day: string
  readonly seed: number
}

/** How many arrive in each hour of a day, from midnight: few before dawn, most from ten to eight in the evening. */
const arrivalsByHour = [
  2.3, 1.9, 1.6, 1.4, 1.3, 1.4, 1.9, 2.9, 4.4, 5.7, 6.3, 6.4, 6.1, 5.9, 5.8, 5.9, 6.0, 6.1, 6.0, 5.7, 5.0,
  4.3, 3.4, 2.6,
] as const

const updatesOfDay = 10
const duplicatesOfDay = 4
const letters = [
  'Dear Dr, your patient attended as above, was treated and sent home with advice. No action for you unless symptoms persist. Many thanks.',
  'Dear GP, please see the notes above. Analgesia advised, written advice given. Kindly review in one week if not settling.',
  'Dear Dr, seen and discharged. Results awaited will be sent to you if abnormal. Please update repeat medication. Thank you.',
] as const
/** People of the day who had been before, and within how many days. */
const returningOfDay = 14
const historyDays = 85

/** One whole day of a trust, about 500 messages in the order in which they are sent. */
export function makeDemoDay({ day, seed }: DemoDay): readonly DemoMessage[] {
  const chance = makeChance(randomOf(seed + 1))
  const until = parseInstant(`${day}T23:59:00`) ?? ''
  const written = castDay({ day, seed })
    .map(part => ({ part, arrivedAt: arrivalOn({ day, story: part.story, chance }) }))
    .toSorted((a, b) => (a.arrivedAt < b.arrivedAt ? -1 : 1))
    .map(({ part, arrivedAt }, index) => {
      const { kind, story, person } = part
      const visit = {
        story,
        person,
        arrivedAt,
        until,
        serial: visitSerial(day, index + 1),
        isExact: kind !== 'ordinary',
      }
      return { part, message: makeMessage(visit, chance) }
    })
  const sent = written.map(({ part, message }) => send(message, part.kind))
  const sentHome = written
    .filter(({ part, message }) => part.kind === 'ordinary' && message.disposal?.startsWith('Discharged'))
    .map(({ message }) => message)
  return [
    ...sent,
    ...everyTenth(sentHome)
      .slice(0, updatesOfDay)
      .map(message => send(addLetter({ message, until, chance }), 'update')),
    ...everyTenth(sent).slice(-duplicatesOfDay).map(resend),
    breakMessage(sentHome.at(-1), `W${visitSerial(day, 999)}`),
  ].toSorted((a, b) => (a.sentAt < b.sentAt ? -1 : 1))
}

/** Earlier visits, some weeks and some days ago, of people who come on the day. None of them was of concern. */
export function makeDemoHistory({ day, seed }: DemoDay): readonly DemoMessage[] {
  const chance = makeChance(randomOf(seed + 2))
  const parts = castDay({ day, seed }).filter(
    ({ person }) => person.birthDate !== null && person.age >= 2 && person.age < 18,
  )
  return parts
    .slice(0, returningOfDay)
    .flatMap((part, index) => {
      // The first two come for the third time in a week.
      const daysBefore = index < 2 ? [2, 5] : [chance.between(3, historyDays)]
      return daysBefore.map(days => ({
        part,
        on: Temporal.PlainDate.from(day).subtract({ days }).toString(),
      }))
    })
    .map(({ part, on }, index) => {
      const story = chance.pick(ordinaryChildStories.filter(each => fits(each, part.person.age)))
      const arrivedAt = arrivalOn({ day: on, story, chance })
      const visit = {
        story,
        person: part.person,
        arrivedAt,
        serial: visitSerial(on, 900 + index),
        isExact: false,
      }
      return send(makeMessage({ ...visit, until: laterBy(arrivedAt, 24 * 60) }, chance), 'earlier')
    })
    .toSorted((a, b) => (a.sentAt < b.sentAt ? -1 : 1))
}

/** Such as 261121007: the day, and its seventh visit. */
function visitSerial(day: string, place: number): number {
  return Number(day.slice(2).replaceAll('-', '')) * 1_000 + place
}

function fits({ ages: [from, to] }: Story, age: number): boolean {
  return from <= age && age <= to
}

/** By the clock of Europe/London; the last minutes of the day are left for triage. */
function arrivalOn({
  day,
  story: { hours = [0, 23] },
  chance,
}: {
  readonly day: string
  readonly story: Story
  readonly chance: Chance
}): string {
  const [from, to] = hours
  const open = arrivalsByHour.flatMap((weight, hour) =>
    (from <= to ? from <= hour && hour <= to : hour >= from || hour <= to) ? [[weight, hour] as const] : [],
  )
  const hour = chance.pickWeighted(open)
  const minute = chance.between(0, hour === 23 ? 35 : 59)
  const time = [hour, minute].map(part => String(part).padStart(2, '0')).join(':')
  const instant = parseInstant(`${day}T${time}:${String(chance.between(0, 59)).padStart(2, '0')}`)
  if (instant === null || londonDayOf(instant) !== day) throw new Error(`${day} has no ${time}`)
  return instant
}

function send(message: AttendanceMessage, shows: DemoMessage['shows']): DemoMessage {
  const sentAt = message.recordedAt ?? message.arrivedAt ?? ''
  return { sentAt, bytes: new TextEncoder().encode(JSON.stringify(message)), shows }
}

/** The same bytes again, as engines do that saw no answer. */
function resend({ sentAt, bytes }: DemoMessage): DemoMessage {
  return { sentAt: laterBy(sentAt, 1), bytes, shows: 'duplicate' }
}

/** A later version of the same visit, with the letter to the GP. */
function addLetter({
  message,
  until,
  chance,
}: {
  readonly message: AttendanceMessage
  readonly until: string
  readonly chance: Chance
}): AttendanceMessage {
  const later = laterBy(message.recordedAt ?? until, chance.between(20, 90))
  const recordedAt = later < until ? later : until
  const letter = { section: 'discharge', text: chance.pick(letters), writtenAt: recordedAt }
  return { ...message, kind: 'update', recordedAt, notes: [...(message.notes ?? []), letter] }
}

function everyTenth<Each>(all: readonly Each[]): readonly Each[] {
  return all.filter((_, index) => index % 10 === 3)
}

/** `note` for `notes`: a source that changed its program without telling. Nobody may guess what it meant. */
function breakMessage(message: AttendanceMessage | undefined, attendanceId: string): DemoMessage {
  if (message === undefined) throw new Error('the day has too few messages to break one')
  const { notes, ...rest } = message
  const bytes = new TextEncoder().encode(JSON.stringify({ ...rest, attendanceId, note: notes }))
  return { sentAt: laterBy(message.recordedAt ?? '', 0), bytes, shows: 'unreadable' }
}
