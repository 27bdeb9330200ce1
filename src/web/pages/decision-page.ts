import { londonDayOf } from '../../attendance/instant.ts'
import { noActionKinds, outcomes } from '../../review/decision.ts'
import { type CheckedDecision, checkDecision, type DecisionForm } from '../../review/decision-form.ts'
import { claimFlag } from '../../services/claim-flag.ts'
import { decideFlag } from '../../services/decide-flag.ts'
import { openFlag } from '../../services/open-flag.ts'
import type { Fields } from '../fields.ts'
import { nearDay } from '../presenters/dates.ts'
import type { Answer, Visit } from '../visit.ts'
import { conflictWords } from './conflict.ts'
import { flagView } from './flag-page.ts'
import { goOn } from './go-on.ts'
import { referralForm } from './referral-page.ts'

/** Saves one of the five outcomes. "Refer now" is not saved here: it leads to the referral first. */
export async function decide(visit: Visit): Promise<Answer> {
  const { actor, params, form, wren } = visit
  const flagId = params.text('id')
  const typed = readDecision(form)
  if (typed.outcome === 'refer') return referralForm(visit, { concerns: typed.reason })

  const version = await versionToSave(visit)
  const decided = await decideFlag(
    { ...wren.ports, newId: wren.newId },
    { actor, flagId, version, form: typed, referral: null },
  )
  if (decided.kind === 'saved') {
    wren.hooks.onDecision(decided.decision.outcome)
    return goOn(visit, { flagId, saved: savedWords(decided.decision), isNext: form.text('goTo') === 'next' })
  }
  const file = await openFlag(wren.ports, { actor, flagId })
  if (file === null) return { kind: 'not-found' }
  if (decided.kind === 'invalid') return flagView(visit, { file, form: typed, problems: decided.problems })
  return flagView(visit, { file, form: typed, conflict: await conflictWords(visit, file) })
}

export function readDecision(form: Fields): DecisionForm {
  return {
    outcome: form.text('outcome'),
    reason: form.text('reason'),
    noAction: form.text('noAction'),
    deferUntil: form.text('deferUntil'),
  }
}

/**
 * The version to save over. After a conflict the nurse may take the flag and save hers: the claim is recorded
 * first, and only a form without faults claims anything.
 */
async function versionToSave({ actor, params, form, wren }: Visit): Promise<number> {
  const version = form.number('version', 0)
  const isComplete = isDecision(readDecision(form), londonDayOf(wren.ports.clock.now()))
  if (form.text('takeOver') !== 'yes' || !isComplete) return version
  const claiming = { actor, flagId: params.text('id'), version, from: form.text('from') }
  const saved = await claimFlag(wren.ports, claiming)
  if (saved !== 'saved') return version
  const file = await openFlag(wren.ports, { actor, flagId: claiming.flagId })
  return file?.flag.version ?? version
}

function isDecision(form: DecisionForm, today: string): boolean {
  return 'outcome' in checkDecision(form, today)
}

function savedWords({ outcome, noAction, deferUntil }: Omit<CheckedDecision, 'reason'>): string {
  const { label } = outcomes[outcome]
  if (noAction !== null) return `${label}. ${noActionKinds[noAction]}`
  return deferUntil === null ? label : `${label} until ${nearDay(deferUntil)}`
}
