import type { Stretch, StretchCount } from '../review/late-feed.ts'

/** What a feed usually sends, to tell whether its silence now is remarkable. */
export interface FeedStore {
  /** What came in each of these stretches, in their order. */
  countStretches(stretches: readonly Stretch[]): Promise<readonly StretchCount[]>
}
