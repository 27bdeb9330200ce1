import { claimIdleMs } from '../review/decision.ts'
import { type Actor, auditEntryOf } from './actor.ts'
import type { Clock, ReviewStore, Saved } from './ports.ts'
import type { ReviewWorkStore } from './review-work-port.ts'

interface ClaimPorts {
  readonly review: ReviewStore
  readonly clock: Clock
}

/** The version is that of the flag as the nurse saw it. */
interface Claiming {
  readonly actor: Actor
  readonly flagId: string
  readonly version: number
}

/** Takes a flag for a nurse. From another nurse it is a take-over, recorded as one. */
export async function claimFlag(
  { review, clock }: ClaimPorts,
  { actor, flagId, version, from }: Claiming & { from: string | null },
): Promise<Saved> {
  const did = from === null || from === actor.username ? 'claimed flag' : 'took over flag'
  const audit = auditEntryOf(clock, { actor, did, what: flagId })
  return review.claim({ flagId, version, at: audit.at, audit })
}

/** Gives a flag back to the list it was taken from. */
export async function releaseFlag(
  { review, clock }: ClaimPorts,
  { actor, flagId, version }: Claiming,
): Promise<Saved> {
  const audit = auditEntryOf(clock, { actor, did: 'released flag', what: flagId })
  return review.release({ flagId, version, at: audit.at, audit })
}

/** Gives back all that a nurse has: she signs out. */
export async function releaseAll(
  { work, clock }: { work: ReviewWorkStore; clock: Clock },
  actor: Actor,
): Promise<number> {
  const { what: _, ...audit } = auditEntryOf(clock, { actor, did: 'released flag: signed out', what: '' })
  return work.releaseAll({ who: actor.username, audit })
}

/** Gives back every claim whose nurse has done nothing for 20 minutes. Nothing of it is decided by that. */
export async function lapseClaims({ work, clock }: { work: ReviewWorkStore; clock: Clock }): Promise<number> {
  const now = clock.now()
  const idleSince = now.subtract({ milliseconds: claimIdleMs }).toString()
  return work.lapse({ idleSince, at: now.toString() })
}

/** Puts a flag that was closed back to review. The reason stays in its history. */
export async function reopenFlag(
  { review, clock }: ClaimPorts,
  { actor, flagId, version, why }: Claiming & { why: string },
): Promise<Saved> {
  const audit = auditEntryOf(clock, { actor, did: 'reopened flag', what: flagId, why })
  return review.reopen({ flagId, version, at: audit.at, audit })
}
