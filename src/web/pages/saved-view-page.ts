import { isFiltered, keepKnown } from '../../review/queue-facets.ts'
import { filterText, hrefOfQueue, readFilterText } from '../presenters/queue-address.ts'
import { filterName } from '../presenters/queue-filters.ts'
import { isTab } from '../presenters/tabs.ts'
import type { Answer, Visit } from '../visit.ts'

/** More than a nurse reads at a glance. */
const savedMax = 8

/** Keeps the filters for this nurse, because she pressed the button; nothing else is ever kept of a list. */
export async function saveView({ actor, form, wren }: Visit): Promise<Answer> {
  const { siteNames } = wren.settings
  const asked = readFilterText(form.text('filters'))
  // A site may be one that nobody has given a name: what hospitals call it is short.
  const sites = [...Object.keys(siteNames), ...asked.site.filter(site => site.length <= 40)]
  const filter = keepKnown(asked, sites)
  const to = hrefOfQueue({ tab: tabOf(form.text('tab')), filter })
  if (!isFiltered(filter)) return { kind: 'redirect', to }
  const saved = await wren.ports.savedViews.save({
    who: actor.username,
    filters: filterText(filter),
    at: wren.ports.clock.now().toString(),
    max: savedMax,
  })
  const text =
    saved === 'saved'
      ? `View saved: ${filterName(filter, siteNames)}. One press on it above the list brings it back.`
      : `You have ${savedMax} saved views. Remove one, then save this one.`
  return { kind: 'redirect', to, notice: { tone: saved === 'saved' ? 'success' : 'information', text } }
}

export async function removeView({ actor, form, wren }: Visit): Promise<Answer> {
  await wren.ports.savedViews.remove({ who: actor.username, filters: form.text('filters') })
  return {
    kind: 'redirect',
    to: hrefOfQueue({ tab: tabOf(form.text('tab')), filter: readFilterText(form.text('here')) }),
    notice: { tone: 'success', text: 'The saved view is removed.' },
  }
}

function tabOf(text: string) {
  return isTab(text) ? text : 'to-review'
}
