import type { Gap, GapKind } from '../../review/sign-off.ts'
import { count, figure } from './dates.ts'

/** In a column of its own, short. */
export function openWords({ kind, number }: Gap): string {
  switch (kind) {
    case 'nothing-received':
      return 'Nothing received'
    case 'unaccounted':
      return `${figure(number)} unaccounted`
    case 'offsets-missing':
      return `${figure(number)} missing`
    case 'never-received':
      return `${figure(number)} never received`
    case 'silent':
      return `${figure(number)} silent`
    case 'feed-late':
      return `${figure(number)} late`
    case 'unreadable':
      return `${figure(number)} unreadable`
    case 'unreviewed':
      return `${figure(number)} to review`
    case 'sample-unread':
      return `${figure(number)} to read`
    default:
      throw new Error(`no words for gap ${kind satisfies never}`)
  }
}

/** In a sentence: what is open, and what that may mean. */
export function presentGap({ kind, number }: Gap): string {
  switch (kind) {
    case 'nothing-received':
      return 'No message was received on this day. The feed may have been silent.'
    case 'unaccounted':
      return `${count(number, 'message')} without an outcome. A child may be among them.`
    case 'offsets-missing':
      return `${count(number, 'number')} in the stream without a message, and nobody has said why. A child may be among them.`
    case 'never-received':
      return `${count(number, 'attendance')} on the hospital’s own list that never came to Wren.`
    case 'silent':
      return `${count(number, 'time')} in which a feed was silent for longer than usual.`
    case 'feed-late':
      return `${count(number, 'feed')} from which something should have come by now. What is held back may be of this day.`
    case 'unreadable':
      return `${count(number, 'message')} that could not be read and that nobody has dealt with. A child may be among them.`
    case 'unreviewed':
      return `${count(number, 'flagged attendance')} that nobody has reviewed.`
    case 'sample-unread':
      return `${count(number, 'attendance')} of the random sample of what was set aside, not read again.`
    default:
      throw new Error(`no words for gap ${kind satisfies never}`)
  }
}

/** The link beside a gap: what a person does about it. No two gaps of a day have the same words. */
export function nextStep(kind: GapKind): string {
  switch (kind) {
    case 'nothing-received':
      return 'Find out whether anybody attended'
    case 'unaccounted':
      return 'See which source lacks an outcome'
    case 'offsets-missing':
      return 'Say what became of the missing numbers'
    case 'never-received':
      return 'See who is on the hospital’s list only'
    case 'silent':
      return 'See when the feed was silent'
    case 'feed-late':
      return 'See which feed is late'
    case 'unreadable':
      return 'Deal with what could not be read'
    case 'unreviewed':
      return 'Go to the review queue'
    case 'sample-unread':
      return 'Read the sample again'
    default:
      throw new Error(`no step for gap ${kind satisfies never}`)
  }
}

/** Where a gap is put right. */
export function hrefOfGap(kind: GapKind, day: string): string {
  switch (kind) {
    case 'unreviewed':
      return '/'
    case 'sample-unread':
      return `/set-aside/readings/${day}`
    case 'unreadable':
      return `/accounting?day=${day}#unreadable`
    case 'offsets-missing':
      return `/accounting?day=${day}#gaps`
    case 'silent':
      return `/accounting?day=${day}#silent`
    case 'feed-late':
      return '/accounting#late'
    case 'nothing-received':
    case 'never-received':
      return `/accounting/${day}/census`
    case 'unaccounted':
      return `/accounting?day=${day}#by-source`
    default:
      throw new Error(`nowhere to put right ${kind satisfies never}`)
  }
}
