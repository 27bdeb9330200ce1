import type { Format } from '../../attendance/attendance.ts'
import { type DayCount, type LedgerOutcome, ledgerOutcomes, unaccounted } from '../../review/ledger.ts'
import type { DayAccount } from '../../services/count-day.ts'
import { figure } from './dates.ts'
import { siteName } from './queue.ts'

export interface AccountRow {
  readonly source: string
  readonly site: string
  /** The forms in which its messages came. */
  readonly formats: string
  readonly received: string
  readonly counts: readonly string[]
  readonly difference: string
  readonly balances: boolean
}

export interface AccountWords {
  readonly columns: readonly string[]
  readonly rows: readonly AccountRow[]
  readonly total: AccountRow
  /** In one sentence: whether every message has its outcome. */
  readonly verdict: string
  readonly balances: boolean
}

/** The day as a table: received = flagged + clear + out of scope + duplicate + unreadable, row by row. */
export function presentAccount(
  { counts, unaccounted: difference }: DayAccount,
  siteNames: Readonly<Record<string, string>>,
): AccountWords {
  const total: DayCount = {
    source: 'All sources',
    site: null,
    formats: [],
    received: counts.reduce((sum, each) => sum + each.received, 0),
    counts: {
      flagged: sumOf(counts, 'flagged'),
      clear: sumOf(counts, 'clear'),
      'out-of-scope': sumOf(counts, 'out-of-scope'),
      duplicate: sumOf(counts, 'duplicate'),
      unreadable: sumOf(counts, 'unreadable'),
    },
  }
  return {
    columns: ledgerOutcomes.map(outcome => outcomeNames[outcome]),
    rows: counts.map(each => presentCount(each, siteName(each.site, siteNames))),
    total: presentCount(total, 'All sites'),
    verdict: verdictOf(total.received, difference),
    balances: difference === 0,
  }
}

function verdictOf(received: number, difference: number): string {
  if (received === 0) return 'No message was received on this day.'
  if (difference === 0) return 'Every message received has its outcome.'
  const [messages, have] = difference === 1 ? ['message', 'has'] : ['messages', 'have']
  return `${figure(difference)} ${messages} received ${have} no outcome yet. Ask the people who run Wren.`
}

function presentCount(count: DayCount, site: string): AccountRow {
  const difference = unaccounted(count)
  return {
    source: count.source,
    site,
    formats: count.formats.map(format => formatNames[format]).join(', '),
    received: figure(count.received),
    counts: ledgerOutcomes.map(outcome => figure(count.counts[outcome])),
    difference: figure(difference),
    balances: difference === 0,
  }
}

function sumOf(counts: readonly DayCount[], outcome: LedgerOutcome): number {
  return counts.reduce((sum, each) => sum + each.counts[outcome], 0)
}

const formatNames: Readonly<Record<Format, string>> = {
  json: 'JSON',
  hl7v2: 'HL7 v2',
  fhir: 'FHIR',
  csv: 'CSV',
  'json-mapped': 'JSON by mapping',
}

const outcomeNames: Readonly<Record<LedgerOutcome, string>> = {
  flagged: 'Flagged',
  clear: 'Clear',
  'out-of-scope': 'Out of scope',
  duplicate: 'Duplicate',
  unreadable: 'Unreadable',
}
