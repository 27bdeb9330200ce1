import { z } from 'zod'
import { isPathway } from '../../referral/referral-evidence.ts'
import { type Decided, decisionsFrom, type Standing } from './received-referral.ts'
import type { Decision } from './received-referrals.ts'

/** What somebody typed, by the names of the fields. */
export type Typed = Readonly<Record<string, string>>

export interface FieldProblem {
  readonly field: string
  readonly message: string
}

/** What somebody decided about a referral that stands so, or every field that is not yet right. */
export function readDecision(
  typed: Typed,
  standing: Standing,
): { readonly decision: Decision } | { readonly problems: readonly FieldProblem[] } {
  const { decision = '', reason = '', pathway = '', meetingDay = '', nextReview = '' } = typed
  const status = decisionsFrom[standing].find(each => each === decision)
  if (status === undefined) return { problems: [{ field: 'decision', message: 'Select what was decided' }] }
  const problems = [
    ...(status !== 'accepted' && reason === '' ? [{ field: 'reason', message: 'Enter the reason' }] : []),
    ...(status === 'pathway-set' && !isPathway(pathway)
      ? [{ field: 'pathway', message: 'Select the pathway' }]
      : []),
    ...(needsMeeting(status) && !isDay(meetingDay)
      ? [{ field: 'meetingDay', message: 'Enter the day of the meeting' }]
      : []),
    ...(status === 'pathway-set' && nextReview !== '' && !(isDay(nextReview) && nextReview > meetingDay)
      ? [{ field: 'nextReview', message: 'Enter a day after the meeting, or leave it empty' }]
      : []),
  ]
  return problems.length > 0 ? { problems } : { decision: decisionOf(status, typed) }
}

export const DecisionForm = z.record(z.string(), z.string().trim().max(2_000))

function decisionOf(status: Decided, typed: Typed): Decision {
  const { reason = '', pathway = '', meetingDay = '' } = typed
  switch (status) {
    case 'accepted':
      return { status }
    case 'declined':
      return { status, reason }
    case 'stepped-down':
      return { status, meetingDay, reason }
    case 'pathway-set': {
      if (!isPathway(pathway)) throw new Error('the pathway was not checked before the decision was made')
      const { owner, linkWorker, plan, nextReview } = typed
      const said = { owner, linkWorker, plan, nextReview }
      const given = Object.fromEntries(Object.entries(said).filter(([, text]) => text))
      return { status, pathway, meetingDay, reason, ...given }
    }
    default:
      throw new Error(`no decision for ${status satisfies never}`)
  }
}

function needsMeeting(status: Decided): boolean {
  return status === 'pathway-set' || status === 'stepped-down'
}

function isDay(text: string): boolean {
  return z.iso.date().safeParse(text).success
}
