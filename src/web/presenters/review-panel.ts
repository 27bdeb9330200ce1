import { deferDaysMax, noActionKinds, outcomes } from '../../review/decision.ts'
import { type DecisionForm, deferDays } from '../../review/decision-form.ts'
import type { FlagFile } from '../../services/ports.ts'
import { clockTime, dayOf, nearDay, recentTime } from './dates.ts'

/** What the nurse can do with a flag now. */
export type ReviewPanel =
  | { readonly kind: 'claim'; readonly label: string; readonly note: string | null }
  | { readonly kind: 'decide' }
  | { readonly kind: 'take-over'; readonly holder: string; readonly since: string; readonly from: string }
  | { readonly kind: 'reopen' }

export function presentPanel(
  { flag }: FlagFile,
  { me, people, now }: { me: string; people: ReadonlyMap<string, string>; now: string },
): ReviewPanel {
  switch (flag.state) {
    case 'to-review':
      return { kind: 'claim', label: 'Review this attendance', note: null }
    case 'actions-open':
      return {
        kind: 'claim',
        label: 'Review again',
        note: 'Actions are open. Review it again to close it or to record another outcome.',
      }
    case 'deferred':
      return {
        kind: 'claim',
        label: 'Review now',
        note: `Deferred until ${flag.deferredUntil === null ? 'a later day' : nearDay(flag.deferredUntil)}. It comes back to the list by itself.`,
      }
    case 'in-review': {
      if (flag.claimedBy === me) return { kind: 'decide' }
      const holder = flag.claimedBy ?? ''
      const since = flag.claimedAt === null ? '' : recentTime(flag.claimedAt, now)
      return { kind: 'take-over', holder: people.get(holder) ?? holder, since, from: holder }
    }
    case 'done':
      return { kind: 'reopen' }
    default:
      throw new Error(`no panel for state ${flag.state satisfies never}`)
  }
}

/** The choices of the outcome form, with what the nurse has chosen and typed so far. */
export function presentDecisionForm(form: DecisionForm, now: string) {
  const today = dayOf(now)
  return {
    ...form,
    outcomes: Object.entries(outcomes).map(([value, { label }]) => ({ value, label })),
    noActionKinds: Object.entries(noActionKinds).map(([value, label]) => ({ value, label })),
    deferDays: deferDays(today).map(isoDay => ({ value: isoDay, label: nearDay(isoDay) })),
    deferDaysMax,
    asAt: clockTime(now),
  }
}

export const emptyDecisionForm: DecisionForm = { outcome: '', reason: '', noAction: '', deferUntil: '' }
