import { openFlag } from '../../services/open-flag.ts'
import { recordActions } from '../../services/record-actions.ts'
import { count } from '../presenters/dates.ts'
import type { Answer, Visit } from '../visit.ts'
import { conflictWords } from './conflict.ts'
import { saveTyped } from './draft-page.ts'
import { flagView } from './flag-page.ts'
import { readReview } from './read-review-form.ts'

/** Saves the checklist without an outcome: during a review, or later, when what was open is done. */
export async function saveChecklist(visit: Visit): Promise<Answer> {
  const { actor, params, form, wren } = visit
  const file = await openFlag(wren.ports, { actor, flagId: params.text('id') })
  if (file === null) return { kind: 'not-found' }
  const typed = readReview(form)
  const isMine = file.flag.state === 'actions-open' || file.flag.claimedBy === actor.username
  const version = form.number('version', 0)
  const { checklist } = typed
  const recorded = isMine
    ? await recordActions(wren.ports, { actor, file, version, checklist })
    : ({ kind: 'stale', saved: 0 } as const)
  if (recorded.kind === 'invalid') return flagView(visit, { file, ...typed, problems: recorded.problems })
  if (recorded.kind !== 'saved')
    return flagView(visit, { file, ...typed, conflict: await conflictWords(visit, file) })
  await keepRest(visit)
  return {
    kind: 'redirect',
    to: `/flags/${file.flag.id}#checklist`,
    notice: {
      tone: 'success',
      text:
        recorded.saved === 0
          ? 'Nothing on the checklist has changed.'
          : `${count(recorded.saved, 'line')} of the checklist saved. The outcome is as it was.`,
    },
  }
}

/** The lines are saved; what stands in the other fields is still only typed. */
async function keepRest({ actor, params, form, wren }: Visit): Promise<void> {
  const names = ['outcome', 'reason', 'noAction', 'deferUntil', 'wrongMatch', 'override']
  const typed = names.map(name => [name, form.text(name)] as const).filter(([, text]) => text !== '')
  await saveTyped(wren.ports, { actor, flagId: params.text('id'), fields: Object.fromEntries(typed) })
}
