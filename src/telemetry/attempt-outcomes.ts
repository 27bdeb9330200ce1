import type { DeliveryOutcome } from '../referral/delivery.ts'

/** What an attempt to hand a referral over may come to. Of the last two, alerts wake somebody. */
export const attemptOutcomes = [
  'delivered',
  'acknowledged',
  'refused',
  'parked',
  'by-hand',
  'later',
  'credentials',
  'configuration',
] as const satisfies readonly DeliveryOutcome['kind'][]
export type AttemptOutcome = (typeof attemptOutcomes)[number]
