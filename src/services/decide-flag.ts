import { londonDayOf } from '../attendance/instant.ts'
import type { Partnership } from '../referral/partnership.ts'
import type { Referral } from '../referral/referral.ts'
import { changedLines, type TypedChecklist } from '../review/checklist.ts'
import type { Decision } from '../review/decision.ts'
import { checkDecision, type DecisionForm, type FieldProblem } from '../review/decision-form.ts'
import { type Actor, auditEntryOf } from './actor.ts'
import { composeFor, type FilledReferral } from './authorise-referral.ts'
import { incompleteProblems, readActions } from './check-actions.ts'
import type { Clock, ReviewStore } from './ports.ts'

export type Decided =
  | { readonly kind: 'saved'; readonly decision: Decision; readonly referral: Referral | null }
  /** Somebody changed the flag first: show both, keep what was typed. */
  | { readonly kind: 'stale' }
  /** The flag's state does not allow it, such as a decision on a flag that was closed meanwhile. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'invalid'; readonly problems: readonly FieldProblem[] }

export interface Deciding {
  readonly actor: Actor
  readonly flagId: string
  readonly version: number
  readonly form: DecisionForm
  /** Given with the outcome `refer` and no other: a named nurse authorises it by deciding. */
  readonly referral: FilledReferral | null
  /** What was typed into the checklist; left out where the form had none. */
  readonly checklist?: TypedChecklist
  /** A lead's reason to close against the guard of child protection. */
  readonly override?: string
}

/**
 * Saves a nurse's decision. Its state, its checklist, its referral with the outbox row, and its audit entry are saved
 * together or not at all: the store's `decide` is one transaction, and this is the only caller.
 */
export async function decideFlag(
  world: { review: ReviewStore; clock: Clock; newId: () => string; partnership: Partnership },
  deciding: Deciding,
): Promise<Decided> {
  const { actor, flagId, version, form, referral: filled } = deciding
  const { review, clock, newId } = world
  const today = londonDayOf(clock.now())
  const file = await review.flagFile(flagId)
  if (file === null) return { kind: 'not-found' }
  const checked = checkDecision(form, { today, matches: file.mentions })
  const actions = readActions(deciding.checklist, today)
  const problems = [
    ...('outcome' in checked ? [] : checked),
    ...(actions.kind === 'invalid' ? actions.problems : []),
  ]
  if (!('outcome' in checked) || actions.kind === 'invalid') return { kind: 'invalid', problems }
  if ((checked.outcome === 'refer') !== (filled !== null))
    throw new Error(`outcome ${checked.outcome} and its referral disagree`)
  if (file.flag.version !== version) return { kind: 'stale' }
  const override = (deciding.override ?? '').trim()
  const open =
    checked.outcome === 'actions-complete' ? incompleteProblems(file, { ...actions, actor, override }) : []
  if (open.length > 0) return { kind: 'invalid', problems: open }
  const audit = auditEntryOf(clock, {
    actor,
    did: `decided: ${checked.outcome}`,
    what: flagId,
    why: override === '' ? checked.reason : `${checked.reason}\nClosed without social care: ${override}`,
  })
  const composed = filled === null ? null : composeFor(world, { file, actor, at: audit.at, ...filled })
  if (composed?.kind === 'invalid') return composed
  if (composed?.kind === 'no-route') {
    return { kind: 'invalid', problems: [{ field: 'outcome', message: composed.because }] }
  }
  const decision: Decision = {
    id: newId(),
    flagId,
    ...checked,
    decidedBy: actor.username,
    decidedAt: audit.at,
  }
  const referral = composed === null ? null : composed.referral
  const lines = changedLines(file.checklist, actions.lines)
  const saved = await review.decide({ decision, version, referral, lines, audit })
  return saved === 'saved' ? { kind: 'saved', decision, referral } : { kind: saved }
}
