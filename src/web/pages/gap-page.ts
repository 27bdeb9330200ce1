import { isDay } from '../../attendance/instant.ts'
import { reasonProblem } from '../../review/sign-off.ts'
import { namePeople } from '../../services/name-people.ts'
import { explainGap, proveDay } from '../../services/prove-day.ts'
import type { Fields } from '../fields.ts'
import { longDay } from '../presenters/dates.ts'
import { gapFields, presentProvenGaps } from '../presenters/proof.ts'
import type { Answer, Visit } from '../visit.ts'

/** Numbers in the stream without a message, and the form on which somebody says why. */
export async function showGap(visit: Visit): Promise<Answer> {
  return gapView(visit, { named: visit.query })
}

export async function explain(visit: Visit): Promise<Answer> {
  const { actor, params, form, wren } = visit
  const day = params.text('day')
  const why = form.text('why')
  const problem = reasonProblem(why, 'Enter why no message has these numbers')
  if (problem !== null) return gapView(visit, { named: form, why, problem })
  if (!isDay(day)) return { kind: 'not-found' }
  const explained = await explainGap(wren.ports, { actor, day, at: placeOf(form), why: why.trim() })
  const notice =
    explained === 'saved'
      ? ({ tone: 'success', text: 'Recorded. These numbers no longer hold up the day.' } as const)
      : ({ tone: 'information', text: 'These numbers are no longer missing.' } as const)
  return { kind: 'redirect', to: `/accounting?day=${day}#gaps`, notice }
}

function placeOf(named: Fields) {
  return {
    channel: named.text('channel'),
    stream: named.text('stream'),
    partition: named.number('partition', 0),
    from: named.text('from'),
  }
}

async function gapView(
  { params, wren }: Visit,
  { named, why = '', problem }: { named: Fields; why?: string; problem?: string },
): Promise<Answer> {
  const day = params.text('day')
  if (!isDay(day)) return { kind: 'not-found' }
  const [proof, people] = await Promise.all([proveDay(wren.ports, day), namePeople(wren.ports.accounts)])
  const place = placeOf(named)
  const gap = proof.gaps.find(
    each =>
      each.channel === place.channel &&
      each.stream === place.stream &&
      each.partition === place.partition &&
      each.from === place.from,
  )
  const [words] = gap === undefined ? [] : presentProvenGaps([gap], { day, people })
  if (gap === undefined || words === undefined) return { kind: 'not-found' }
  return {
    kind: 'page',
    view: 'gap.njk',
    title: 'Numbers without a message',
    ...(problem === undefined ? {} : { status: 422 }),
    context: {
      ...{ day, dayWords: longDay(day), gap: words, fields: gapFields(gap), why },
      problems: problem === undefined ? [] : [{ field: 'why', message: problem }],
    },
  }
}
