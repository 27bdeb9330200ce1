import type { FieldProblem } from '../../review/decision-form.ts'
import { reopenFlag } from '../../services/claim-flag.ts'
import { namePeople } from '../../services/name-people.ts'
import { openTimeline } from '../../services/open-timeline.ts'
import { suggestHousehold } from '../../services/suggest-household.ts'
import { alertNames } from '../presenters/alerts.ts'
import { presentAtSource } from '../presenters/at-source.ts'
import { presentHousehold } from '../presenters/household.ts'
import { presentPerson } from '../presenters/person.ts'
import { presentPrompts } from '../presenters/prompts.ts'
import { presentTimeline } from '../presenters/timeline.ts'
import type { Answer, Notice, Visit } from '../visit.ts'

/** Everything held about the child of one flag. The address names the flag and nothing of the child. */
export async function showTimeline(visit: Visit): Promise<Answer> {
  return timelineView(visit, { problems: [] })
}

/** Puts one of the child's closed flags back to review, and comes back to where the nurse was reading. */
export async function reopenFromTimeline(visit: Visit): Promise<Answer> {
  const { actor, params, form, wren } = visit
  const flagId = form.text('flag')
  const why = form.text('why').trim()
  if (why === '') {
    const problem = { field: `why-${flagId}`, message: 'Enter why it is reopened' }
    return timelineView(visit, { problems: [problem] })
  }
  const saved = await reopenFlag(wren.ports, { actor, flagId, version: form.number('version', 0), why })
  const to = `/flags/${params.text('id')}/child`
  return saved === 'saved'
    ? { kind: 'redirect', to: `${to}#flag-${flagId}`, notice: reopened }
    : { kind: 'redirect', to, notice: changed }
}

const reopened: Notice = { tone: 'success', text: 'Reopened. It is on the list to review again.' }
const changed: Notice = {
  tone: 'information',
  text: 'Somebody changed it while you were reading. This is how it stands now.',
}

async function timelineView(
  { actor, params, wren }: Visit,
  { problems }: { problems: readonly FieldProblem[] },
): Promise<Answer> {
  const { ports, settings } = wren
  const flagId = params.text('id')
  const timeline = await openTimeline(ports, { actor, flagId })
  if (timeline === null) return { kind: 'not-found' }
  const { attendance, entries, merges } = timeline
  const [people, household] = await Promise.all([
    namePeople(ports.accounts),
    suggestHousehold(ports.timelines, attendance),
  ])
  const now = ports.clock.now().toString()
  const newest = entries[0]
  const others = entries.slice(1).map(({ arrivedAt }) => arrivedAt)
  return {
    kind: 'page',
    view: 'timeline.njk',
    title: 'Timeline',
    status: problems.length > 0 ? 422 : 200,
    context: {
      flagId,
      person: presentPerson(attendance),
      alerts: attendance.alerts.map(alert => alertNames[alert]),
      prompts: presentPrompts({ ...attendance, arrivedAt: newest?.arrivedAt ?? null }, { others, now }),
      atSource: presentAtSource({ withdrawnAt: null, merges }),
      timeline: presentTimeline(timeline, { now, me: actor.username, people, siteNames: settings.siteNames }),
      household: presentHousehold(household, settings.siteNames),
      problems,
    },
  }
}
