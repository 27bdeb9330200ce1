import { londonDayOf } from '../attendance/instant.ts'
import { checkReferralForm } from '../referral/check-form.ts'
import { composeReferral } from '../referral/compose-referral.ts'
import type { Referral, ReferralForm } from '../referral/referral.ts'
import { routeReferral } from '../referral/routing.ts'
import { changedLines, type TypedChecklist } from '../review/checklist.ts'
import type { Decision } from '../review/decision.ts'
import { checkDecision, type DecisionForm, type FieldProblem } from '../review/decision-form.ts'
import { type Actor, auditEntryOf } from './actor.ts'
import { incompleteProblems, readActions } from './check-actions.ts'
import type { Clock, FlagFile, ReviewStore } from './ports.ts'

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
  readonly referral: ReferralForm | null
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
  { review, clock, newId }: { review: ReviewStore; clock: Clock; newId: () => string },
  deciding: Deciding,
): Promise<Decided> {
  const { actor, flagId, version, form, referral: referralForm } = deciding
  const now = clock.now()
  const file = await review.flagFile(flagId)
  if (file === null) return { kind: 'not-found' }
  const checked = checkDecision(form, { today: londonDayOf(now), matches: file.mentions })
  const actions = readActions(deciding.checklist, londonDayOf(now))
  const problems = [
    ...('outcome' in checked ? [] : checked),
    ...(actions.kind === 'invalid' ? actions.problems : []),
    ...(referralForm === null ? [] : checkReferralForm(referralForm)),
  ]
  if (!('outcome' in checked) || actions.kind === 'invalid' || problems.length > 0)
    return { kind: 'invalid', problems }
  const isReferral = checked.outcome === 'refer'
  if (isReferral !== (referralForm !== null))
    throw new Error(`outcome ${checked.outcome} and its referral disagree`)
  const route = routeReferral(file.attendance)
  if (isReferral && route.kind === 'not-get-safe') {
    return { kind: 'invalid', problems: [{ field: 'outcome', message: route.because }] }
  }
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
  const decision: Decision = {
    id: newId(),
    flagId,
    ...checked,
    decidedBy: actor.username,
    decidedAt: audit.at,
  }
  const referral = referralForm === null ? null : authorise({ file, form: referralForm, actor, at: audit.at })
  const saved = await review.decide({
    ...{ decision, version, referral, audit },
    lines: changedLines(file.checklist, actions.lines),
  })
  return saved === 'saved' ? { kind: 'saved', decision, referral } : { kind: saved }
}

function authorise(authorising: { file: FlagFile; form: ReferralForm; actor: Actor; at: string }): Referral {
  const { file, form, actor, at } = authorising
  return composeReferral({
    form,
    flag: file.flag,
    attendance: file.attendance,
    mentions: file.mentions,
    revision: file.referrals.length + 1,
    authorisedBy: { username: actor.username, name: actor.name },
    authorisedAt: at,
  })
}
