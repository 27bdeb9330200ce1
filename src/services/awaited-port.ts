import type { Destination } from '../referral/routing.ts'

/** A referral that the receiver has, and of which more is awaited: a reference, a decision, a pathway, a review. */
export interface AwaitedReferral {
  readonly id: string
  readonly destination: Destination
}

export interface AwaitedStore {
  /**
   * Takes referrals whose receiver is due to be asked, each to one caller only, and puts off the next time by a
   * quarter of how long nothing has come: often at first, then every few hours. A caller that dies leaves nothing to
   * clear up. Nobody is asked any more once nothing has come for `days` days; the clocks of the partnership have told
   * a nurse long before.
   */
  takeDue(query: {
    readonly destinations: readonly Destination[]
    readonly limit: number
    readonly days: number
  }): Promise<readonly AwaitedReferral[]>
}
