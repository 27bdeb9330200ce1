/**
 * The states of a flag under review, and the moves between them. docs/states.md prints this table.
 * Nothing completes by itself: only a person's `close` ends in `done`, and new text can reopen it.
 */
export const reviewMoves = {
  'to-review': { claim: 'in-review' },
  'in-review': {
    claim: 'in-review', // another nurse takes over
    release: 'to-review',
    close: 'done',
    openActions: 'actions-open',
    defer: 'deferred',
    newMention: 'to-review',
  },
  'actions-open': { claim: 'in-review', newMention: 'to-review' },
  deferred: { claim: 'in-review', fallDue: 'to-review', newMention: 'to-review' },
  done: { reopen: 'to-review', newMention: 'to-review' },
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
