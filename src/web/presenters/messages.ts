import { type LedgerOutcome, ledgerOutcomes } from '../../review/ledger.ts'
import type { MessageQuery, MessageRow } from '../../services/proof-port.ts'
import { dayAndTime } from './dates.ts'
import { outcomeWords } from './earlier.ts'
import { shown } from './shown-text.ts'

export interface MessageWords {
  readonly received: string
  /** Only for those who may see children. */
  readonly attendance: string | null
  readonly arrived: string
  readonly outcome: string
  readonly href: string | null
}

export function presentMessages(
  rows: readonly MessageRow[],
  { seesChildren }: { seesChildren: boolean },
): readonly MessageWords[] {
  return rows.map(({ receivedAt, attendanceId, arrivedAt, outcome, flagId }) => ({
    received: dayAndTime(receivedAt),
    attendance: seesChildren ? shown(attendanceId ?? 'Not recorded') : null,
    arrived: arrivedAt === null ? 'Not recorded' : dayAndTime(arrivedAt),
    outcome: outcomeWords[outcome],
    href: seesChildren && flagId !== null ? `/flags/${flagId}` : null,
  }))
}

/** The address of the list behind a number of the account. */
export function hrefOfMessages({ day, source, site, outcome }: MessageQuery, page = 1): string {
  const query = new URLSearchParams({
    source,
    ...(site === null ? {} : { site }),
    ...(outcome === null ? {} : { outcome }),
    ...(page === 1 ? {} : { page: String(page) }),
  })
  return `/accounting/${day}/messages?${query}`
}

export function isOutcome(text: string): text is LedgerOutcome {
  return ledgerOutcomes.some(outcome => outcome === text)
}
