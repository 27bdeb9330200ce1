import { bandLabels } from '../../review/flag.ts'
import type { DaySheetRow } from '../../services/export-port.ts'
import { type Cell, numberColumn, numberRows, type Sheet } from '../exports/sheet.ts'
import { presentToDo } from './checklist.ts'
import { clockTime, count, dayAndTime, dayOf, longDay, nearDay } from './dates.ts'
import { decisionDetail, outcomeLabel } from './decisions.ts'
import { deliveryTag } from './delivery.ts'
import { type AboutWords, aboutLines } from './export.ts'
import { type PersonWords, presentPerson } from './person.ts'
import { siteName } from './queue.ts'
import { presentRuleTags } from './rule-tag.ts'
import { shown } from './shown-text.ts'

export interface DaySheetWords {
  /** The day on which it was flagged, where that is an earlier one. */
  readonly carriedOver: string | null
  readonly band: string
  readonly person: PersonWords
  readonly attendanceId: string
  readonly site: string
  readonly arrived: string
  readonly rules: string
  readonly repeat: string | null
  /** Such as "Refer now", or what is still awaited of a nurse. */
  readonly outcome: string
  readonly decided: string | null
  readonly toDo: readonly string[]
  readonly referral: string | null
  readonly isWithdrawn: boolean
}

export interface DaySheetLook {
  readonly people: ReadonlyMap<string, string>
  readonly siteNames: Readonly<Record<string, string>>
  /** ISO instant. */
  readonly now: string
}

/**
 * The list of a day as it leaves Wren: who, why in the names of rules, what came of it and what is still to do. Words of
 * notes and reasons stay in Wren, where every look at them is recorded.
 */
export function presentDayRow(row: DaySheetRow, look: DaySheetLook): DaySheetWords {
  return {
    carriedOver: row.isCarriedOver ? `Flagged ${nearDay(dayOf(row.flag.raisedAt))}` : null,
    band: bandLabels[row.flag.priority],
    person: presentPerson(row.attendance),
    attendanceId: shown(row.attendance.attendanceId),
    site: siteName(row.attendance.site, look.siteNames),
    arrived: row.attendance.arrivedAt === null ? 'Not recorded' : dayAndTime(row.attendance.arrivedAt),
    rules: presentRuleTags(row.mentions)
      .map(({ text }) => text)
      .join(', '),
    repeat: row.flag.repeated,
    outcome: outcomeWords(row),
    decided: decidedWords(row, look),
    toDo: toDoWords(row, look),
    referral: row.delivery === null ? null : deliveryTag(row.delivery).text,
    isWithdrawn: row.withdrawnAt !== null,
  }
}

/** "12 attendances flagged: 9 reviewed, 3 to review. 2 of earlier days are not done" */
export function daySheetSummary(rows: readonly DaySheetRow[]): string {
  const ofDay = rows.filter(({ isCarriedOver }) => !isCarriedOver)
  const waiting = ofDay.filter(isWaiting).length
  const earlier = rows.length - ofDay.length
  const flagged =
    ofDay.length === 0
      ? 'No attendance was flagged on this day'
      : `${count(ofDay.length, 'attendance')} flagged: ${ofDay.length - waiting} reviewed, ${waiting} to review`
  if (earlier === 0) return flagged
  return `${flagged}. ${earlier} of earlier days ${earlier === 1 ? 'is' : 'are'} not done and ${earlier === 1 ? 'stands' : 'stand'} below`
}

export function daySheetTitle(day: string): string {
  return `Day sheet of ${longDay(day)}`
}

/** As the rows of a file. */
export function daySheet(
  rows: readonly DaySheetRow[],
  { look, about, day }: { look: DaySheetLook; about: AboutWords; day: string },
): Sheet {
  return {
    tab: 'Day sheet',
    marking: about.marking,
    lines: [...aboutLines(daySheetTitle(day), about), daySheetSummary(rows)],
    columns: [numberColumn, ...columns],
    rows: numberRows(rows.map(row => cellsOf(row, look))),
  }
}

function cellsOf(row: DaySheetRow, look: DaySheetLook): readonly Cell[] {
  const { birthDate } = row.attendance.patient
  const { arrivedAt, ageOnArrival } = row.attendance
  const words = presentDayRow(row, look)
  return [
    { day: dayOf(row.flag.raisedAt) },
    words.band,
    words.person.name,
    birthDate === null ? 'Not recorded' : { day: birthDate },
    ageOnArrival ?? 'Not known',
    words.person.nhsNumber,
    words.attendanceId,
    words.site,
    arrivedAt === null ? 'Not recorded' : { day: dayOf(arrivedAt) },
    arrivedAt === null ? 'Not recorded' : clockTime(arrivedAt),
    words.rules,
    words.repeat ?? 'No',
    words.isWithdrawn ? `${words.outcome}. Withdrawn at source` : words.outcome,
    words.decided ?? 'Not yet',
    words.toDo.length === 0 ? 'Nothing recorded' : words.toDo.join('; '),
    words.referral ?? 'None',
  ]
}

const columns = [
  { head: 'Flagged on', width: 18 },
  { head: 'Band', width: 13 },
  { head: 'Name', width: 24 },
  { head: 'Born', width: 18 },
  { head: 'Age on arrival', width: 8 },
  { head: 'NHS number', width: 15 },
  { head: 'Attendance number', width: 14 },
  { head: 'Site', width: 22 },
  { head: 'Arrived on', width: 18 },
  { head: 'Arrived at', width: 10 },
  { head: 'Flagged for', width: 30 },
  { head: 'Attends repeatedly', width: 18 },
  { head: 'Outcome', width: 30 },
  { head: 'Decided', width: 32 },
  { head: 'Still to do', width: 40 },
  { head: 'Referral', width: 26 },
]

/** An attendance that nobody has reviewed has that to be done before anything else. */
function toDoWords(row: DaySheetRow, { now }: DaySheetLook): readonly string[] {
  const lines = presentToDo(row.toDo, dayOf(now)).map(
    ({ label, owner, due, isOverdue }) => `${label}: ${owner}, by ${due}${isOverdue ? ' (overdue)' : ''}`,
  )
  return isWaiting(row) ? ['Review', ...lines] : lines
}

function isWaiting({ flag }: DaySheetRow): boolean {
  return flag.state === 'to-review' || flag.state === 'in-review'
}

function outcomeWords(row: DaySheetRow): string {
  const { flag, decision } = row
  if (isWaiting(row)) {
    if (flag.state === 'in-review') return 'In review'
    return decision === null ? 'To review' : 'To review again'
  }
  if (decision === null) return 'To review'
  const detail = decisionDetail(decision)
  return detail === null ? outcomeLabel(decision) : `${outcomeLabel(decision)}. ${detail}`
}

function decidedWords(row: DaySheetRow, { people }: DaySheetLook): string | null {
  const { decision } = row
  if (decision === null || isWaiting(row)) return null
  return `${people.get(decision.decidedBy) ?? decision.decidedBy}, ${dayAndTime(decision.decidedAt)}`
}
