import type { ReviewState } from '../../review/review-state.ts'
import { auditEntryOf } from '../../services/actor.ts'
import { count, recentTime } from '../presenters/dates.ts'
import { type NothingWords, nothing } from '../presenters/nothing.ts'
import { presentPerson } from '../presenters/person.ts'
import { presentChanges } from '../presenters/versions.ts'
import type { Answer, Visit } from '../visit.ts'

/** How far back, and how many, are listed. */
export const changedDays = 7
const listed = 20

/** Reviewed attendances whose text changed since, without a word that would have brought them back. */
export async function showChanged({ actor, wren }: Visit): Promise<Answer> {
  const { ports } = wren
  await ports.audit.append(
    auditEntryOf(ports.clock, { actor, did: 'listed queue', what: 'changed, nothing new' }),
  )
  const now = ports.clock.now()
  const since = now.subtract({ hours: 24 * changedDays }).toString()
  const changed = await ports.versions.changedSince({ since, limit: listed })
  const rows = await Promise.all(
    changed.map(async ({ flagId, changedAt }) => {
      const file = await ports.review.flagFile(flagId)
      if (file === null) return []
      const changes = presentChanges(file, await ports.versions.versionsOf(file.flag))
      const at = recentTime(changedAt, now.toString())
      return [{ href: `/flags/${flagId}`, person: presentPerson(file.attendance), at, changes }]
    }),
  )
  return {
    kind: 'page',
    view: 'changed.njk',
    title: 'Changed, nothing new',
    context: {
      ...{ rows: rows.flat(), days: changedDays },
      nothing: rows.length > 0 ? null : nothingChanged(await ports.review.countByState()),
    },
  }
}

function nothingChanged(counts: Readonly<Record<ReviewState, number>>): NothingWords {
  const reviewed = counts.done + counts['actions-open'] + counts.deferred
  if (reviewed === 0)
    return nothing(
      'Nothing is reviewed yet',
      'Only what was reviewed can change without coming back to the list.',
    )
  return nothing(
    'Nothing has changed',
    `The hospital has changed the text of none of ${count(reviewed, 'reviewed attendance')} in the last ${changedDays} days.`,
  )
}
