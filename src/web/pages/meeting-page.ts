import { isDay, londonDayOf } from '../../attendance/instant.ts'
import { nextMeeting } from '../../referral/areas.ts'
import type { FieldProblem } from '../../review/decision-form.ts'
import { listReferrals } from '../../services/list-referrals.ts'
import type { Fields } from '../fields.ts'
import { exportChoices } from '../presenters/export.ts'
import { presentMeetingChoices } from '../presenters/meeting-choices.ts'
import type { Answer, Visit } from '../visit.ts'
import { readExport, startExport, typedExport } from './export-page.ts'

/** Whose referrals wait for the meeting: to be chosen for its papers, and afterwards to enter what it decided. */
export async function showMeeting(visit: Visit): Promise<Answer> {
  return meetingView(visit, { form: null, problems: [] })
}

export async function giveMeetingPack(visit: Visit): Promise<Answer> {
  const { actor, form, wren } = visit
  const day = form.text('day')
  // A referral that has ended meanwhile is nobody the meeting speaks about.
  const open = new Set((await listReferrals(wren.ports, actor)).map(({ referral }) => referral.id))
  const referralIds = chosenIn(form).filter(id => open.has(id))
  const read = readExport(form)
  const problems = [
    ...(referralIds.length > 0 ? [] : [{ field: 'chosen', message: 'Select at least one child' }]),
    ...(isDay(day) ? [] : [{ field: 'day', message: 'Enter the day of the meeting' }]),
    ...(read.kind === 'invalid' ? read.problems : []),
  ]
  if (read.kind === 'invalid' || problems.length > 0) return meetingView(visit, { form, problems })
  return startExport(visit, { kind: 'meeting-pack', day, referralIds, asked: read.asked })
}

async function meetingView(
  { actor, wren }: Visit,
  { form, problems }: { form: Fields | null; problems: readonly FieldProblem[] },
): Promise<Answer> {
  const { ports } = wren
  const waiting = await listReferrals(ports, actor)
  const { meeting } = ports.partnership.areas
  const next = nextMeeting(londonDayOf(ports.clock.now()), { ...meeting, cutOffDays: 0 })
  const chosen = form === null ? [] : chosenIn(form)
  return {
    kind: 'page',
    view: 'meeting.njk',
    title: 'Weekly meeting',
    ...(problems.length === 0 ? {} : { status: 422 }),
    context: {
      day: form?.text('day') ?? next,
      groups: presentMeetingChoices(waiting, chosen),
      choices: exportChoices,
      typed: typedExport(form),
      problems,
    },
  }
}

function chosenIn(form: Fields): readonly string[] {
  return Object.keys(form.all()).flatMap(name =>
    name.startsWith('referral-') ? [name.slice('referral-'.length)] : [],
  )
}
