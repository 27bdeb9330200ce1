import { isDay, londonDayOf } from '../../attendance/instant.ts'
import { readCensus, takeCensus } from '../../services/check-census.ts'
import { namePeople } from '../../services/name-people.ts'
import { longDay } from '../presenters/dates.ts'
import { presentCensus } from '../presenters/proof.ts'
import type { Answer, Visit } from '../visit.ts'

/** The hospital's own list of a day: who on it never came to Wren, and who came and could not be read. */
export async function showCensus(visit: Visit): Promise<Answer> {
  return censusView(visit, {})
}

/** Takes a list, as a file or pasted. A file goes before what was pasted. */
export async function giveCensus(visit: Visit): Promise<Answer> {
  const { actor, params, form, wren } = visit
  const day = params.text('day')
  if (!isPast(visit, day)) return { kind: 'not-found' }
  const [file, pasted] = [form.text('file'), form.text('list')]
  if (file.trim() === '' && pasted.trim() === '')
    return censusView(visit, { problems: ['Choose the hospital’s list, or paste it'], pasted })
  const taken = await takeCensus(wren.ports, { actor, day, text: file.trim() === '' ? pasted : file })
  if (taken.kind === 'unreadable')
    return censusView(visit, { problems: taken.problems.map(problem => `The list: ${problem}`), pasted })
  const text = 'The list is kept. This is how it compares with what was received.'
  return { kind: 'redirect', to: `/accounting/${day}/census`, notice: { tone: 'success', text } }
}

function isPast({ wren }: Visit, day: string): boolean {
  return isDay(day) && day <= londonDayOf(wren.ports.clock.now())
}

async function censusView(
  visit: Visit,
  { problems = [], pasted = '' }: { problems?: readonly string[]; pasted?: string },
): Promise<Answer> {
  const { params, wren } = visit
  const day = params.text('day')
  if (!isPast(visit, day)) return { kind: 'not-found' }
  const [census, people] = await Promise.all([readCensus(wren.ports, day), namePeople(wren.ports.accounts)])
  return {
    kind: 'page',
    view: 'census.njk',
    title: 'The hospital’s own list',
    ...(problems.length === 0 ? {} : { status: 422 }),
    context: {
      ...{ day, dayWords: longDay(day), pasted },
      census: census === null ? null : presentCensus(census, people),
      problems: problems.map(message => ({ field: 'file', message })),
    },
  }
}
