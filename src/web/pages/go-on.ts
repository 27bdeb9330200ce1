import { startReview } from '../../services/start-review.ts'
import { count } from '../presenters/dates.ts'
import type { Answer, Notice, Visit } from '../visit.ts'

interface Saved {
  readonly flagId: string
  /** What was saved, such as "Actions already complete". */
  readonly saved: string
  /** The list on which it stands now, such as "Done". */
  readonly list: string
  /** The nurse asked for the next attendance; else she goes back to the list. */
  readonly isNext: boolean
}

/** After a save: to the next attendance or to the list, with what was saved, where it went, and how to undo it. */
export async function goOn({ actor, wren }: Visit, { flagId, saved, list, isNext }: Saved): Promise<Answer> {
  const next = isNext ? await startReview(wren.ports, actor) : null
  const counts = await wren.ports.review.countByState()
  const waiting = counts['to-review']
  const left = waiting === 0 ? 'Nobody else waits.' : `Next: ${count(waiting, 'attendance')} waiting.`
  const ahead = `This is the next attendance; ${count(waiting, 'more waits', 'more wait')}.`
  const notice: Notice = {
    tone: 'success',
    text: `Saved: ${saved}. It is under “${list}”. ${next === null ? left : ahead}`,
    link: { href: `/flags/${flagId}`, text: 'See what you saved' },
    act: { action: `/flags/${flagId}/undo`, text: 'Undo' },
    keepsFocus: next !== null,
  }
  return { kind: 'redirect', to: next === null ? '/' : nextFlag(next), notice }
}

/** The heading of the next attendance, on which the focus is. */
export function nextFlag(flagId: string): string {
  return `/flags/${flagId}#child`
}
