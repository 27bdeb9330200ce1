import { londonDayOf } from '../attendance/instant.ts'
import { changedLines, checkLines, isLines, type TypedChecklist } from '../review/checklist.ts'
import type { FieldProblem } from '../review/decision-form.ts'
import { type Actor, auditEntryOf } from './actor.ts'
import type { Clock, FlagFile, Saved } from './ports.ts'
import type { ReviewWorkStore } from './review-work-port.ts'

export type Recorded =
  | { readonly kind: Saved; readonly saved: number }
  | { readonly kind: 'invalid'; readonly problems: readonly FieldProblem[] }

/** Keeps what is done and what is to be done for a child. It decides nothing: the flag stays where it is. */
export async function recordActions(
  { work, clock }: { work: ReviewWorkStore; clock: Clock },
  recording: { actor: Actor; file: FlagFile; version: number; checklist: TypedChecklist },
): Promise<Recorded> {
  const { actor, file, version, checklist } = recording
  const audit = auditEntryOf(clock, { actor, did: 'recorded actions', what: file.flag.id })
  const checked = checkLines(checklist, londonDayOf(clock.now()))
  if (!isLines(checked)) return { kind: 'invalid', problems: checked }
  const lines = changedLines(file.checklist, checked)
  if (lines.length === 0) return { kind: 'saved', saved: 0 }
  const kind = await work.recordActions({ flagId: file.flag.id, version, at: audit.at, audit, lines })
  return { kind, saved: lines.length }
}
