import { facets, noFilter, type QueueFilter } from '../../review/queue-facets.ts'
import type { QueueTab } from '../../services/list-queue.ts'
import type { Fields } from '../fields.ts'

/** What the queue's address says: which list, narrowed how, and which page. No order: a reload brings the one there is. */
export interface QueuePlace {
  readonly tab: QueueTab
  readonly filter: QueueFilter
  readonly page: number
}

export function hrefOfQueue({
  tab,
  filter = noFilter,
  page = 1,
}: Partial<QueuePlace> & { tab: QueueTab }): string {
  const query = new URLSearchParams()
  if (tab !== 'to-review') query.set('tab', tab)
  for (const [facet, choice] of choicesOf(filter)) query.append(facet, choice)
  if (page > 1) query.set('page', String(page))
  return query.size === 0 ? '/' : `/?${query}`
}

/** The filter alone, as it is saved: the same choices always read the same. */
export function filterText(filter: QueueFilter): string {
  return new URLSearchParams(choicesOf(filter).map(choice => [...choice])).toString()
}

/** What the address asks for, known or not. */
export function readFilter(query: Pick<Fields, 'texts'>): QueueFilter {
  return {
    site: query.texts('site'),
    theme: query.texts('theme'),
    band: query.texts('band'),
    age: query.texts('age'),
    with: query.texts('with'),
    due: query.texts('due'),
  }
}

export function readFilterText(text: string): QueueFilter {
  const query = new URLSearchParams(text)
  return readFilter({ texts: name => query.getAll(name) })
}

function choicesOf(filter: QueueFilter): readonly (readonly [string, string])[] {
  return facets.flatMap(facet => filter[facet].map(choice => [facet, choice] as const))
}
