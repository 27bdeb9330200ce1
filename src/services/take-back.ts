import { canUndo, type KeptDecision } from '../review/decision.ts'
import { type Actor, auditEntryOf } from './actor.ts'
import type { Clock, FlagFile, Saved } from './ports.ts'
import type { ReviewWorkStore } from './review-work-port.ts'

interface TakeBackPorts {
  readonly work: ReviewWorkStore
  readonly clock: Clock
}

interface TakingBack {
  readonly actor: Actor
  readonly file: FlagFile
  readonly version: number
}

/** The decision that stands, or null where none was made or the last was taken back. */
export function standingDecision({ decisions }: Pick<FlagFile, 'decisions'>): KeptDecision | null {
  const last = decisions.at(-1)
  return last === undefined || last.takenBack !== null ? null : last
}

/**
 * Takes back the decision that the nurse has just made: within ten minutes, without a reason. A referral that was
 * authorised with it is not recalled. `refused` where the time is over.
 */
export async function undoDecision(
  { work, clock }: TakeBackPorts,
  { actor, file, version }: TakingBack,
): Promise<Saved> {
  const decision = standingDecision(file)
  const audit = auditEntryOf(clock, { actor, did: 'undid decision', what: file.flag.id })
  if (decision === null || !canUndo(decision, { who: actor.username, now: audit.at })) return 'refused'
  return work.takeBack({ flagId: file.flag.id, version, at: audit.at, audit, decisionId: decision.id })
}

/** Takes back anybody's decision, at any time, with a reason that stays beside it. */
export async function changeDecision(
  { work, clock }: TakeBackPorts,
  { actor, file, version, why }: TakingBack & { why: string },
): Promise<Saved> {
  const decision = standingDecision(file)
  if (decision === null) return 'refused'
  const audit = auditEntryOf(clock, { actor, did: 'changed outcome', what: file.flag.id, why })
  return work.takeBack({ flagId: file.flag.id, version, at: audit.at, audit, decisionId: decision.id })
}
