import { addedMentions, type Flag, type HeldAttendance } from '../../review/flag.ts'
import { flagIdOf } from '../../review/flag-id.ts'
import { afterMove } from '../../review/review-state.ts'
import { type Priority, priorities } from '../../rules/rule.ts'
import type { Mention } from '../../scan/mention.ts'

/** The newest version of an attendance, with the mentions that only other versions had. */
export interface HeldVersion extends HeldAttendance {
  readonly vanished: readonly Mention[]
}

/** What stands after a version came: both as they were where it changed nothing. */
export interface Folded {
  readonly held: HeldVersion
  readonly flag: Flag | null
  /** For the audit trail; null where no person needs to know. */
  readonly did: 'raised flag' | 'reopened flag: a mention was added' | 'updated flag: text changed' | null
}

/**
 * Takes one version of an attendance into what is held of it. In whatever order versions come, the newest text is
 * shown, and a mention in any of them raises the flag: an older one that comes late adds, and never overwrites.
 */
export function foldVersion({
  before,
  flag,
  version,
  receivedAt,
  isOlder = before !== null && isRecordedBefore(version, before),
}: {
  before: HeldVersion | null
  flag: Flag | null
  version: HeldAttendance
  receivedAt: string
  /** Only whoever reads history again knows better than the source's own times. */
  isOlder?: boolean
}): Folded {
  const known = before === null ? [] : [...before.mentions, ...before.vanished]
  const added = version.outcome === 'flagged' ? addedMentions(known, version.mentions) : []
  const held: HeldVersion =
    before !== null && isOlder
      ? { ...before, vanished: [...before.vanished, ...added] }
      : { ...version, vanished: addedMentions(version.mentions, known) }
  const seen = { held, version, receivedAt }
  if (flag === null)
    return version.outcome === 'flagged'
      ? { held, flag: raise(seen), did: 'raised flag' }
      : { held, flag, did: null }
  const changed = update({ ...seen, flag, hasMore: added.length > 0 })
  const isSame = before !== null && sameText(before, held) && sameFlag(flag, changed)
  if (isSame) return { held, flag, did: null }
  const isReturned = flag.state !== changed.state
  return {
    held,
    flag: changed,
    did: isReturned ? 'reopened flag: a mention was added' : 'updated flag: text changed',
  }
}

interface Seen {
  readonly held: HeldVersion
  readonly version: HeldAttendance
  readonly receivedAt: string
}

function raise({ held, version, receivedAt }: Seen): Flag {
  const { trust, attendanceId } = version.attendance
  return {
    id: flagIdOf({ trust, attendanceId }),
    trust,
    attendanceId,
    priority: priorityOf(version),
    because: because(version.because, held),
    repeated: null,
    state: 'to-review',
    claimedBy: null,
    claimedAt: null,
    deferredUntil: null,
    raisedAt: receivedAt,
    updatedAt: receivedAt,
    reopened: false,
    version: 1,
  }
}

function update({ flag, held, version, hasMore, receivedAt }: Seen & { flag: Flag; hasMore: boolean }): Flag {
  const moved = hasMore ? afterMove(flag.state, 'newMention') : null
  const shown = held.outcome === 'flagged' ? held.because : flag.because
  const raised = version.outcome === 'flagged' ? higher(flag.priority, priorityOf(version)) : flag.priority
  return {
    ...flag,
    priority: raised,
    because: because(shown, held),
    ...(moved === null ? {} : { state: moved, claimedBy: null, claimedAt: null, deferredUntil: null }),
    // A nurse who is still reading it has decided nothing yet.
    reopened: flag.reopened || (moved !== null && flag.state !== 'in-review'),
    updatedAt: receivedAt,
    version: flag.version + 1,
  }
}

export function isRecordedBefore(version: HeldAttendance, before: HeldAttendance): boolean {
  const mine = version.attendance.recordedAt
  const theirs = before.attendance.recordedAt
  // Where the source does not say when, the one that came last is taken for the newest.
  return mine !== null && theirs !== null && Temporal.Instant.compare(mine, theirs) < 0
}

function because(reasons: readonly string[], { vanished }: HeldVersion): readonly string[] {
  const notes = vanished.map(
    mention => `${mention.ruleName}: in another version of the record, not in this text`,
  )
  return [...new Set([...reasons, ...notes])]
}

function priorityOf({ priority, attendance }: HeldAttendance): Priority {
  if (priority === null)
    throw new Error(`attendance ${attendance.attendanceId} is flagged without a priority`)
  return priority
}

function higher(one: Priority, other: Priority): Priority {
  return priorities.indexOf(one) <= priorities.indexOf(other) ? one : other
}

function sameText(one: HeldVersion, other: HeldVersion): boolean {
  return textOf(one) === textOf(other)
}

function textOf({ attendance, mentions }: HeldVersion): string {
  const { notes, codes, alerts, recordedAt: _, patient, ...rest } = attendance
  const words = notes.map(note => [note.section, note.words])
  return JSON.stringify([words, codes, alerts, patient, rest, mentions])
}

function sameFlag(one: Flag, other: Flag): boolean {
  const shown = ({ state, priority, because }: Flag): string => JSON.stringify([state, priority, because])
  return shown(one) === shown(other)
}
