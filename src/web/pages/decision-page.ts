import { londonDayOf } from '../../attendance/instant.ts'
import { noActionKinds, outcomes } from '../../review/decision.ts'
import { type CheckedDecision, checkDecision } from '../../review/decision-form.ts'
import { readyPhrases } from '../../review/ready-phrases.ts'
import { claimFlag } from '../../services/claim-flag.ts'
import { decideFlag } from '../../services/decide-flag.ts'
import { openFlag } from '../../services/open-flag.ts'
import type { FlagFile } from '../../services/ports.ts'
import { recordActions } from '../../services/record-actions.ts'
import { nearDay } from '../presenters/dates.ts'
import type { Answer, Visit } from '../visit.ts'
import { conflictWords } from './conflict.ts'
import { flagView } from './flag-page.ts'
import { goOn } from './go-on.ts'
import { readReview, type TypedReview } from './read-review-form.ts'
import { referralForm } from './referral-page.ts'

/** Saves one of the five outcomes. "Refer now" is not saved here: it leads to the referral first. */
export async function decide(visit: Visit): Promise<Answer> {
  const { actor, params, form, wren } = visit
  const flagId = params.text('id')
  const typed = readReview(form)
  if (form.text('phrase') !== '') return withPhrase(visit, typed)
  if (typed.form.outcome === 'refer') return refer(visit, typed)

  const version = await versionToSave(visit, typed)
  const decided = await decideFlag(
    { ...wren.ports, newId: wren.newId },
    {
      ...{ actor, flagId, version, form: typed.form, referral: null },
      ...{ checklist: typed.checklist, override: typed.override },
    },
  )
  if (decided.kind === 'saved') {
    wren.hooks.onDecision(decided.decision.outcome)
    await wren.ports.drafts.discard({ flagId, username: actor.username })
    const { outcome } = decided.decision
    return goOn(visit, {
      flagId,
      saved: savedWords(decided.decision),
      list: lists[outcomes[outcome].move],
      isNext: form.text('goTo') === 'next',
    })
  }
  const file = await openFlag(wren.ports, { actor, flagId })
  if (file === null) return { kind: 'not-found' }
  if (decided.kind === 'invalid') return flagView(visit, { file, ...typed, problems: decided.problems })
  return flagView(visit, { file, ...typed, conflict: await conflictWords(visit, file) })
}

/** On which list a flag stands after each move. */
const lists = { close: 'Done', openActions: 'Actions open', defer: 'Deferred' } as const

/** What was answered on the checklist is kept first; then the referral is written. */
async function refer(visit: Visit, typed: TypedReview): Promise<Answer> {
  const { actor, params, form, wren } = visit
  const file = await openFlag(wren.ports, { actor, flagId: params.text('id') })
  if (file === null) return { kind: 'not-found' }
  const { checklist } = typed
  const version = form.number('version', 0)
  const isMine = file.flag.state === 'in-review' && file.flag.claimedBy === actor.username
  if (isMine) {
    const recorded = await recordActions(wren.ports, { actor, file, version, checklist })
    if (recorded.kind === 'invalid') return flagView(visit, { file, ...typed, problems: recorded.problems })
    if (recorded.kind !== 'saved')
      return flagView(visit, { file, ...typed, conflict: await conflictWords(visit, file) })
  }
  return referralForm(visit, { concerns: typed.form.reason })
}

/** Without scripts a ready phrase is put into the reason here; nothing is saved. */
async function withPhrase(visit: Visit, typed: TypedReview): Promise<Answer> {
  const { actor, params, form, wren } = visit
  const file = await openFlag(wren.ports, { actor, flagId: params.text('id') })
  if (file === null) return { kind: 'not-found' }
  const phrase = readyPhrases[form.number('phrase', 0)] ?? ''
  const reason = [typed.form.reason.trimEnd(), phrase].filter(part => part !== '').join('\n')
  return flagView(visit, { file, ...typed, form: { ...typed.form, reason } })
}

/**
 * The version to save over. After a conflict the nurse may take the flag and save hers: the claim is recorded
 * first, and only a form without faults claims anything.
 */
async function versionToSave({ actor, params, form, wren }: Visit, typed: TypedReview): Promise<number> {
  const version = form.number('version', 0)
  if (form.text('takeOver') !== 'yes') return version
  const file = await openFlag(wren.ports, { actor, flagId: params.text('id') })
  if (file === null || !isDecision(typed, file, londonDayOf(wren.ports.clock.now()))) return version
  const claiming = { actor, flagId: file.flag.id, version, from: form.text('from') }
  const saved = await claimFlag(wren.ports, claiming)
  return saved === 'saved' ? version + 1 : version
}

function isDecision({ form }: TypedReview, { mentions }: FlagFile, today: string): boolean {
  return 'outcome' in checkDecision(form, { today, matches: mentions })
}

function savedWords({
  outcome,
  noAction,
  deferUntil,
}: Omit<CheckedDecision, 'reason' | 'wrongMatch'>): string {
  const { label } = outcomes[outcome]
  if (noAction !== null) return `${label}. ${noActionKinds[noAction]}`
  return deferUntil === null ? label : `${label} until ${nearDay(deferUntil)}`
}
