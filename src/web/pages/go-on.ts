import { startReview } from '../../services/start-review.ts'
import { count } from '../presenters/dates.ts'
import type { Answer, Notice, Visit } from '../visit.ts'

interface Saved {
  readonly flagId: string
  /** What was saved, such as "Actions already complete". */
  readonly saved: string
  /** The nurse asked for the next attendance; else she goes back to the list. */
  readonly isNext: boolean
}

/** After a save: to the next attendance or to the list, with what was saved and how many wait. */
export async function goOn({ actor, wren }: Visit, { flagId, saved, isNext }: Saved): Promise<Answer> {
  const next = isNext ? await startReview(wren.ports, actor) : null
  const counts = await wren.ports.review.countByState()
  const waiting = counts['to-review']
  const left = waiting === 0 ? 'Nobody else waits.' : `Next: ${count(waiting, 'attendance')} waiting.`
  const notice: Notice = {
    tone: 'success',
    text:
      next === null
        ? `Saved: ${saved}. ${left}`
        : `Saved: ${saved}. This is the next attendance; ${count(waiting, 'more waits', 'more wait')}.`,
    link: { href: `/flags/${flagId}`, text: 'See what you saved' },
  }
  return { kind: 'redirect', to: next === null ? '/' : `/flags/${next}`, notice }
}
