import { addedMentions, type Flag, type HeldAttendance } from '../../review/flag.ts'
import { isRecordedBefore, type WithdrawnDocuments } from '../../review/join-parts.ts'
import { priorities } from '../../rules/rule.ts'
import type { Mention } from '../../scan/mention.ts'
import { type Folded, foldVersion, type HeldVersion, knownMentions, partOf } from './later-version.ts'

/** What stands after a message was read again, and the mentions that nobody had found before. */
export interface FoldedLate extends Folded {
  readonly added: readonly Mention[]
}

/** What is held of an attendance, and when the newest message behind it was received. */
export interface LateKnown {
  readonly held: HeldVersion
  readonly heldAt: string
  readonly withdrawn: WithdrawnDocuments
}

/**
 * Takes a message of the past into what is held of its attendance; null where it adds nothing. What earlier rules
 * found stays, although the rules of today may not find it: reading again adds, and never takes away.
 */
export function foldLate({
  known,
  flag,
  version,
  receivedAt,
  at,
}: {
  readonly known: LateKnown | null
  readonly flag: Flag | null
  readonly version: HeldAttendance
  /** Of the message. */
  readonly receivedAt: string
  /** Of the reading again: a flag is raised now, and waits from now. */
  readonly at: string
}): FoldedLate | null {
  const before = known?.held ?? null
  const mentions = before === null ? [] : knownMentions(before)
  const added = version.outcome === 'flagged' ? addedMentions(mentions, version.mentions) : []
  if (added.length === 0) {
    return known === null
      ? { held: { ...version, parts: [version], vanished: [] }, flag, did: null, added } // set aside, and listed as such
      : null
  }
  const part = partOf(before?.parts ?? [], version)
  const hasSameText = part !== undefined && textOf(part) === textOf(version)
  const folded = foldVersion({
    before,
    flag,
    version: hasSameText ? bothReadings(part, version) : version,
    withdrawn: known?.withdrawn ?? new Map(),
    receivedAt: at,
    isOlder:
      known !== null &&
      part !== undefined &&
      !hasSameText &&
      isOlder({ version, receivedAt }, { part, heldAt: known.heldAt }),
  })
  return { ...folded, added }
}

/** Where the source does not say when it recorded them, the one received first is the older. */
function isOlder(
  { version, receivedAt }: { version: HeldAttendance; receivedAt: string },
  { part, heldAt }: { readonly part: HeldAttendance; readonly heldAt: string },
): boolean {
  return version.attendance.recordedAt === null || part.attendance.recordedAt === null
    ? Temporal.Instant.compare(receivedAt, heldAt) < 0
    : isRecordedBefore(version, part)
}

/** One text under two rulesets: each mention of either, in the standing that counts more. */
function bothReadings(before: HeldAttendance, version: HeldAttendance): HeldAttendance {
  const readings = new Map(version.mentions.map(mention => [placeOf(mention), mention]))
  for (const mention of before.mentions) {
    const now = readings.get(placeOf(mention))
    if (now === undefined || weightOf(mention) > weightOf(now)) readings.set(placeOf(mention), mention)
  }
  const reasons = before.outcome === 'flagged' ? before.because : []
  return {
    ...version,
    attendance: before.attendance,
    mentions: [...readings.values()],
    priority: priorities.find(each => each === before.priority || each === version.priority) ?? null,
    because: [...new Set([...version.because, ...reasons])],
  }
}

function placeOf({ rule, section, start, end, text }: Mention): string {
  return JSON.stringify([rule, section, start, end, section === null ? text : ''])
}

const weights = { counted: 2, lowered: 1, 'set-aside': 0 } as const

function weightOf({ standing, trial }: Mention): number {
  return trial ? -1 : weights[standing]
}

function textOf({ attendance: { notes, codes } }: HeldAttendance): string {
  return JSON.stringify([notes.map(({ section, words }) => [section, words]), codes])
}
