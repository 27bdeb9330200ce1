import { noFilter, type QueueFilter } from '../../review/queue-facets.ts'
import type { ReviewState } from '../../review/review-state.ts'
import { type QueueTab, queueTabs } from '../../services/list-queue.ts'
import { hrefOfQueue } from './queue-address.ts'

export interface Tab {
  readonly href: string
  readonly text: string
  readonly count: number | null
  readonly isCurrent: boolean
}

/**
 * The lists of the queue as links, which keep the filters; each says how many it holds in all, whatever the filters.
 * What was set aside stands beside them and is on no list.
 */
export function presentTabs(
  counts: Readonly<Record<ReviewState, number>>,
  current: QueueTab | 'set-aside',
  filter: QueueFilter = noFilter,
): readonly Tab[] {
  return [
    ...Object.keys(queueTabs)
      .filter(isTab)
      .map(tab => ({
        href: hrefOfQueue({ tab, filter }),
        text: queueTabs[tab].label,
        count: queueTabs[tab].states.reduce((sum, state) => sum + counts[state], 0),
        isCurrent: tab === current,
      })),
    { href: '/set-aside', text: 'Set aside', count: null, isCurrent: current === 'set-aside' },
  ]
}

export function isTab(text: string): text is QueueTab {
  return Object.hasOwn(queueTabs, text)
}
