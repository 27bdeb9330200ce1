import { isDay } from '../attendance/instant.ts'
import {
  checkMove,
  type Evidence,
  type EvidenceName,
  evidenceNeeded,
  isPathway,
  moveRules,
} from '../referral/referral-evidence.ts'
import {
  isReferralMove,
  movesFrom,
  type ReferralMove,
  type ReferralState,
} from '../referral/referral-state.ts'
import type { FieldProblem } from '../review/decision-form.ts'
import { type Actor, auditEntryOf } from './actor.ts'
import type { Clock } from './ports.ts'
import type { ReferralStatus, ReferralStore } from './referral-port.ts'

export type RecordedByHand =
  | { readonly kind: 'saved'; readonly move: ReferralMove }
  | { readonly kind: 'invalid'; readonly problems: readonly FieldProblem[] }
  /** Somebody or something moved it first: this is how it stands now. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'not-found' }

const wordsLengthMax = 2_000

/** The moves a nurse may record from a state, such as an acknowledgement by telephone. */
export function movesByHand(state: ReferralState): readonly ReferralMove[] {
  return movesFrom(state).filter(move => moveRules[move].by.includes('nurse') && move !== 'authorise')
}

/** A nurse records what happened to a referral outside Wren. Nothing is edited: every move is added to the others. */
export async function recordMove(
  { referrals, clock }: { readonly referrals: ReferralStore; readonly clock: Clock },
  {
    actor,
    referralId,
    fields,
  }: { actor: Actor; referralId: string; fields: Readonly<Record<string, string>> },
): Promise<RecordedByHand> {
  const status = await referrals.status(referralId)
  if (status === null) return { kind: 'not-found' }
  const move = fields.move ?? ''
  if (!isReferralMove(move) || !movesByHand(status.state).includes(move)) {
    return move === ''
      ? { kind: 'invalid', problems: [{ field: 'move', message: 'Select what happened' }] }
      : { kind: 'refused' }
  }
  const evidence = evidenceOf(move, fields)
  const problems = problemsOf(status, { move, evidence })
  if (problems.length > 0) return { kind: 'invalid', problems }
  const audit = auditEntryOf(clock, {
    actor,
    did: `recorded about a referral: ${move}`,
    what: status.flagId,
    why: evidence.reason ?? '',
  })
  const saved = await referrals.move({ id: referralId, move, evidence, audit })
  return saved === 'saved' ? { kind: 'saved', move } : { kind: 'refused' }
}

/** What may be said with each move besides what must be. */
const mayAlsoSay: Partial<Record<ReferralMove, readonly EvidenceName[]>> = {
  deliver: ['told'],
  accept: ['reference'],
  setPathway: ['owner', 'linkWorker', 'plan', 'nextReview'],
  cancel: ['told'],
}

export function fieldsOfMove(move: ReferralMove): readonly EvidenceName[] {
  return [...evidenceNeeded(move, 'nurse'), ...(mayAlsoSay[move] ?? [])]
}

function evidenceOf(move: ReferralMove, fields: Readonly<Record<string, string>>): Evidence {
  const said = fieldsOfMove(move).map(name => [name, (fields[name] ?? '').trim()] as const)
  return Object.fromEntries(said.filter(([, text]) => text !== ''))
}

function problemsOf(
  { state }: ReferralStatus,
  { move, evidence }: { move: ReferralMove; evidence: Evidence },
): readonly FieldProblem[] {
  const checked = checkMove(state, { move, by: 'nurse', evidence })
  const lacking = checked.kind === 'lacking' ? checked.evidence : []
  return [
    ...lacking.map(field => ({ field, message: missing[field] ?? 'Enter what was said' })),
    ...(['meetingDay', 'nextReview'] as const)
      .filter(field => evidence[field] !== undefined && !isDay(evidence[field]))
      .map(field => ({ field, message: 'Enter a day, such as 2026-11-25' })),
    ...Object.entries(evidence)
      .filter(([, text]) => text.length > wordsLengthMax)
      .map(([field]) => ({
        field,
        message: `Use ${wordsLengthMax.toLocaleString('en-GB')} characters or fewer`,
      })),
    ...(evidence.pathway !== undefined && !isPathway(evidence.pathway) && !lacking.includes('pathway')
      ? [{ field: 'pathway', message: 'Select the pathway' }]
      : []),
  ]
}

const missing: Partial<Record<EvidenceName, string>> = {
  reference: 'Enter their reference',
  told: 'Enter who told you, and how',
  reason: 'Enter the reason',
  receipt: 'Enter how it was handed over, and to whom',
  pathway: 'Select the pathway',
  meetingDay: 'Enter the day of the meeting',
}
