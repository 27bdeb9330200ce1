/**
 * The states of a flag under review, and the moves between them. docs/states.md prints this table.
 * Nothing completes by itself: only a person's `close` ends in `done`, and new text can reopen it.
 */
export const reviewMoves = {
  'to-review': { claim: 'in-review', handOver: 'to-review' },
  'in-review': {
    claim: 'in-review', // another nurse takes over
    release: 'to-review',
    releaseToActions: 'actions-open', // given back to where it was taken from
    releaseToDeferred: 'deferred',
    handOver: 'to-review',
    recordActions: 'in-review',
    close: 'done',
    openActions: 'actions-open',
    defer: 'deferred',
    newMention: 'to-review',
  },
  'actions-open': {
    claim: 'in-review',
    recordActions: 'actions-open',
    takeBack: 'in-review',
    newMention: 'to-review',
  },
  deferred: { claim: 'in-review', takeBack: 'in-review', fallDue: 'to-review', newMention: 'to-review' },
  done: { reopen: 'to-review', takeBack: 'in-review', newMention: 'to-review' },
} as const satisfies Record<string, Record<string, string>>

export type ReviewState = keyof typeof reviewMoves
export type ReviewMove = { [State in ReviewState]: keyof (typeof reviewMoves)[State] }[ReviewState]

export const reviewStates = Object.keys(reviewMoves).filter(isReviewState)

/** The state after a move, or null where the table has no such move. */
export function afterMove(state: ReviewState, move: ReviewMove): ReviewState | null {
  const moves: Partial<Record<ReviewMove, ReviewState>> = reviewMoves[state]
  return moves[move] ?? null
}

function isReviewState(text: string): text is ReviewState {
  return Object.hasOwn(reviewMoves, text)
}

/** The move by which a flag goes back to where it was taken from, when it is given back without an outcome. */
export function moveBackTo(claimedFrom: ReviewState | null): ReviewMove {
  if (claimedFrom === 'actions-open') return 'releaseToActions'
  return claimedFrom === 'deferred' ? 'releaseToDeferred' : 'release'
}
