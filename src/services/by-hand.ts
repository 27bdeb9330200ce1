import type { Connector } from './connector-port.ts'

/**
 * Sends nothing: a nurse enters the referral where it goes, or sends it there herself, and records the reference.
 * It is what Wren does for every receiver to whom no connection is set up.
 */
export function byHand(receiver: string): Connector {
  return {
    name: 'By hand',
    repeatsSafely: false,
    deliver: async () => ({
      kind: 'by-hand',
      problem: `Enter it with ${receiver}, or send it there safely, and record the reference here.`,
    }),
    lookUp: async () => ({ kind: 'absent' }), // nothing was sent
  }
}
