import { earlierStretches, type LateFeed, lateFeed } from '../review/late-feed.ts'
import { weeksBack } from '../review/silence.ts'
import type { FeedStore } from './feed-port.ts'
import type { LedgerStore } from './ledger-port.ts'
import type { Clock } from './ports.ts'

export interface LateFeedPorts {
  readonly ledger: Pick<LedgerStore, 'lastReceivedBySource'>
  readonly feeds: FeedStore
  readonly clock: Clock
}

/** The sources from which something should have come by now, by what they sent at this hour in earlier weeks. */
export async function readLateFeeds({ ledger, feeds, clock }: LateFeedPorts): Promise<readonly LateFeed[]> {
  const now = clock.now().toString()
  const sources = await ledger.lastReceivedBySource()
  const asked = sources.map(({ source, at }) => ({
    source,
    since: at,
    stretches: earlierStretches({ source, from: at, to: now }),
  }))
  const counts = await feeds.countStretches(asked.flatMap(({ stretches }) => stretches))
  const weeks = weeksBack.length
  return asked.flatMap(({ source, since }, index) => {
    const late = lateFeed({ source, since }, counts.slice(index * weeks, (index + 1) * weeks))
    return late === null ? [] : [late]
  })
}
