import { londonDayOf } from '../../attendance/instant.ts'
import { readLateFeeds } from '../../services/late-feeds.ts'
import { answerSearch, beginSearch } from '../../services/search-attendances.ts'
import { searchLengthMax } from '../../services/search-terms.ts'
import { count } from '../presenters/dates.ts'
import { presentFound, presentNothingFound } from '../presenters/found.ts'
import { presentLateFeeds } from '../presenters/late-feeds.ts'
import { timelineOf } from '../presenters/timeline-link.ts'
import type { Answer, Visit } from '../visit.ts'

export async function showSearch(): Promise<Answer> {
  return searchView({ text: '' })
}

/** Takes what was typed out of the request: the answer stands at an address that says nothing of it. */
export async function beginSearching({ actor, form, wren }: Visit): Promise<Answer> {
  const text = form.text('text').trim()
  if (text === '') {
    return searchView({ text, problem: 'Enter a name, NHS number, date of birth or attendance number' })
  }
  if (text.length > searchLengthMax) {
    return searchView({ text, problem: `Search must be ${searchLengthMax} characters or fewer` })
  }
  const id = wren.newId()
  await beginSearch(wren.ports, { actor, id, text })
  return { kind: 'redirect', to: `/search/${id}` }
}

export async function showFound({ actor, params, wren }: Visit): Promise<Answer> {
  const { ports, settings } = wren
  const answer = await answerSearch(ports, { actor, id: params.text('search') })
  if (answer === null) {
    const text = 'That search is no longer kept. Search again.'
    return { kind: 'redirect', to: '/search', notice: { tone: 'information', text } }
  }
  const now = ports.clock.now()
  const [{ lastReceivedAt }, late] = await Promise.all([
    ports.ledger.feed(londonDayOf(now)),
    readLateFeeds(ports),
  ])
  const flags = await ports.timelines.latestFlags(answer.found)
  const shownCount = count(answer.found.length, 'attendance')
  return searchView({
    text: answer.text,
    rows: answer.found.map(found => ({
      ...presentFound(found, settings.siteNames),
      timeline: timelineOf(found, flags),
    })),
    summary: answer.hasMore
      ? `The ${shownCount} that arrived last. There are more: search by NHS number or attendance number.`
      : `${shownCount} found, the latest arrival first.`,
    late: presentLateFeeds(late, now.toString()),
    nothing: presentNothingFound(answer, lastReceivedAt !== null),
  })
}

interface SearchShown {
  readonly text: string
  readonly problem?: string
  readonly rows?: readonly unknown[]
  readonly summary?: string
  readonly late?: readonly string[]
  readonly nothing?: readonly string[] | null
}

function searchView({ problem, ...context }: SearchShown): Answer {
  return {
    kind: 'page',
    view: 'search.njk',
    title: 'Search',
    ...(problem === undefined ? {} : { status: 422 }),
    context: {
      ...{ rows: [], nothing: null, ...context },
      problems: problem === undefined ? [] : [{ field: 'text', message: problem }],
    },
  }
}
