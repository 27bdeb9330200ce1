import { isPathway, pathways } from '../../referral/referral-evidence.ts'
import type { RecordedMove } from '../../services/referral-port.ts'
import { day } from './dates.ts'

export interface OutcomeRow {
  readonly key: string
  readonly value: string
}

/** What the meeting decided last, line by line; null where no meeting has. The moves keep what it decided before. */
export function presentOutcome(moves: readonly RecordedMove[]): readonly OutcomeRow[] | null {
  const set = moves.filter(({ move }) => move === 'setPathway')
  const last = set.toSorted((a, b) => Temporal.Instant.compare(decidedAt(a), decidedAt(b))).at(-1)
  if (last === undefined) return null
  const { pathway = '', meetingDay, reason, owner, linkWorker, plan, nextReview } = last.evidence
  const rows: readonly (readonly [key: string, value: string | undefined])[] = [
    ['Pathway', isPathway(pathway) ? pathways[pathway] : undefined],
    ['Meeting', meetingDay === undefined ? undefined : day(meetingDay)],
    ['Reason', reason],
    ['Who leads', owner],
    ['Link Worker', linkWorker],
    ['Intervention plan', plan],
    ['Next review', nextReview === undefined ? 'No day was set' : day(nextReview)],
  ]
  return rows.flatMap(([key, value]) => (value === undefined ? [] : [{ key, value }]))
}

/** Reports may come in another order than they were decided in. */
function decidedAt({ at, evidence }: RecordedMove): string {
  return evidence.decidedAt ?? at
}
