import { addedMentions, type Flag, type HeldAttendance } from '../../review/flag.ts'
import { flagIdOf } from '../../review/flag-id.ts'
import { isRecordedBefore, joinParts, type WithdrawnDocuments } from '../../review/join-parts.ts'
import { afterMove } from '../../review/review-state.ts'
import { type Priority, priorities } from '../../rules/rule.ts'
import type { Mention } from '../../scan/mention.ts'

/** What is shown of a record, the parts that it is made of, and the mentions that only other versions had. */
export interface HeldVersion extends HeldAttendance {
  /** The newest version of the whole record, where one came, and of each document that came by itself. */
  readonly parts: readonly HeldAttendance[]
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
 * Takes one version into what is held of its attendance. In whatever order versions come, the newest text of each part
 * is shown, and a mention in any of them raises the flag: an older one that comes late adds, and never overwrites. A
 * document takes the place of its own earlier version and of no other text.
 */
export function foldVersion({
  before,
  flag,
  version,
  withdrawn,
  receivedAt,
  isOlder,
}: {
  before: HeldVersion | null
  flag: Flag | null
  version: HeldAttendance
  withdrawn: WithdrawnDocuments
  receivedAt: string
  /** Only whoever reads history again knows better than the source's own times. */
  isOlder?: boolean | undefined
}): Folded {
  const known = before === null ? [] : knownMentions(before)
  const added = version.outcome === 'flagged' ? addedMentions(known, version.mentions) : []
  const held = holdParts({
    parts: withVersion(before?.parts ?? [], { version, isOlder }),
    known: [...known, ...version.mentions],
    withdrawn,
  })
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

/** What is shown of these parts, and which of the mentions known of them are not in it. */
export function holdParts({
  parts,
  known,
  withdrawn,
}: {
  parts: readonly HeldAttendance[]
  known: readonly Mention[]
  withdrawn: WithdrawnDocuments
}): HeldVersion {
  const shown = joinParts(parts, withdrawn)
  return { ...shown, parts, vanished: addedMentions(shown.mentions, known) }
}

export function knownMentions({ parts, vanished }: HeldVersion): readonly Mention[] {
  return [...parts.flatMap(part => part.mentions), ...vanished]
}

/** The parts with this version in the place of its own part, unless a newer one stands there. */
function withVersion(
  parts: readonly HeldAttendance[],
  { version, isOlder }: { readonly version: HeldAttendance; readonly isOlder: boolean | undefined },
): readonly HeldAttendance[] {
  const standing = partOf(parts, version)
  if (standing === undefined) return [...parts, version]
  return (isOlder ?? isRecordedBefore(version, standing))
    ? parts
    : parts.with(parts.indexOf(standing), version)
}

/** Where a version belongs: the version of the same document, or of the whole record. */
export function partOf(
  parts: readonly HeldAttendance[],
  { attendance }: HeldAttendance,
): HeldAttendance | undefined {
  const id = attendance.document?.id ?? null
  return parts.find(part => (part.attendance.document?.id ?? null) === id)
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
