import type { Format } from '../../attendance/attendance.ts'
import { type DayCount, type LedgerOutcome, ledgerOutcomes, unaccounted } from '../../review/ledger.ts'
import type { DayAccount } from '../../services/count-day.ts'
import { figure } from './dates.ts'
import { hrefOfMessages } from './messages.ts'
import { siteName } from './queue.ts'

/** A number, with the list of what it counts where there is one. */
export interface Figure {
  readonly text: string
  readonly label: string
  readonly href: string | null
}

export interface AccountRow {
  readonly source: string
  readonly site: string
  /** The forms in which its messages came. */
  readonly formats: string
  readonly received: Figure
  readonly counts: readonly Figure[]
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
  { day, counts, unaccounted: difference }: DayAccount,
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
    rows: counts.map(each => presentCount(each, { site: siteName(each.site, siteNames), day })),
    total: presentCount(total, { site: 'All sites', day: null }),
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

/** `day` null: a sum of several rows, which no list has. */
function presentCount(count: DayCount, { site, day }: { site: string; day: string | null }): AccountRow {
  const difference = unaccounted(count)
  const { source } = count
  const hrefOf = (outcome: LedgerOutcome | null): string | null =>
    day === null ? null : hrefOfMessages({ day, source, site: count.site, outcome })
  return {
    source: count.source,
    site,
    formats: count.formats.map(format => formatNames[format]).join(', '),
    received: figureOf(count.received, { label: 'Received', href: hrefOf(null) }),
    counts: ledgerOutcomes.map(outcome =>
      figureOf(count.counts[outcome], { label: outcomeNames[outcome], href: hrefOf(outcome) }),
    ),
    difference: figure(difference),
    balances: difference === 0,
  }
}

function figureOf(number: number, { label, href }: Omit<Figure, 'text'>): Figure {
  return { text: figure(number), label, href: number === 0 ? null : href }
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
