import { type Clocks, type Meeting, nextMeeting } from './areas.ts'
import type { ReferralState } from './referral-state.ts'
import { addWorkingDays, type BankHolidays, isWorkingDay } from './working-days.ts'

/** What is awaited of a referral, and by when. */
export interface Due {
  readonly what: 'sending' | 'acknowledgement' | 'decision' | 'pathway' | 'review' | 'nurse'
  /** ISO instant; null where nothing runs, as while a referral waits for a nurse. */
  readonly at: string | null
  /** `chase`: overdue. `escalate`: overdue for so long that a lead takes it further. */
  readonly standing: 'in-time' | 'chase' | 'escalate'
  /** The bank holidays of the year of the clock are not known: it may run short by a day. */
  readonly isCalendarMissing: boolean
}

export interface Clocked {
  readonly state: ReferralState
  readonly stateSince: string
  readonly sentAt: string | null
  readonly acknowledgedAt: string | null
  /** ISO day. */
  readonly nextReview: string | null
}

export interface ClockWorld {
  readonly clocks: Clocks
  readonly meeting: Meeting
  readonly holidays: BankHolidays
  /** ISO instant. */
  readonly now: string
}

/** What a referral waits for now; null once it is nobody's turn. */
export function dueOf(referral: Clocked, world: ClockWorld): Due | null {
  const { clocks, meeting } = world
  switch (referral.state) {
    case 'draft':
    case 'authorised':
    case 'failed':
    case 'parked':
    case 'declined':
      return { what: 'nurse', at: null, standing: 'chase', isCalendarMissing: false }
    case 'queued':
    case 'sent':
      return standing('sending', endOfDay(referral.stateSince, 0, world), world)
    case 'by-hand':
    case 'delivered':
      return standing(
        'acknowledgement',
        endOfDay(referral.sentAt ?? referral.stateSince, clocks.acknowledgementDays, world),
        world,
      )
    case 'acknowledged':
      return standing(
        'decision',
        endOfDay(referral.acknowledgedAt ?? referral.stateSince, clocks.decisionDays, world),
        world,
      )
    case 'accepted': {
      const day = nextMeeting(dayOf(referral.stateSince), meeting)
      return standing('pathway', closing(addWorkingDays(day, 1, world.holidays), clocks), world)
    }
    case 'outcome':
      return referral.nextReview === null
        ? { what: 'review', at: null, standing: 'in-time', isCalendarMissing: false }
        : standing('review', closing(referral.nextReview, clocks), world)
    case 'stepped-down':
    case 'cancelled':
    case 'superseded':
      return null
    default:
      throw new Error(`no clock for state ${referral.state satisfies never}`)
  }
}

/** Whether the offices of the partnership are open: a working day, from 9am to its end. */
export function isOpenAt(
  now: string,
  { clocks, holidays }: Pick<ClockWorld, 'clocks' | 'holidays'>,
): boolean {
  const time = Temporal.Instant.from(now).toZonedDateTimeISO('Europe/London').toPlainTime()
  const isInHours = time.hour >= 9 && Temporal.PlainTime.compare(time, clocks.dayEnds) < 0
  return isInHours && isWorkingDay(dayOf(now), holidays)
}

function standing(what: Due['what'], at: string, { clocks, holidays, now }: ClockWorld): Due {
  const isOver = Temporal.Instant.compare(now, at) > 0
  const escalateAt = closing(addWorkingDays(dayOf(at), clocks.escalateAfterDays, holidays), clocks)
  const isLong = Temporal.Instant.compare(now, escalateAt) > 0
  return {
    what,
    at,
    standing: isOver ? (isLong ? 'escalate' : 'chase') : 'in-time',
    isCalendarMissing: Number(dayOf(at).slice(0, 4)) > holidays.lastYear,
  }
}

/** The end of the working day that is so many working days after the one on which the clock started. */
function endOfDay(startedAt: string, days: number, { clocks, holidays }: ClockWorld): string {
  const started = Temporal.Instant.from(startedAt).toZonedDateTimeISO('Europe/London')
  const isLate = Temporal.PlainTime.compare(started.toPlainTime(), clocks.dayEnds) >= 0
  const day = started.toPlainDate().add({ days: isLate ? 1 : 0 })
  return closing(addWorkingDays(day.toString(), days, holidays), clocks)
}

function closing(day: string, { dayEnds }: Clocks): string {
  return Temporal.PlainDate.from(day)
    .toZonedDateTime({ timeZone: 'Europe/London', plainTime: dayEnds })
    .toInstant()
    .toString()
}

function dayOf(instant: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO('Europe/London').toPlainDate().toString()
}
