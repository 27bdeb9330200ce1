import { londonDayOf } from '../attendance/instant.ts'
import { type Gap, gapsInList } from '../review/sign-off.ts'
import { type Actor, auditEntryOf } from './actor.ts'
import type { DaySheetRow, ExportKind, ExportRecord, ExportStore, MeetingRow } from './export-port.ts'
import type { AskedExport } from './export-purpose.ts'
import { readClosing, type SignOffPorts } from './sign-off-day.ts'

export interface ExportPorts extends SignOffPorts {
  readonly exports: ExportStore
}

/** A page made for paper can be opened again for as long as a session can last. */
const keptHours = 12

/** How many of a child's attendances the meeting is shown. */
const attendancesMax = 3

export interface Wanted {
  readonly id: string
  readonly kind: ExportKind
  readonly day: string
  readonly referralIds: readonly string[]
}

/** What is taken out of Wren. It is made only after its audit entries are kept. */
export type Exported =
  | { readonly kind: 'day-sheet'; readonly rows: readonly DaySheetRow[]; readonly about: About }
  | { readonly kind: 'meeting-pack'; readonly rows: readonly MeetingRow[]; readonly about: About }

export interface About {
  readonly record: ExportRecord
  /** Why the list may be incomplete, as far as is known now; empty where nothing speaks for it. */
  readonly missing: readonly Gap[]
  readonly now: string
}

/** Keeps that somebody asked for a list, and what for. Nothing is given yet. */
export async function askForExport(
  { exports, clock }: Pick<ExportPorts, 'exports' | 'clock'>,
  { actor, wanted, asked }: { actor: Actor; wanted: Wanted; asked: AskedExport },
): Promise<ExportRecord> {
  const { format, purpose } = asked
  const { id, kind, day, referralIds } = wanted
  const what = exportId(id)
  const audit = auditEntryOf(clock, {
    actor,
    did: `asked for ${names[kind]} of ${day}: ${format}`,
    what,
    why: purpose,
  })
  const record = { id, kind, format, day, referralIds, purpose, who: audit.who, at: audit.at }
  await exports.keep({ record, audits: [audit] })
  return record
}

/**
 * Gives what was asked for, as it stands now. The sheet of today has also what earlier days left open: whoever works from
 * paper must not miss a child who has waited longest. First one audit entry is kept for each child on the list, under the
 * child's flag, and one for the list: the history of a child tells who took it where.
 */
export async function giveExport(
  ports: ExportPorts,
  { actor, record, sampleSize }: { actor: Actor; record: ExportRecord; sampleSize: number },
): Promise<Exported> {
  const { exports, clock } = ports
  const { kind, day, format, purpose, referralIds } = record
  const carriedOver = day === londonDayOf(clock.now())
  const read =
    kind === 'day-sheet'
      ? { kind, rows: await exports.daySheet({ day, carriedOver }) }
      : { kind, rows: await exports.meetingRows({ referralIds, attendancesMax }) }
  const missing = await missingFrom(ports, { record, sampleSize })
  const flagIds =
    read.kind === 'day-sheet'
      ? read.rows.map(({ flag }) => flag.id)
      : read.rows.map(({ referral }) => referral.flagId)
  const audits = [exportId(record.id), ...new Set(flagIds)].map(what =>
    auditEntryOf(clock, { actor, did: `exported in ${names[kind]}: ${format}`, what, why: purpose }),
  )
  await exports.keep({ record, audits })
  const about = { record, missing, now: clock.now().toString() }
  return read.kind === 'day-sheet' ? { ...read, about } : { ...read, about }
}

/** A list for paper that this person asked for before; null where there is none, or no longer. */
export async function findExport(
  { exports, clock }: Pick<ExportPorts, 'exports' | 'clock'>,
  { actor, id }: { actor: Actor; id: string },
): Promise<ExportRecord | null> {
  const since = clock.now().subtract({ hours: keptHours }).toString()
  return exports.find({ id, who: actor.username, since })
}

/** A day sheet may lack what its day lacks; the papers of a meeting, what today lacks so far. */
async function missingFrom(
  ports: ExportPorts,
  { record, sampleSize }: { record: ExportRecord; sampleSize: number },
): Promise<readonly Gap[]> {
  const day = record.kind === 'day-sheet' ? record.day : londonDayOf(ports.clock.now())
  const { check } = await readClosing(ports, { day, sampleSize })
  return gapsInList(check)
}

function exportId(id: string): string {
  return `export ${id}`
}

const names: Readonly<Record<ExportKind, string>> = {
  'day-sheet': 'day sheet',
  'meeting-pack': 'meeting pack',
}
