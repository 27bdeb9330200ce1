import { startReview } from '../../services/start-review.ts'
import type { Answer, Visit } from '../visit.ts'
import { nextFlag } from './go-on.ts'

/** Claims the next flag that nobody has, and opens it. */
export async function startNext({ actor, wren }: Visit): Promise<Answer> {
  const flagId = await startReview(wren.ports, actor)
  if (flagId !== null) return { kind: 'redirect', to: nextFlag(flagId) }
  return {
    kind: 'redirect',
    to: '/',
    notice: { tone: 'information', text: 'Nobody is left to start on: somebody has each of them already.' },
  }
}
