import { bandLabels } from '../../review/flag.ts'
import {
  countChoices,
  countHidden,
  type Facet,
  facetChoices,
  facets,
  isFiltered,
  type QueueFilter,
  siteNotRecorded,
} from '../../review/queue-facets.ts'
import { priorities, themes } from '../../rules/rule.ts'
import type { Narrowed, QueueTab } from '../../services/list-queue.ts'
import { count, figure } from './dates.ts'
import { filterText, hrefOfQueue, readFilterText } from './queue-address.ts'
import { themeNames } from './rule-tag.ts'
import { shown } from './shown-text.ts'

/** All that the page says of filters: what is chosen, what could be, and what is hidden by it. */
export interface FilterWords {
  readonly tab: QueueTab
  readonly fieldsets: readonly Fieldset[]
  readonly chips: readonly { readonly text: string; readonly href: string }[]
  readonly clearHref: string
  /** "4 of 19 attendances shown. 15 are hidden by the filters, 3 of them under …"; null where nothing is chosen. */
  readonly hidden: string | null
  /** What "Save this view" keeps; null where nothing is chosen or it is kept already. */
  readonly toSave: string | null
  readonly saved: readonly SavedView[]
  readonly here: string
}

export interface Fieldset {
  readonly name: Facet
  readonly legend: string
  readonly choices: readonly { readonly value: string; readonly text: string; readonly isChosen: boolean }[]
}

export interface SavedView {
  readonly text: string
  readonly href: string
  readonly filters: string
  readonly isCurrent: boolean
}

interface FilterLook {
  readonly tab: QueueTab
  readonly siteNames: Readonly<Record<string, string>>
  readonly saved: readonly string[]
}

export function presentFilters(narrowed: Narrowed, look: FilterLook): FilterWords {
  const { filter } = narrowed
  const { tab, siteNames } = look
  const here = filterText(filter)
  const without = (facet: Facet, choice: string): QueueFilter => ({
    ...filter,
    [facet]: filter[facet].filter(each => each !== choice),
  })
  return {
    tab,
    fieldsets: facets
      .map(name => fieldsetOf(name, narrowed, siteNames))
      .filter(({ choices }) => choices.length > 0),
    chips: facets.flatMap(facet =>
      filter[facet].map(choice => ({
        text: choiceName(facet, choice, siteNames),
        href: hrefOfQueue({ tab, filter: without(facet, choice) }),
      })),
    ),
    clearHref: hrefOfQueue({ tab }),
    hidden: isFiltered(filter) ? hiddenWords(narrowed, tab) : null,
    toSave: isFiltered(filter) && !look.saved.includes(here) ? here : null,
    saved: look.saved.map(filters => ({
      text: filterName(readFilterText(filters), siteNames),
      href: hrefOfQueue({ tab, filter: readFilterText(filters) }),
      filters,
      isCurrent: filters === here,
    })),
    here,
  }
}

/** "Worcestershire Royal, Weapons": a filter is called what it shows. */
export function filterName(filter: QueueFilter, siteNames: Readonly<Record<string, string>>): string {
  return facets.flatMap(facet => filter[facet].map(choice => choiceName(facet, choice, siteNames))).join(', ')
}

const legends: Readonly<Record<Facet, string>> = {
  site: 'Site',
  theme: 'Kind of harm',
  band: 'Band',
  age: 'Age on arrival',
  with: 'Who has it',
  due: 'Time',
}

/** Offered is what would show somebody, and what is chosen: a choice that changes nothing is none. */
function fieldsetOf(name: Facet, narrowed: Narrowed, siteNames: FilterLook['siteNames']): Fieldset {
  const { filter, groups } = narrowed
  const counts = countChoices(groups, { facet: name, filter })
  const known = name === 'site' ? [...new Set([...filter.site, ...counts.keys()])] : facetChoices[name]
  const chosen = new Set(filter[name])
  const offered = known.filter(value => chosen.has(value) || (counts.get(value) ?? 0) > 0)
  const choices = offered.map(value => ({
    value,
    text: `${choiceName(name, value, siteNames)} (${figure(counts.get(value) ?? 0)})`,
    isChosen: chosen.has(value),
  }))
  const ordered =
    name === 'site' ? choices.toSorted((a, b) => a.text.localeCompare(b.text, 'en-GB')) : choices
  const isPointless = ordered.length === 1 && chosen.size === 0 && name !== 'due'
  return { name, legend: legends[name], choices: isPointless ? [] : ordered }
}

const ageNames: Readonly<Record<string, string>> = {
  'under-13': 'Under 13',
  '13-15': '13 to 15',
  '16-17': '16 and 17',
  '18-25': '18 to 25',
  'over-25': 'Over 25',
  'not-known': 'Age not known',
}

const withNames: Readonly<Record<string, string>> = {
  me: 'With you',
  nobody: 'With nobody yet',
  somebody: 'With somebody else',
}

function choiceName(facet: Facet, choice: string, siteNames: FilterLook['siteNames']): string {
  switch (facet) {
    case 'site':
      return choice === siteNotRecorded ? 'Site not recorded' : (siteNames[choice] ?? shown(choice))
    case 'theme': {
      const theme = themes.find(each => each === choice)
      return theme === undefined ? choice : themeNames[theme]
    }
    case 'band': {
      const band = priorities.find(each => each === choice)
      return band === undefined ? choice : bandLabels[band]
    }
    case 'age':
      return ageNames[choice] ?? choice
    case 'with':
      return withNames[choice] ?? choice
    case 'due':
      return 'Overdue'
    default:
      throw new Error(`no name for facet ${facet satisfies never}`)
  }
}

/** Of those that wait, the ones to be reviewed first are counted by themselves: they are the ones not to be forgotten. */
function hiddenWords({ filter, groups, shown: flags, total }: Narrowed, tab: QueueTab): string {
  const all = `${figure(flags)} of ${count(total, 'attendance')} shown`
  const hidden = total - flags
  if (hidden === 0) return `${all}. The filters hide none.`
  const first = tab === 'to-review' ? countHidden(groups, { facet: 'band', choice: 'high', filter }) : 0
  const among = first === 0 ? '' : `, ${figure(first)} of them under “${bandLabels.high}”`
  return `${all}. ${figure(hidden)} ${hidden === 1 ? 'is' : 'are'} hidden by the filters${among}.`
}
