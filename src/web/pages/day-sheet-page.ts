import { isDay, londonDayOf } from '../../attendance/instant.ts'
import type { FieldProblem } from '../../review/decision-form.ts'
import { longDay } from '../presenters/dates.ts'
import { exportChoices } from '../presenters/export.ts'
import type { Answer, Visit } from '../visit.ts'
import { readExport, startExport, typedExport } from './export-page.ts'

/** Asks what the list of a day is for, before it is given. */
export async function showDaySheet({ query, wren }: Visit): Promise<Answer> {
  const today = londonDayOf(wren.ports.clock.now())
  const day = query.text('day') === '' ? today : query.text('day')
  if (!isDay(day) || day > today) return { kind: 'not-found' }
  return formView({ day, typed: typedExport(null), problems: [] })
}

export async function giveDaySheet(visit: Visit): Promise<Answer> {
  const { form, wren } = visit
  const day = form.text('day')
  const read = readExport(form)
  const problems = [
    ...(isDay(day) && day <= londonDayOf(wren.ports.clock.now())
      ? []
      : [{ field: 'day', message: 'Enter today or a day before it' }]),
    ...(read.kind === 'invalid' ? read.problems : []),
  ]
  if (read.kind === 'invalid' || problems.length > 0)
    return formView({ day, typed: typedExport(form), problems })
  return startExport(visit, { kind: 'day-sheet', day, referralIds: [], asked: read.asked })
}

function formView({
  day,
  typed,
  problems,
}: {
  day: string
  typed: ReturnType<typeof typedExport>
  problems: readonly FieldProblem[]
}): Answer {
  return {
    kind: 'page',
    view: 'day-sheet.njk',
    title: 'Day sheet',
    ...(problems.length === 0 ? {} : { status: 422 }),
    context: { day, dayWords: isDay(day) ? longDay(day) : null, choices: exportChoices, typed, problems },
  }
}
