import type { LedgerOutcome } from '../../review/ledger.ts'
import type { ReviewState } from '../../review/review-state.ts'
import type { EarlierAttendance } from '../../services/ports.ts'
import { dayAndTime } from './dates.ts'
import { siteName } from './queue.ts'

export interface EarlierWords {
  readonly arrived: string
  readonly site: string
  readonly outcome: string
  readonly href: string | null
  readonly attendanceId: string
}

/** The child's other attendances. Of a clear one Wren keeps that it was read, and no text. */
export function presentEarlier(
  earlier: readonly EarlierAttendance[],
  siteNames: Readonly<Record<string, string>>,
): readonly EarlierWords[] {
  return earlier.map(each => ({
    arrived: each.arrivedAt === null ? 'Arrival not recorded' : dayAndTime(each.arrivedAt),
    site: siteName(each.site, siteNames),
    outcome: outcomeOf(each),
    href: each.flagId === null ? null : `/flags/${each.flagId}`,
    attendanceId: each.attendanceId,
  }))
}

function outcomeOf({ state, isHeld, outcome }: EarlierAttendance): string {
  if (state !== null) return `Flagged: ${stateWords[state]}`
  return isHeld ? 'Set aside' : outcomeWords[outcome]
}

export const stateWords: Readonly<Record<ReviewState, string>> = {
  'to-review': 'to review',
  'in-review': 'in review',
  'actions-open': 'actions open',
  deferred: 'deferred',
  done: 'done',
}

export const outcomeWords: Readonly<Record<LedgerOutcome, string>> = {
  flagged: 'Flagged',
  clear: 'Read, nothing found',
  'out-of-scope': 'Not read: out of scope',
  duplicate: 'Sent again, unchanged',
  unreadable: 'Could not be read',
}
