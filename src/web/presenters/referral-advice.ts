import type { ReferralState } from '../../referral/referral-state.ts'
import { destinations } from '../../referral/routing.ts'
import type { ReferralStatus } from '../../services/referral-port.ts'

/** Why a referral has not got through, and what a nurse does about it. */
export interface ReferralAdvice {
  readonly heading: string
  /** What was said of it, as it was said; null where nothing was. */
  readonly said: { readonly label: string; readonly words: string } | null
  readonly next: string
}

/** Null where there is nothing to mend: what takes its course needs no advice. */
export function presentAdvice({ state, problem, destination }: ReferralStatus): ReferralAdvice | null {
  const receiver = destinations[destination]
  const advice = adviceFor(state, receiver)
  if (advice === null || (problem === null && advice.onlyWithProblem)) return null
  const { heading, label, next } = advice
  return { heading, said: problem === null ? null : { label, words: problem }, next }
}

interface Advice {
  readonly heading: string
  readonly label: string
  readonly next: string
  readonly onlyWithProblem: boolean
}

function adviceFor(state: ReferralState, receiver: string): Advice | null {
  const own = { label: 'What Wren found', onlyWithProblem: false }
  switch (state) {
    case 'queued':
    case 'sent':
      return {
        ...own,
        heading: `It has not reached ${receiver} yet`,
        next: 'Wren tries again by itself, under the same key. You need to do nothing, unless the child cannot wait.',
        onlyWithProblem: true,
      }
    case 'failed':
      return {
        ...own,
        heading: `${capital(receiver)} did not take it`,
        next: 'Read why. Review the attendance again and refer anew with what is missing; or, if the fault was theirs and is mended, send it again.',
      }
    case 'parked':
      return {
        ...own,
        heading: 'Wren has stopped sending it',
        next: `Ring ${receiver} and ask whether it has arrived. If it has, record their reference here. If it has not, send it again.`,
      }
    case 'by-hand':
      return {
        ...own,
        heading: 'It waits for you to hand it over',
        label: 'What to do',
        next: 'It is not received until they have given you a reference. Record it here.',
      }
    case 'declined':
      return {
        ...own,
        heading: `${capital(receiver)} declined it`,
        label: 'Their reason',
        next: `If you do not agree, or the child is still at risk, ring ${receiver} today; in danger, children’s social care or the police. Refer anew if something was missing. If the reason holds, cancel it here and say why.`,
      }
    case 'draft':
    case 'authorised':
    case 'delivered':
    case 'acknowledged':
    case 'accepted':
    case 'outcome':
    case 'stepped-down':
    case 'cancelled':
    case 'superseded':
      return null
    default:
      throw new Error(`no advice for state ${state satisfies never}`)
  }
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}
