import { likenesses } from '../../review/household.ts'
import type { Household, Suggested } from '../../services/suggest-household.ts'
import { count, dayAndTime } from './dates.ts'
import { stateWords } from './earlier.ts'
import { capital } from './mentions.ts'
import { type PersonWords, presentPerson } from './person.ts'
import { siteName } from './queue.ts'

export interface SuggestedWords {
  readonly person: PersonWords
  /** Not the age: that was on arrival, perhaps years ago. */
  readonly born: string
  /** Why it is suggested. */
  readonly why: string
  readonly attended: string
  readonly outcome: string
  /** The child's timeline; null where no attendance was flagged. */
  readonly href: string | null
}

export interface HouseholdWords {
  /** This child, perhaps, under other numbers. */
  readonly sameChild: readonly SuggestedWords[]
  readonly others: readonly SuggestedWords[]
  /** Why nobody is suggested; null where somebody is. */
  readonly nobody: string | null
  readonly hasMore: boolean
}

/** Suggestions, worded as such: nothing here joins two children. */
export function presentHousehold(
  household: Household,
  siteNames: Readonly<Record<string, string>>,
): HouseholdWords {
  if (household.kind === 'no-postcode') return { ...noWords, nobody: noPostcode }
  const { children, hasMore } = household
  const words = (list: readonly Suggested[]) => list.map(each => presentSuggested(each, siteNames))
  return {
    sameChild: words(children.filter(({ likeness }) => likeness === 'same-child')),
    others: words(children.filter(({ likeness }) => likeness !== 'same-child')),
    nobody: children.length === 0 ? nobodyFound : null,
    hasMore,
  }
}

const noWords = { sameChild: [], others: [], hasMore: false }
const noPostcode = 'No home postcode is recorded, so Wren cannot suggest who lives with this child.'
const nobodyFound =
  'No other child that Wren holds has this postcode with the same surname or address. Where no word was found, Wren keeps no address.'

function presentSuggested(
  { likeness, attendances }: Suggested,
  siteNames: Readonly<Record<string, string>>,
): SuggestedWords {
  const [latest] = attendances
  const flag = attendances.map(each => each.flag).find(each => each !== null) ?? null
  const at = latest.arrivedAt === null ? 'Arrival not recorded' : dayAndTime(latest.arrivedAt)
  const person = presentPerson(latest)
  return {
    person,
    born: capital(person.born),
    why: likenesses[likeness],
    attended: `${at}, ${siteName(latest.site, siteNames)}`,
    outcome: `${latest.flag === null ? 'Set aside' : `Flagged: ${stateWords[latest.flag.state]}`}${moreWords(attendances.length)}`,
    href: flag === null ? null : `/flags/${flag.id}/child`,
  }
}

function moreWords(attendances: number): string {
  return attendances === 1 ? '' : `, the latest of ${count(attendances, 'attendance')}`
}
