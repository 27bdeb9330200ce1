import { isDay, londonDayOf } from '../../attendance/instant.ts'
import { gapsOf, gapsRead, isOver } from '../../review/sign-off.ts'
import { namePeople } from '../../services/name-people.ts'
import {
  type DayClosing,
  listDays,
  readClosing,
  readSupplement,
  reopenDay,
  signOffDay,
} from '../../services/sign-off-day.ts'
import { presentCalendar, weekdays } from '../presenters/calendar.ts'
import { longDay } from '../presenters/dates.ts'
import {
  presentCarriedOver,
  presentCheck,
  presentDays,
  presentGaps,
  presentSignOff,
} from '../presenters/sign-off.ts'
import { presentSignOffPanel, type SignOffPanel } from '../presenters/sign-off-panel.ts'
import { presentSupplement } from '../presenters/supplement.ts'
import type { Wren } from '../settings.ts'
import type { Answer, Visit } from '../visit.ts'

const weeksShown = 5

/** The calendar of the last weeks, and how the closing of each day stands. */
export async function showDays({ wren }: Visit): Promise<Answer> {
  const today = Temporal.PlainDate.from(londonDayOf(wren.ports.clock.now()))
  // From a Monday on; today is not among them.
  const daysShown = (weeksShown - 1) * 7 + today.dayOfWeek - 1
  const [days, people] = await Promise.all([listDays(wren.ports, daysShown), namePeople(wren.ports.accounts)])
  const context = { days: presentDays(days, people), weeks: presentCalendar(days), weekdays }
  return { kind: 'page', view: 'sign-off-days.njk', title: 'Days signed off', context }
}

/** What the accounting page says of the closing of its day. */
export async function signOffPanel({ actor, wren }: Visit, closing: DayClosing): Promise<SignOffPanel> {
  const [people, [yesterday]] = await Promise.all([namePeople(wren.ports.accounts), listDays(wren.ports, 1)])
  const isLead = actor.role === 'lead'
  return presentSignOffPanel(closing, {
    isLead,
    seesChildren: isLead || actor.role === 'nurse',
    people,
    yesterday,
  })
}

/** What was checked of a day, and the one button that closes it; with gaps, the way to sign off all the same. */
export async function showSignOff(visit: Visit): Promise<Answer> {
  const closing = await closingOf(visit)
  return 'kind' in closing ? closing : checkView(closing)
}

/** Interrupts: what is open is read, and a reason given, before a day with gaps is signed off. */
export async function showGaps(visit: Visit): Promise<Answer> {
  const closing = await closingOf(visit)
  if ('kind' in closing) return closing
  return gapsOf(closing.check).length === 0 ? checkView(closing) : gapsView(closing, {})
}

export async function signOff(visit: Visit): Promise<Answer> {
  const { actor, params, form, wren } = visit
  const closing = await closingOf(visit)
  if ('kind' in closing) return closing
  const { day } = closing
  const [why, read] = [form.text('why'), form.text('read')]
  const signed = await signOffDay(wren.ports, { actor, day, sampleSize: wren.settings.sampleSize, read, why })
  switch (signed.kind) {
    case 'signed':
      return { kind: 'redirect', to: `/accounting/${day}/signed-off` }
    case 'already':
    case 'not-over':
      return closingOf({ ...visit, params }).then(now => ('kind' in now ? now : checkView(now)))
    case 'gaps-changed': {
      const now = await closingOn(wren, day)
      return gapsOf(now.check).length === 0 || read === ''
        ? checkView(now, 'The day has changed since you opened this page. This is how it stands now.')
        : gapsView(now, { why, problem: 'The gaps have changed since you read them. Read them again' })
    }
    case 'invalid':
      return gapsView(closing, { why, problem: signed.problem })
    default:
      throw new Error(`no page for ${signed satisfies never}`)
  }
}

/** The record of a sign-off: who, when, what was found, and what came later. */
export async function showSignedOff(visit: Visit): Promise<Answer> {
  return signedOffView(visit, {})
}

export async function reopenSignedDay(visit: Visit): Promise<Answer> {
  const { actor, params, form, wren } = visit
  const day = params.text('day')
  if (!isDay(day)) return { kind: 'not-found' }
  const [reference, why] = [form.text('reference'), form.text('why')]
  const reopened = await reopenDay(wren.ports, { actor, day, reference, why })
  if (typeof reopened === 'object') return signedOffView(visit, { why, problem: reopened.problem })
  const text =
    reopened === 'saved'
      ? 'The day is reopened. It can be signed off again.'
      : 'Somebody reopened this day already. This is how it stands now.'
  const tone = reopened === 'saved' ? 'success' : 'information'
  return { kind: 'redirect', to: `/accounting?day=${day}`, notice: { tone, text } }
}

export function closingOn({ ports, settings }: Wren, day: string): Promise<DayClosing> {
  return readClosing(ports, { day, sampleSize: settings.sampleSize })
}

/** The day of the address and how its closing stands, or the page to answer with instead. */
async function closingOf({ params, wren }: Visit): Promise<DayClosing | Answer> {
  const day = params.text('day')
  const today = londonDayOf(wren.ports.clock.now())
  if (!isDay(day) || day > today) return { kind: 'not-found' }
  if (!isOver(day, today)) {
    const text = 'Today can be signed off when it is over.'
    return { kind: 'redirect', to: '/accounting', notice: { tone: 'information', text } }
  }
  const closing = await closingOn(wren, day)
  if (closing.standing === null) return closing
  return { kind: 'redirect', to: `/accounting/${day}/signed-off` }
}

function checkView({ day, check, history }: DayClosing, changed?: string): Answer {
  const gaps = gapsOf(check)
  return {
    kind: 'page',
    view: 'sign-off.njk',
    title: 'Sign off the day',
    ...(changed === undefined ? {} : { status: 409 }),
    context: {
      ...{ day, dayWords: longDay(day), changed },
      lines: presentCheck(check, day),
      carriedOver: presentCarriedOver(check),
      hasGaps: gaps.length > 0,
      read: gapsRead(gaps),
      isAgain: history.length > 0,
    },
  }
}

function gapsView({ day, check }: DayClosing, typed: { why?: string; problem?: string }): Answer {
  const { why = '', problem } = typed
  return {
    kind: 'page',
    view: 'sign-off-gaps.njk',
    title: 'Sign off with gaps',
    ...(problem === undefined ? {} : { status: 422 }),
    context: {
      ...{ day, dayWords: longDay(day), why },
      gaps: presentGaps(check),
      read: gapsRead(gapsOf(check)),
      problems: problem === undefined ? [] : [{ field: 'why', message: problem }],
    },
  }
}

async function signedOffView(
  { actor, params, wren }: Visit,
  typed: { why?: string; problem?: string },
): Promise<Answer> {
  const day = params.text('day')
  if (!isDay(day)) return { kind: 'not-found' }
  const [closing, people] = await Promise.all([closingOn(wren, day), namePeople(wren.ports.accounts)])
  const { check, standing, history } = closing
  if (standing === null) return { kind: 'redirect', to: `/accounting?day=${day}` }
  const { why = '', problem } = typed
  return {
    kind: 'page',
    view: 'signed-off.njk',
    title: `${longDay(day)} signed off`,
    ...(problem === undefined ? {} : { status: 422 }),
    context: {
      ...{ day, dayWords: longDay(day), why },
      signOff: presentSignOff(standing, people),
      lines: presentCheck(standing.check, day),
      carriedOver: presentCarriedOver(standing.check),
      supplement: presentSupplement(
        await readSupplement(wren.ports, { check, standing }),
        wren.settings.siteNames,
      ),
      earlier: history.filter(each => each !== standing).map(each => presentSignOff(each, people)),
      isLead: actor.role === 'lead',
      problems: problem === undefined ? [] : [{ field: 'why', message: problem }],
    },
  }
}
