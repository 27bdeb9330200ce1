/**
 * The states of a referral and the moves between them: docs/states.md prints this table, and the store runs it.
 * Once the receiver has acknowledged a referral, no move leads back to sending: it can only be superseded by a
 * revision with a key of its own. Attempts never run out; what cannot improve by itself waits for a person.
 */
export const referralMoves = {
  draft: { authorise: 'authorised', cancel: 'cancelled' },
  authorised: { queue: 'queued' },
  queued: { send: 'sent', acknowledge: 'acknowledged', cancel: 'cancelled', supersede: 'superseded' },
  sent: {
    send: 'sent', // the lease of a forwarder that died ran out
    handOver: 'by-hand',
    deliver: 'delivered',
    acknowledge: 'acknowledged',
    fail: 'failed',
    park: 'parked',
    tryLater: 'queued',
  },
  'by-hand': {
    deliver: 'delivered',
    acknowledge: 'acknowledged',
    retry: 'queued',
    cancel: 'cancelled',
    supersede: 'superseded',
  },
  delivered: {
    acknowledge: 'acknowledged',
    decline: 'declined',
    fail: 'failed', // such as a report that nobody collected it
    cancel: 'cancelled',
    supersede: 'superseded',
  },
  acknowledged: {
    accept: 'accepted',
    decline: 'declined',
    setPathway: 'outcome',
    cancel: 'cancelled',
    supersede: 'superseded',
  },
  accepted: {
    decline: 'declined',
    setPathway: 'outcome',
    cancel: 'cancelled',
    supersede: 'superseded',
  },
  declined: { accept: 'accepted', cancel: 'cancelled', supersede: 'superseded' },
  outcome: { setPathway: 'outcome', stepDown: 'stepped-down' },
  'stepped-down': { setPathway: 'outcome' },
  failed: {
    retry: 'queued',
    acknowledge: 'acknowledged',
    cancel: 'cancelled',
    supersede: 'superseded',
  },
  parked: {
    retry: 'queued',
    deliver: 'delivered',
    acknowledge: 'acknowledged',
    cancel: 'cancelled',
    supersede: 'superseded',
  },
  // An answer that comes too late is kept; it brings nothing back.
  cancelled: { acknowledge: 'cancelled' },
  superseded: { acknowledge: 'superseded' },
} as const satisfies Record<string, Record<string, string>>

export type ReferralState = keyof typeof referralMoves
export type ReferralMove = { [State in ReferralState]: keyof (typeof referralMoves)[State] }[ReferralState]

export const referralStates: readonly ReferralState[] = Object.keys(referralMoves).filter(isReferralState)

/** Whose turn it is. A referral that is nobody's turn was ended by a person, by a revision or by the partnership. */
export const turns: Readonly<Record<ReferralState, 'nurse' | 'wren' | 'receiver' | 'nobody'>> = {
  draft: 'nurse',
  authorised: 'wren',
  queued: 'wren',
  sent: 'wren',
  'by-hand': 'nurse',
  delivered: 'receiver',
  acknowledged: 'receiver',
  accepted: 'receiver',
  declined: 'nurse',
  outcome: 'receiver',
  'stepped-down': 'nobody',
  failed: 'nurse',
  parked: 'nurse',
  cancelled: 'nobody',
  superseded: 'nobody',
}

/** The receiver has it, under a reference, and has not said no. A declined one is back with the nurse. */
export function isAcknowledged(state: ReferralState): boolean {
  return state === 'acknowledged' || state === 'accepted' || state === 'outcome' || state === 'stepped-down'
}

/** The state after a move, or null where the table has no such move. */
export function afterReferralMove(state: ReferralState, move: ReferralMove): ReferralState | null {
  const moves: Partial<Record<ReferralMove, ReferralState>> = referralMoves[state]
  return moves[move] ?? null
}

/** The moves that the table allows from a state. */
export function movesFrom(state: ReferralState): readonly ReferralMove[] {
  return Object.keys(referralMoves[state]).filter(isReferralMove)
}

export function isReferralState(text: string): text is ReferralState {
  return Object.hasOwn(referralMoves, text)
}

export function isReferralMove(text: string): text is ReferralMove {
  return Object.values(referralMoves).some(moves => Object.hasOwn(moves, text))
}
