/** What the audit trail calls a look at a child's record that changed nothing. */
export const views = ['opened flag', 'opened timeline', 'previewed referral'] as const
