/** The steps at which a process can be told to die, by role. stop-at.ts watches for them. */
export const steps = {
  scanner: ['fetched', 'before send', 'sent', 'before offset commit', 'offset committed'],
  projector: ['fetched', 'before COMMIT', 'after COMMIT', 'before offset commit', 'offset committed'],
  forwarder: ['before request', 'request sent', 'answered', 'before COMMIT', 'after COMMIT'],
} as const
