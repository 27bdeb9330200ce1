import { isDay } from '../../attendance/instant.ts'
import { reasonProblem } from '../../review/sign-off.ts'
import { settleUnreadable } from '../../services/settle-unreadable.ts'
import { dayAndTime, longDay } from '../presenters/dates.ts'
import { shown } from '../presenters/shown-text.ts'
import type { Answer, Visit } from '../visit.ts'

/** One unreadable message: why, and what can be done. Its text is on no page: it may be anybody's. */
export async function showUnreadable(visit: Visit): Promise<Answer> {
  return unreadableView(visit, {})
}

/** Somebody dealt with it another way, and says how. */
export async function settle(visit: Visit): Promise<Answer> {
  const { actor, params, form, wren } = visit
  const [day, eventId, why] = [params.text('day'), params.text('id'), form.text('why')]
  const problem = reasonProblem(why, 'Enter what was done about this message')
  if (problem !== null) return unreadableView(visit, { why, problem })
  const settled = await settleUnreadable(wren.ports, { actor, eventId, why: why.trim() })
  const notice =
    settled === 'saved'
      ? ({ tone: 'success', text: 'Recorded. The message no longer holds up the day.' } as const)
      : ({ tone: 'information', text: 'Somebody has dealt with this message already.' } as const)
  return { kind: 'redirect', to: `/accounting?day=${day}#unreadable`, notice }
}

async function unreadableView(
  { params, wren }: Visit,
  { why = '', problem }: { why?: string; problem?: string },
): Promise<Answer> {
  const [day, eventId] = [params.text('day'), params.text('id')]
  const letter = isDay(day) ? await wren.ports.ledger.deadLetter(eventId) : null
  if (letter === null) return { kind: 'not-found' }
  const { delivery } = letter
  return {
    kind: 'page',
    view: 'unreadable.njk',
    title: 'A message that could not be read',
    ...(problem === undefined ? {} : { status: 422 }),
    context: {
      ...{ day, dayWords: longDay(day), id: eventId, why },
      received: dayAndTime(delivery.receivedAt),
      problem: letter.problem,
      place: `${shown(delivery.stream)}, ${shown(delivery.offset)}`,
      problems: problem === undefined ? [] : [{ field: 'why', message: problem }],
    },
  }
}
