import type { Attendance } from '../attendance/attendance.ts'
import { Note } from '../attendance/note.ts'
import { priorities } from '../rules/rule.ts'
import type { Mention } from '../scan/mention.ts'
import type { HeldAttendance } from './flag.ts'

/** The documents that were cancelled at the source, each with the latest instant of it. */
export type WithdrawnDocuments = ReadonlyMap<string, string>

/**
 * What a nurse reads of a record that came in parts: its newest whole version, then each document that came by itself,
 * in the order in which they were written. A document that another one replaces is left out; one that was cancelled
 * says so in its heading. The parts are the same in whatever order they came.
 */
export function joinParts(parts: readonly HeldAttendance[], withdrawn: WithdrawnDocuments): HeldAttendance {
  const record = parts.find(part => part.attendance.document === null)
  const documents = parts.filter(part => part.attendance.document !== null).toSorted(byTime)
  const shown = documents.filter(part => !documents.some(other => replaces(other, part)))
  const base = record ?? shown.at(-1)
  if (base === undefined) throw new Error('a record without any part was joined')
  const all = [...(record === undefined ? [] : [record]), ...shown]
  if (all.length === 1 && base.attendance.document === null) return base
  const text = joinText(all, withdrawn)
  const attendances = all.map(part => part.attendance)
  return {
    attendance: {
      ...base.attendance,
      notes: text.notes,
      codes: onceEach(
        attendances.flatMap(each => each.codes),
        code => `${code.system} ${code.code}`,
      ),
      alerts: [...new Set(attendances.flatMap(each => each.alerts))],
      partsUnread: attendances.flatMap(each => each.partsUnread),
    },
    mentions: text.mentions,
    outcome: all.some(part => part.outcome === 'flagged') ? 'flagged' : 'clear',
    priority: priorities.find(each => all.some(part => part.priority === each)) ?? null,
    because: [...new Set(all.flatMap(part => part.because))],
    rulesetVersion: base.rulesetVersion,
  }
}

/** Notes after one another, and each mention at the note that it stands in now. */
function joinText(
  parts: readonly HeldAttendance[],
  withdrawn: WithdrawnDocuments,
): { readonly notes: readonly Note[]; readonly mentions: readonly Mention[] } {
  const notes: Note[] = []
  const mentions: Mention[] = []
  const places = new Map<string, number>()
  for (const part of parts) {
    // Several documents repeat the complaint or the diagnosis of their attendance: it is shown once.
    const moved = part.attendance.notes.map(each => {
      const note = isWithdrawn(part.attendance, withdrawn) ? takenBack(each) : each
      const known = places.get(textOf(note))
      if (known !== undefined) return known
      places.set(textOf(note), notes.length)
      return notes.push(note) - 1
    })
    for (const mention of part.mentions) {
      const section = mention.section === null ? null : (moved[mention.section] ?? null)
      mentions.push({ ...mention, section })
    }
  }
  return { notes, mentions: onceEach(mentions, placeOf) }
}

function takenBack({ section, words, writtenAt }: Note): Note {
  return new Note({ section: `${section} (withdrawn by the sender)`, words, writtenAt })
}

/** A document that was sent again after it was cancelled is there again. */
function isWithdrawn({ document, recordedAt }: Attendance, withdrawn: WithdrawnDocuments): boolean {
  const at = document === null ? undefined : withdrawn.get(document.id)
  return at !== undefined && (recordedAt === null || compareInstants(recordedAt, at) <= 0)
}

/** Never both of two that name each other: then the one with the higher id stays. */
function replaces(one: HeldAttendance, other: HeldAttendance): boolean {
  if (one.attendance.document?.replaces !== other.attendance.document?.id || isRecordedBefore(one, other))
    return false
  const isMutual = other.attendance.document?.replaces === one.attendance.document?.id
  return !isMutual || isRecordedBefore(other, one) || idOf(one) > idOf(other)
}

/** Where the source does not say when, neither is older. */
export function isRecordedBefore(one: HeldAttendance, other: HeldAttendance): boolean {
  const [mine, theirs] = [one.attendance.recordedAt, other.attendance.recordedAt]
  return mine !== null && theirs !== null && compareInstants(mine, theirs) < 0
}

function byTime(one: HeldAttendance, other: HeldAttendance): number {
  if (isRecordedBefore(one, other)) return -1
  if (isRecordedBefore(other, one)) return 1
  return idOf(one) < idOf(other) ? -1 : 1
}

function idOf({ attendance }: HeldAttendance): string {
  return attendance.document?.id ?? ''
}

function compareInstants(one: string, other: string): number {
  return Temporal.Instant.compare(one, other)
}

function textOf({ section, words }: Note): string {
  return JSON.stringify([section, words])
}

function placeOf({ rule, section, start, end, text }: Mention): string {
  return JSON.stringify([rule, section, start, end, text])
}

function onceEach<Each>(list: readonly Each[], keyOf: (each: Each) => string): readonly Each[] {
  return [...new Map(list.toReversed().map(each => [keyOf(each), each])).values()].toReversed()
}
