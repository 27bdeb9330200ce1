import { ageAt } from '../../attendance/cohort.ts'
import { parseNhsNumber } from '../../attendance/nhs-number.ts'
import type { Areas } from '../../referral/areas.ts'
import { type Pathway, pathways } from '../../referral/referral-evidence.ts'
import { destinations } from '../../referral/routing.ts'
import { suggestPathway } from '../../referral/suggest-pathway.ts'
import type { MeetingAttendance, MeetingRow } from '../../services/export-port.ts'
import type { ReferralStatus } from '../../services/referral-port.ts'
import { readPayload } from '../../services/referral-story.ts'
import { type Cell, numberColumn, numberRows, type Sheet } from '../exports/sheet.ts'
import { count, day, dayAndTime, dayOf, longDay } from './dates.ts'
import { deliveryTag } from './delivery.ts'
import { outcomeWords, stateWords } from './earlier.ts'
import { type AboutWords, aboutLines } from './export.ts'
import { fullName, nhsNumberWords } from './person.ts'
import { siteName } from './queue.ts'
import { shown } from './shown-text.ts'

export interface MeetingWords {
  readonly name: string
  readonly born: string
  readonly age: string
  readonly nhsNumber: string
  readonly flaggedFor: string
  /** Where the referral stands, line by line, with the day of each state. */
  readonly states: readonly string[]
  readonly risk: string
  readonly suggestion: string
  /** What an earlier meeting set; null where none has. */
  readonly pathway: string | null
  readonly attendances: readonly string[]
}

export interface MeetingLook {
  readonly people: ReadonlyMap<string, string>
  readonly siteNames: Readonly<Record<string, string>>
  readonly areas: Pick<Areas, 'suggests'>
  /** ISO day of the meeting. */
  readonly day: string
}

/**
 * One child for the weekly meeting, and no more than the meeting needs: who, why in the names of rules, where the
 * referral stands, and the last attendances. The concern in the nurse's words is in the referral itself. The band of
 * the queue is left out: it must never be taken for a pathway.
 */
export function presentMeetingRow({ referral, attendances }: MeetingRow, look: MeetingLook): MeetingWords {
  const payload = readPayload(referral.body)
  const child = payload?.child
  const birthDate = child?.birthDate ?? null
  return {
    name: fullName({ given: child?.given ?? null, family: child?.family ?? null }),
    born: birthDate === null ? 'Not recorded' : day(birthDate),
    age:
      birthDate === null
        ? 'Age not known'
        : `${count(ageAt(birthDate, `${look.day}T12:00:00Z`), 'year')} on the day of the meeting`,
    nhsNumber: nhsNumberWords({ nhsNumber: parseNhsNumber(child?.nhsNumber ?? ''), nhsNumberRefused: null }),
    flaggedFor: (payload?.flaggedFor ?? []).map(({ name }) => shown(name)).join(', ') || 'Not recorded',
    states: statesOf(referral, look),
    risk: payload === null ? 'Not recorded' : shown(payload.assessment.overall.label),
    suggestion: suggestionWords(payload === null ? null : suggestPathway(payload, look.areas)),
    pathway: pathwaySet(referral),
    attendances: attendances.map(each => attendanceWords(each, look)),
  }
}

export function meetingTitle(isoDay: string): string {
  return `Papers for the meeting of ${longDay(isoDay)}`
}

export const suggestionNote =
  'Wren only suggests a pathway, from the overall risk in the referral. Green, amber or red is set by the meeting.'

/** As the rows of a file, with the columns of the decision left blank. */
export function meetingSheet(
  rows: readonly MeetingRow[],
  { look, about }: { look: MeetingLook; about: AboutWords },
): Sheet {
  return {
    tab: 'Meeting',
    marking: about.marking,
    lines: [...aboutLines(meetingTitle(look.day), about), suggestionNote],
    columns: [numberColumn, ...columns],
    rows: numberRows(rows.map(row => cellsOf(row, look))),
  }
}

function cellsOf(row: MeetingRow, look: MeetingLook): readonly Cell[] {
  const words = presentMeetingRow(row, look)
  const birthDate = readPayload(row.referral.body)?.child.birthDate ?? null
  return [
    words.name,
    birthDate === null ? 'Not recorded' : { day: birthDate },
    words.age,
    words.nhsNumber,
    words.flaggedFor,
    destinations[row.referral.destination],
    words.states.join('; '),
    words.risk,
    words.suggestion,
    words.pathway ?? 'None yet',
    words.attendances.join('; '),
    ...[null, null, null],
  ]
}

const columns = [
  { head: 'Name', width: 24 },
  { head: 'Born', width: 18 },
  { head: 'Age', width: 12 },
  { head: 'NHS number', width: 15 },
  { head: 'Flagged for', width: 28 },
  { head: 'Referred to', width: 14 },
  { head: 'Referral', width: 44 },
  { head: 'Overall risk', width: 14 },
  { head: 'Suggested by Wren', width: 20 },
  { head: 'Pathway set before', width: 24 },
  { head: 'Last 3 attendances', width: 48 },
  { head: 'Decision of the meeting', width: 26 },
  { head: 'Who leads', width: 20 },
  { head: 'Next review', width: 16 },
]

function attendanceWords({ arrivedAt, site, state, outcome }: MeetingAttendance, look: MeetingLook): string {
  const arrived = arrivedAt === null ? 'Arrival not recorded' : dayAndTime(arrivedAt)
  const came = state === null ? outcomeWords[outcome] : `Flagged: ${stateWords[state]}`
  return `${arrived}, ${siteName(site, look.siteNames)}. ${came}`
}

function suggestionWords(suggested: Pathway | null): string {
  return suggested === null
    ? 'Wren suggests no pathway'
    : `Wren suggests ${pathways[suggested].toLowerCase()}`
}

function pathwaySet({ pathway, nextReview }: ReferralStatus): string | null {
  if (pathway === null) return null
  return nextReview === null ? pathways[pathway] : `${pathways[pathway]}, to be reviewed ${day(nextReview)}`
}

function statesOf(referral: ReferralStatus, { people }: MeetingLook): readonly string[] {
  const { authorisedAt, authorisedBy, sentAt, acknowledgedAt, portalReference, stateSince, state } = referral
  const by = people.get(authorisedBy) ?? authorisedBy
  return [
    `Authorised ${dayAndTime(authorisedAt)} by ${by}`,
    ...(sentAt === null ? [] : [`Sent ${day(dayOf(sentAt))}`]),
    ...(acknowledgedAt === null ? [] : [`Received ${day(dayOf(acknowledgedAt))}`]),
    ...(portalReference === null ? [] : [`Reference ${shown(portalReference)}`]),
    `Now: ${deliveryTag(state).text.toLowerCase()}, since ${day(dayOf(stateSince))}`,
  ]
}
