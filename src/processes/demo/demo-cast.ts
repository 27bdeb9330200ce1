import { type Chance, makeChance, randomOf } from './chance.ts'
import { makePerson, type Person } from './people.ts'
import { adultIllnesses } from './stories/adult-illnesses.ts'
import { adultInjuries } from './stories/adult-injuries.ts'
import { childIllnesses } from './stories/child-illnesses.ts'
import { childInjuries } from './stories/child-injuries.ts'
import { decoys } from './stories/decoys.ts'
import { exploitationConcerns, selfHarmConcerns } from './stories/exploitation-concerns.ts'
import type { Story } from './stories/story.ts'
import { weaponConcerns } from './stories/weapon-concerns.ts'

/** Who comes on the demo's day, and why: the same for equal days and seeds. */
export interface Part {
  readonly kind: 'ordinary' | 'concern' | 'decoy'
  readonly person: Person
  readonly story: Story
}

/** 166,904 attendances in 2021/22 are 457 a day; updates and duplicates come on top. */
const ordinaryAdults = 372
const ordinaryChildren = 88

const peopleADay = 500
const daysApart = 300
export const liveSerialMin = peopleADay * daysApart

export const ordinaryChildStories: readonly Story[] = [...childInjuries, ...childIllnesses]
export const ordinaryAdultStories: readonly Story[] = [...adultIllnesses, ...adultInjuries]
export const concernStories: readonly Story[] = [
  ...weaponConcerns,
  ...exploitationConcerns,
  ...selfHarmConcerns,
]
export const decoyStories: readonly Story[] = decoys

export function castDay({ day, seed }: { readonly day: string; readonly seed: number }): readonly Part[] {
  const chance = makeChance(randomOf(seed))
  let serial = firstSerialOf(day)
  const part = (kind: Part['kind'], story: Story): Part => ({
    kind,
    story,
    person: castPerson({ story, day, serial: serial++, chance }),
  })
  const several = (count: number, kind: Part['kind'], stories: readonly Story[]): Part[] =>
    Array.from({ length: count }, () =>
      part(kind, chance.pickWeighted(stories.map(story => [story.weight, story] as const))),
    )
  return [
    ...inOneHouse(concernStories.map(story => part('concern', story))),
    ...decoyStories.map(story => part('decoy', story)),
    ...several(ordinaryChildren, 'ordinary', ordinaryChildStories),
    ...several(ordinaryAdults, 'ordinary', ordinaryAdultStories),
  ]
}

/**
 * The boy who carries a knife has a younger brother, whom a friend of his brother shot at: the page of each suggests the
 * other. By their places among the concerns.
 */
const brothers = { elder: 1, younger: 5 }

function inOneHouse(parts: readonly Part[]): readonly Part[] {
  const elder = parts[brothers.elder]
  if (elder === undefined) return parts
  const { family, address, postcode, gpPractice } = elder.person
  return parts.map((part, place) =>
    place === brothers.younger
      ? { ...part, person: { ...part.person, family, address, postcode, gpPractice } }
      : part,
  )
}

/** No two days have a person in common, for most of a year; the people who come live have the serials above. */
function firstSerialOf(day: string): number {
  const days = Temporal.PlainDate.from('2020-01-01').until(day, { largestUnit: 'days' }).days
  return (days % daysApart) * peopleADay
}

/** Somebody whom the story fits. */
export function castPerson(wanted: {
  readonly story: Story
  readonly day: string
  readonly serial: number
  readonly chance: Chance
}): Person {
  const { story, day, serial, chance } = wanted
  const [from, to] = story.ages
  const sex = story.sex ?? chance.pick(['female', 'male'])
  const person = makePerson({ age: chance.between(from, to), sex, day, serial, chance })
  return story.isUnknown === true ? withoutPapers(person) : person
}

/** Known only by sight. */
function withoutPapers(person: Person): Person {
  return {
    ...person,
    nhsNumber: null,
    family: 'Unknown',
    given: 'Unknown',
    birthDate: null,
    postcode: null,
    address: null,
    gpPractice: null,
    school: null,
  }
}
