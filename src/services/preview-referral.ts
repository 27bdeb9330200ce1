import type { Partnership } from '../referral/partnership.ts'
import type { Referral } from '../referral/referral.ts'
import type { FieldProblem } from '../review/decision-form.ts'
import { type Actor, auditEntryOf } from './actor.ts'
import { composeFor, type FilledReferral } from './authorise-referral.ts'
import type { AuditStore } from './people.ts'
import type { Clock, FlagFile, ReviewStore } from './ports.ts'

export type Previewed =
  /** What would be sent, were it authorised at this moment. */
  | { readonly kind: 'ready'; readonly file: FlagFile; readonly referral: Referral }
  | { readonly kind: 'invalid'; readonly file: FlagFile; readonly problems: readonly FieldProblem[] }
  | { readonly kind: 'no-route'; readonly file: FlagFile; readonly because: string }
  | { readonly kind: 'not-found' }

/** What a referral would say to its receiver: a nurse reads it before she authorises it. Nothing is saved. */
export async function previewReferral(
  world: { review: ReviewStore; audit: AuditStore; clock: Clock; partnership: Partnership },
  { actor, flagId, ...filled }: FilledReferral & { actor: Actor; flagId: string },
): Promise<Previewed> {
  const entry = auditEntryOf(world.clock, { actor, did: 'previewed referral', what: flagId })
  await world.audit.append(entry)
  const file = await world.review.flagFile(flagId)
  if (file === null) return { kind: 'not-found' }
  const composed = composeFor(world, { file, actor, at: entry.at, ...filled })
  return composed.kind === 'composed'
    ? { kind: 'ready', file, referral: composed.referral }
    : { ...composed, file }
}
