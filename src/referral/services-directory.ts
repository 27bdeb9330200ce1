import type { Theme } from '../rules/rule.ts'
import type { Home } from './areas.ts'

/** A service that may help a child, from `partnership/services.yaml`. */
export interface Service {
  readonly id: string
  readonly name: string
  readonly what: string
  /** Names of own districts; empty: everywhere in the county. */
  readonly districts: readonly string[]
  /** Whole years, both ends included. */
  readonly ages: { readonly from: number; readonly to: number }
  /** Empty: whatever the theme. */
  readonly themes: readonly Theme[]
  /** What a person must check that Wren cannot know, such as "no knife offence"; null where there is nothing. */
  readonly criteria: string | null
  readonly contact: string
  readonly selfReferral: boolean
  /** ISO day on which somebody last checked the entry. */
  readonly checkedOn: string
}

/** Services to suggest, in the order of the directory. Nobody is referred to one by this: a nurse ticks it. */
export function suggestServices(
  services: readonly Service[],
  child: { readonly home: Home; readonly age: number | null; readonly themes: readonly Theme[] },
): readonly Service[] {
  const { home, age, themes } = child
  if (home.kind === 'elsewhere' || age === null) return []
  return services.filter(
    service =>
      service.ages.from <= age &&
      age <= service.ages.to &&
      (service.themes.length === 0 || service.themes.some(theme => themes.includes(theme))) &&
      (service.districts.length === 0 || home.kind !== 'own' || service.districts.includes(home.district)),
  )
}

/** The field that a ticked service has in the form. */
export function serviceField({ id }: Pick<Service, 'id'>): string {
  return `service-${id}`
}
