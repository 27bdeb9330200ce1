import { londonDayOf } from '../../attendance/instant.ts'
import { makeChance } from './chance.ts'
import {
  castPerson,
  concernStories,
  decoyStories,
  liveSerialMin,
  ordinaryAdultStories,
  ordinaryChildStories,
  type Part,
} from './demo-cast.ts'
import type { DemoMessage } from './demo-day.ts'
import { laterBy, makeMessage } from './make-message.ts'
import type { Story } from './stories/story.ts'

/** One person every four seconds, all of them others for two weeks. */
const secondsApart = 4
const liveSerials = 330_000

/** Of a hundred that come live: more of what there is to see than a real day has, so that a viewer sees some. */
const mix: readonly (readonly [number, Part['kind'], readonly Story[]])[] = [
  [68, 'ordinary', ordinaryAdultStories],
  [22, 'ordinary', ordinaryChildStories],
  [6, 'decoy', decoyStories],
  [4, 'concern', concernStories],
]

/** One more attendance, seen just now; two asked for within four seconds may be one person. `random` gives numbers from 0, below 1. */
export function nextDemoAttendance({
  now,
  random,
}: {
  /** ISO instant. */
  readonly now: string
  readonly random: () => number
}): DemoMessage {
  const chance = makeChance(random)
  const [kind, stories] = chance.pickWeighted(mix.map(([weight, ...rest]) => [weight, rest] as const))
  const story = chance.pickWeighted(stories.map(each => [each.weight, each] as const))
  const arrivedAt = laterBy(now, -chance.between(20, 260))
  const second = Math.floor(Date.parse(now) / 1000)
  const serial = liveSerialMin + (Math.floor(second / secondsApart) % liveSerials)
  const person = castPerson({ story, day: londonDayOf(arrivedAt), serial, chance })
  const message = makeMessage(
    { story, person, arrivedAt, until: now, serial: second, isExact: kind !== 'ordinary' },
    chance,
  )
  return { sentAt: now, bytes: new TextEncoder().encode(JSON.stringify(message)), shows: kind }
}
