import { priorities, themes } from '../rules/rule.ts'

/** What the queue can be narrowed by. An address names them so. */
export const facets = ['site', 'theme', 'band', 'age', 'with', 'due'] as const
export type Facet = (typeof facets)[number]

/** The choices of each facet, in the order in which they are offered. Sites are whatever the hospital sends. */
export const facetChoices = {
  theme: themes,
  band: priorities,
  age: ['under-13', '13-15', '16-17', '18-25', 'over-25', 'not-known'],
  /** Who has it: a claim, or a hand-over that waits for somebody. */
  with: ['me', 'nobody', 'somebody'],
  due: ['overdue'],
} as const satisfies Readonly<Record<Exclude<Facet, 'site'>, readonly string[]>>

/** The site of an attendance that came without one. */
export const siteNotRecorded = 'not-recorded'

/** What is chosen of each facet; of a facet without a choice everything is shown. */
export type QueueFilter = Readonly<Record<Facet, readonly string[]>>

export const noFilter: QueueFilter = { site: [], theme: [], band: [], age: [], with: [], due: [] }

/** Flags that are alike in every facet, and how many they are. One of several themes stands under each of them. */
export interface FacetGroup {
  readonly values: QueueFilter
  readonly flags: number
}

export function isFiltered(filter: QueueFilter): boolean {
  return facets.some(facet => filter[facet].length > 0)
}

/** How many flags a filter shows. */
export function countShown(groups: readonly FacetGroup[], filter: QueueFilter): number {
  return sum(groups.filter(group => shows(filter, group)))
}

/** How many flags with this choice of a facet a filter hides. */
export function countHidden(
  groups: readonly FacetGroup[],
  { facet, choice, filter }: { facet: Facet; choice: string; filter: QueueFilter },
): number {
  const those = groups.filter(({ values }) => values[facet].includes(choice))
  return countShown(those, noFilter) - countShown(those, filter)
}

/** How many flags each choice of a facet would show, with all other facets as they are chosen. */
export function countChoices(
  groups: readonly FacetGroup[],
  { facet, filter }: { facet: Facet; filter: QueueFilter },
): ReadonlyMap<string, number> {
  const others = { ...filter, [facet]: [] }
  const counts = new Map<string, number>()
  for (const { values, flags } of groups.filter(group => shows(others, group)))
    for (const value of values[facet]) counts.set(value, (counts.get(value) ?? 0) + flags)
  return counts
}

/** The choices that there are: an unknown one is left out, and so never hides a child. */
export function keepKnown(filter: QueueFilter, sites: readonly string[]): QueueFilter {
  const known: Readonly<Record<Facet, readonly string[]>> = { ...facetChoices, site: sites }
  const kept = (facet: Facet): readonly string[] =>
    [...new Set(known[facet])].filter(each => filter[facet].includes(each))
  return {
    site: kept('site'),
    theme: kept('theme'),
    band: kept('band'),
    age: kept('age'),
    with: kept('with'),
    due: kept('due'),
  }
}

function shows(filter: QueueFilter, { values }: FacetGroup): boolean {
  return facets.every(
    facet => filter[facet].length === 0 || filter[facet].some(choice => values[facet].includes(choice)),
  )
}

function sum(groups: readonly FacetGroup[]): number {
  return groups.reduce((total, { flags }) => total + flags, 0)
}
