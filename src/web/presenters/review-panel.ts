import { deferDaysMax, noActionKinds, outcomes } from '../../review/decision.ts'
import { type DecisionForm, deferDays, wrongMatchKey } from '../../review/decision-form.ts'
import { readyPhrases } from '../../review/ready-phrases.ts'
import type { Mention } from '../../scan/mention.ts'
import type { FlagFile } from '../../services/ports.ts'
import { clockTime, dayOf, nearDay, recentTime } from './dates.ts'
import { shown } from './shown-text.ts'

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
export function presentDecisionForm(
  form: DecisionForm,
  { now, mentions }: { now: string; mentions: readonly Mention[] },
) {
  const today = dayOf(now)
  const matches = presentMatches(mentions)
  return {
    ...form,
    // A flag with one word has one that can be wrong.
    wrongMatch: form.wrongMatch === '' && matches.length === 1 ? (matches[0]?.value ?? '') : form.wrongMatch,
    outcomes: Object.entries(outcomes).map(([value, { label }]) => ({ value, label })),
    noActionKinds: Object.entries(noActionKinds).map(([value, label]) => ({ value, label })),
    matches,
    phrases: readyPhrases,
    deferDays: deferDays(today).map(isoDay => ({ value: isoDay, label: nearDay(isoDay) })),
    deferDaysMax,
    asAt: clockTime(now),
  }
}

/** Each match of the flag once: the words as they stand in the note, and their rule. */
function presentMatches(mentions: readonly Mention[]) {
  const live = mentions.filter(mention => !mention.trial && mention.standing !== 'set-aside')
  const each = new Map(live.map(mention => [wrongMatchKey(mention), mention]))
  return [...each].map(([value, { text, ruleName }]) => ({ value, label: `“${shown(text)}” (${ruleName})` }))
}
