import { type Actor, auditEntryOf } from './actor.ts'
import type { AuditStore } from './people.ts'
import type { Clock } from './ports.ts'
import type { ReviewWorkStore } from './review-work-port.ts'
import type { Timeline, TimelineStore } from './timeline-port.ts'

interface TimelinePorts {
  readonly timelines: TimelineStore
  readonly work: ReviewWorkStore
  readonly audit: AuditStore
  readonly clock: Clock
}

/** A child with more attendances than this is known by the latest: the page says so. */
export const timelineMax = 200

/** Everything known of the child of one flag. Looking is recorded before anything is shown, as for a single flag. */
export async function openTimeline(
  { timelines, work, audit, clock }: TimelinePorts,
  { actor, flagId }: { actor: Actor; flagId: string },
): Promise<Timeline | null> {
  const entry = auditEntryOf(clock, { actor, did: 'opened timeline', what: flagId })
  await audit.append(entry)
  await work.touch({ who: actor.username, at: entry.at })
  return timelines.ofFlag(flagId, timelineMax)
}
