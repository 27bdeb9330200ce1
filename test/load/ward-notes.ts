import { type Chance, makeChance, randomOf } from '../../src/processes/demo/chance.ts'
import {
  castPerson,
  concernStories,
  decoyStories,
  ordinaryAdultStories,
  ordinaryChildStories,
} from '../../src/processes/demo/demo-cast.ts'
import { laterBy, makeMessage } from '../../src/processes/demo/make-message.ts'
import type { Story } from '../../src/processes/demo/stories/story.ts'

export interface WardNote {
  readonly attendanceId: string
  readonly body: string
}

type Kind = 'child' | 'adult' | 'concern' | 'decoy' | 'update' | 'repeat' | 'unreadable'

/**
 * Of a hundred notes. More is asked than a real day asks: there, three of four attendances are adults', which are
 * not scanned, and 8 of 500 are flagged.
 */
const mix: readonly (readonly [number, Kind])[] = [
  [66, 'child'],
  [20, 'adult'],
  [3, 'concern'],
  [3, 'decoy'],
  [5, 'update'],
  [2, 'repeat'],
  [1, 'unreadable'],
]

const stories: Readonly<Record<'child' | 'adult' | 'concern' | 'decoy', readonly Story[]>> = {
  child: ordinaryChildStories,
  adult: ordinaryAdultStories,
  concern: concernStories,
  decoy: decoyStories,
}

const day = '2026-11-20'
const arrivedAt = `${day}T09:00:00Z`
/** Invented people are that many; after them some come again. */
const people = 499_000
const letter = 'Dear Dr, your patient was seen as above, treated and sent home with advice. Thank you.'

/** Notes as a hospital's system sends them, a kilobyte each, typed as staff type. The same for equal seeds. */
export function* writeWardNotes(asked: { notes: number; seed: number }): Generator<WardNote> {
  const chance = makeChance(randomOf(asked.seed))
  const recent: ReturnType<typeof makeMessage>[] = []
  for (let serial = 0; serial < asked.notes; serial += 1) {
    const kind = chance.pickWeighted(mix)
    const before = recent.length === 0 ? null : chance.pick(recent)
    if (before !== null && kind === 'repeat') {
      yield noteOf(before)
    } else if (before !== null && kind === 'update') {
      const recordedAt = laterBy(before.recordedAt ?? arrivedAt, chance.between(5, 90))
      const notes = [...(before.notes ?? []), { section: 'gp-letter', text: `${letter} ${serial}` }]
      yield noteOf({ ...before, kind: 'update', recordedAt, notes })
    } else {
      const story = storyOf(kind, chance)
      const person = castPerson({ story, day, serial: serial % people, chance })
      const until = `${day}T23:00:00Z`
      const message = makeMessage({ story, person, arrivedAt, until, serial, isExact: false }, chance)
      const named = { ...message, attendanceId: `${asked.seed}-${message.attendanceId}` }
      const note = noteOf(named)
      if (recent.length < 500) recent.push(named)
      else recent[serial % 500] = named
      yield kind === 'unreadable' ? { ...note, body: note.body.slice(0, -chance.between(2, 200)) } : note
    }
  }
}

function storyOf(kind: Kind, chance: Chance): Story {
  const told = kind in stories ? stories[kind as keyof typeof stories] : stories.child
  return chance.pickWeighted(told.map(story => [story.weight, story] as const))
}

function noteOf(message: ReturnType<typeof makeMessage>): WardNote {
  return { attendanceId: message.attendanceId, body: JSON.stringify(message) }
}
