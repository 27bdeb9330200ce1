import type { ReviewState } from '../../review/review-state.ts'
import { type QueueTab, queueTabs } from '../../services/list-queue.ts'

export interface Tab {
  readonly href: string
  readonly text: string
  readonly count: number | null
  readonly isCurrent: boolean
}

/** The lists of the queue as links; what was set aside stands beside them and is on no list. */
export function presentTabs(
  counts: Readonly<Record<ReviewState, number>>,
  current: QueueTab | 'set-aside',
): readonly Tab[] {
  return [
    ...Object.keys(queueTabs)
      .filter(isTab)
      .map(tab => ({
        href: hrefOfTab(tab, 1),
        text: queueTabs[tab].label,
        count: queueTabs[tab].states.reduce((sum, state) => sum + counts[state], 0),
        isCurrent: tab === current,
      })),
    { href: '/set-aside', text: 'Set aside', count: null, isCurrent: current === 'set-aside' },
  ]
}

export function hrefOfTab(tab: QueueTab, page: number): string {
  const query = new URLSearchParams()
  if (tab !== 'to-review') query.set('tab', tab)
  if (page > 1) query.set('page', String(page))
  return query.size === 0 ? '/' : `/?${query}`
}

export function isTab(text: string): text is QueueTab {
  return Object.hasOwn(queueTabs, text)
}
