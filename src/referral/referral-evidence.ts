import { afterReferralMove, type ReferralMove, type ReferralState } from './referral-state.ts'

/** `wren`: the program, by its connector. `receiver`: the partnership, by an answer, a call back or a reply. */
export type Mover = 'nurse' | 'wren' | 'receiver'

/** What may be kept with a move. Each is words or an ISO day. */
export const evidenceNames = {
  bodySha256: 'hash of what was authorised',
  messageSha256: 'hash of the message made of it',
  connector: 'how it is sent',
  problem: 'what was wrong, or is to do',
  receipt: 'receipt of the transport',
  reference: 'the receiver’s reference',
  told: 'who said so',
  reason: 'reason',
  pathway: 'pathway',
  meetingDay: 'day of the meeting',
  owner: 'who leads',
  linkWorker: 'link worker',
  plan: 'intervention plan',
  nextReview: 'day of the next review',
  supersededBy: 'the revision in its place',
  decidedAt: 'when they decided it',
} as const
export type EvidenceName = keyof typeof evidenceNames
export type Evidence = Readonly<Partial<Record<EvidenceName, string>>>

/** Who may make a move, and what must be said with it. docs/states.md prints this table. */
export const moveRules: Readonly<
  Record<ReferralMove, { readonly by: readonly Mover[]; readonly evidence: readonly EvidenceName[] }>
> = {
  authorise: { by: ['nurse'], evidence: ['bodySha256'] },
  queue: { by: ['wren'], evidence: [] },
  send: { by: ['wren'], evidence: [] },
  tryLater: { by: ['wren'], evidence: ['problem'] },
  handOver: { by: ['wren'], evidence: ['problem'] },
  deliver: { by: ['wren', 'receiver', 'nurse'], evidence: ['receipt'] },
  acknowledge: { by: ['wren', 'receiver', 'nurse'], evidence: ['reference'] },
  accept: { by: ['receiver', 'nurse'], evidence: [] },
  decline: { by: ['receiver', 'nurse'], evidence: ['reason'] },
  setPathway: { by: ['receiver', 'nurse'], evidence: ['pathway', 'meetingDay', 'reason'] },
  stepDown: { by: ['receiver', 'nurse'], evidence: ['meetingDay', 'reason'] },
  fail: { by: ['wren', 'receiver'], evidence: ['problem'] },
  park: { by: ['wren'], evidence: ['problem'] },
  retry: { by: ['nurse'], evidence: [] },
  cancel: { by: ['nurse'], evidence: ['reason'] },
  supersede: { by: ['wren'], evidence: ['supersededBy'] },
}

/** What a nurse records of the receiver's answer needs a source: who told her. */
const hearsay: ReadonlySet<ReferralMove> = new Set(['acknowledge', 'accept', 'decline'])

export const pathways = { green: 'Green', amber: 'Amber', red: 'Red' } as const
export type Pathway = keyof typeof pathways

export interface ProposedMove {
  readonly move: ReferralMove
  readonly by: Mover
  readonly evidence: Evidence
}

export type CheckedMove =
  | { readonly kind: 'moved'; readonly state: ReferralState }
  /** The table has no such move from here, or not by this mover. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'lacking'; readonly evidence: readonly EvidenceName[] }

/** Whether a move may be made, and where it leads. The store moves nothing without asking this. */
export function checkMove(state: ReferralState, { move, by, evidence }: ProposedMove): CheckedMove {
  const next = afterReferralMove(state, move)
  const rule = moveRules[move]
  if (next === null || !rule.by.includes(by)) return { kind: 'refused' }
  const lacking = evidenceNeeded(move, by).filter(name => !isGiven(name, evidence[name]))
  return lacking.length > 0 ? { kind: 'lacking', evidence: lacking } : { kind: 'moved', state: next }
}

export function evidenceNeeded(move: ReferralMove, by: Mover): readonly EvidenceName[] {
  const needed = moveRules[move].evidence
  return by === 'nurse' && hearsay.has(move) ? [...needed, 'told'] : needed
}

export function isPathway(text: string): text is Pathway {
  return Object.hasOwn(pathways, text)
}

function isGiven(name: EvidenceName, text: string | undefined): boolean {
  if (text === undefined || text.trim() === '') return false
  return name !== 'pathway' || isPathway(text)
}
