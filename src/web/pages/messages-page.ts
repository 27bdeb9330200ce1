import { isDay } from '../../attendance/instant.ts'
import { listMessages } from '../../services/count-day.ts'
import type { MessageQuery } from '../../services/proof-port.ts'
import { longDay } from '../presenters/dates.ts'
import { outcomeWords } from '../presenters/earlier.ts'
import { hrefOfMessages, isOutcome, presentMessages } from '../presenters/messages.ts'
import { siteName } from '../presenters/queue.ts'
import { shown } from '../presenters/shown-text.ts'
import type { Answer, Visit } from '../visit.ts'

const pageLength = 50

/** The messages behind one number of the account. Ops see when, and not who. */
export async function showMessages({ actor, params, query, wren }: Visit): Promise<Answer> {
  const asked = queryOf({ day: params.text('day'), query })
  if (asked === null) return { kind: 'not-found' }
  const page = query.number('page', 1)
  const seesChildren = actor.role === 'nurse' || actor.role === 'lead'
  // One more than is shown tells whether there is another page: counting them all is the account's work.
  const rows = await listMessages(wren.ports, {
    ...{ actor, query: asked },
    ...{ limit: pageLength + 1, offset: (page - 1) * pageLength },
  })
  const { day, source, site, outcome } = asked
  return {
    kind: 'page',
    view: 'messages.njk',
    title: 'Messages',
    context: {
      ...{ day, dayWords: longDay(day), source: shown(source), seesChildren },
      site: siteName(site, wren.settings.siteNames),
      outcome: outcome === null ? null : outcomeWords[outcome],
      rows: presentMessages(rows.slice(0, pageLength), { seesChildren }),
      previous: page > 1 ? hrefOfMessages(asked, page - 1) : null,
      next: rows.length > pageLength ? hrefOfMessages(asked, page + 1) : null,
    },
  }
}

function queryOf({ day, query }: { day: string; query: Visit['query'] }): MessageQuery | null {
  const [source, site, outcome] = [query.text('source'), query.text('site'), query.text('outcome')]
  if (!isDay(day) || source === '' || !(outcome === '' || isOutcome(outcome))) return null
  return { day, source, site: site === '' ? null : site, outcome: outcome === '' ? null : outcome }
}
