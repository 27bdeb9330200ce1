import type { LateFeed } from '../../review/late-feed.ts'
import { count, recentTime } from './dates.ts'
import { shown } from './shown-text.ts'

/** What a feed that is late means for a list, in one sentence a feed. */
export function presentLateFeeds(late: readonly LateFeed[], now: string): readonly string[] {
  return late.map(
    ({ source, since, expected }) =>
      `${shown(source)}: the last message was received ${recentTime(since, now)}. About ${count(Math.round(expected), 'message')} usually come in the time since then.`,
  )
}
