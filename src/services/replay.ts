import { createHash } from 'node:crypto'
import type { Format } from '../attendance/attendance.ts'
import { londonDayOf } from '../attendance/instant.ts'
import { type FoundLate, lateReasonOf, type RuleAge } from '../review/found-late.ts'
import { type LedgerOutcome, ledgerOutcomes } from '../review/ledger.ts'
import { eventIdOf } from './event-id.ts'
import type { Clock } from './ports.ts'
import type { KnownReceipt, LateFinding, ReplayRun, ReplayStore, Reread } from './replay-port.ts'
import type { Screen } from './screen-attendances.ts'
import type { Delivery, Screening } from './screening.ts'

/** A message of the past, as its stream still has it. */
export interface PastMessage {
  readonly delivery: Delivery
  readonly bytes: Uint8Array
  readonly format: Format | null
}

/** The topic does not hold what was read from it: nothing in it can be read again. */
export class HistoryChanged extends Error {
  override readonly name = 'HistoryChanged'
}

export interface Replay {
  /** Reads these again, and takes what they add into the queue. Nothing of it is done twice. */
  take(messages: readonly PastMessage[]): Promise<void>
  tally(): ReplayTally
}

/** What came of a re-reading so far. Flags are counted once, however many messages tell of them. */
export interface ReplayTally {
  readonly read: number
  /** Without a receipt, and so young that it may be on its way. */
  readonly uncounted: number
  /** Without a receipt for long: counted now, as if the live stream had. */
  readonly recovered: number
  readonly raised: number
  readonly reopened: number
  readonly added: number
  readonly setAside: number
  /** Flags by rule, and by day of arrival; a flag that two rules found stands under both. */
  readonly byRule: ReadonlyMap<string, number>
  readonly byDay: ReadonlyMap<string, number>
  /** Messages that the ledger counts as flagged now, and did not before. */
  readonly counted: number
  readonly repaired: Readonly<Record<LedgerOutcome, number>>
  readonly stillUnreadable: number
  /** Flagged before, and not by the rules of this run: they stay as they are. */
  readonly noLongerFlagged: number
  /** Read before, and unreadable to this run: they stay as they are. */
  readonly noLongerReadable: number
}

export interface ReplayNeeds {
  readonly replays: ReplayStore
  readonly screen: Screen
  readonly clock: Clock
  readonly run: ReplayRun
  readonly ages: ReadonlyMap<string, RuleAge>
  /** Says what would come of it, and changes nothing. */
  readonly isDry: boolean
}

/** Reads messages of the past with the rules of today, and finds what they add to what is known. */
export function makeReplay({ replays, screen, clock, run, ages, isDry }: ReplayNeeds): Replay {
  const counts = {
    ...{ read: 0, uncounted: 0, recovered: 0, counted: 0 },
    ...{ stillUnreadable: 0, noLongerFlagged: 0, noLongerReadable: 0 },
  }
  const repaired = { flagged: 0, clear: 0, 'out-of-scope': 0, duplicate: 0, unreadable: 0 }
  const kinds = new Map<string, LateFinding['kind']>()
  const byRule = new Map<string, Set<string>>()
  const byDay = new Map<string, Set<string>>()

  function count({ kind, flagId, day, rules }: LateFinding): void {
    if (!kinds.has(flagId)) kinds.set(flagId, kind)
    if (kind === 'set-aside') return
    note(byDay, day, flagId)
    for (const rule of rules) note(byRule, rule, flagId)
  }

  function compare(screening: Screening, before: KnownReceipt): boolean {
    const { outcome } = screening.receipt
    if (before.outcome === 'missing') return true
    if (outcome === 'unreadable') {
      if (before.outcome === 'unreadable') counts.stillUnreadable++
      else counts.noLongerReadable++
      return false
    }
    if (before.outcome === 'flagged' && outcome !== 'flagged') counts.noLongerFlagged++
    return before.outcome === 'unreadable' || screening.held !== null
  }

  return {
    async take(messages) {
      const known = await replays.receipts(messages.map(({ delivery }) => delivery))
      const rereads: Reread[] = []
      for (const { delivery, bytes, format } of messages) {
        counts.read++
        const before = known.get(eventIdOf(delivery, 'receipt')) ?? missing(delivery, run)
        if (before === null) {
          counts.uncounted++
          continue
        }
        if (before.outcome !== 'missing') assertSameBytes({ before, bytes, delivery })
        const screening = screen(bytes, { ...delivery, receivedAt: before.receivedAt }, format)
        if (compare(screening, before)) {
          rereads.push({ screening, before, lateBy: lateBy({ before, ages, clock }) })
        }
      }
      if (rereads.length === 0) return
      const folded = await replays.fold({ run, at: clock.now().toString(), rereads, isDry })
      counts.counted += folded.counted
      counts.recovered += folded.recovered
      for (const outcome of folded.repaired) repaired[outcome]++
      for (const finding of folded.findings) count(finding)
    },
    tally: () => ({
      ...counts,
      raised: countOf(kinds, 'raised'),
      reopened: countOf(kinds, 'reopened'),
      added: countOf(kinds, 'added'),
      setAside: countOf(kinds, 'set-aside'),
      byRule: sizesOf(byRule),
      byDay: sizesOf(byDay),
      repaired,
    }),
  }
}

/** How many messages could not be read before, and can be now. */
export function repairedIn({ repaired }: Pick<ReplayTally, 'repaired'>): number {
  return ledgerOutcomes.reduce((sum, outcome) => sum + repaired[outcome], 0)
}

function assertSameBytes({
  before,
  bytes,
  delivery: { stream, partition, offset },
}: { readonly before: KnownReceipt } & Pick<PastMessage, 'bytes' | 'delivery'>): void {
  if (createHash('sha256').update(bytes).digest('hex') === before.bodySha256) return
  throw new HistoryChanged(
    `offset ${offset} of ${stream} partition ${partition} holds another message than when it was first read: the ` +
      'topic was made anew. It cannot be read again as history',
  )
}

function lateBy({
  before,
  ages,
  clock,
}: {
  readonly before: KnownReceipt
  readonly ages: ReadonlyMap<string, RuleAge>
  readonly clock: Clock
}): Reread['lateBy'] {
  return (rule, ruleName): FoundLate => {
    const age = ages.get(rule)
    const reason =
      before.outcome === 'unreadable'
        ? 'unreadable-before'
        : before.outcome === 'missing'
          ? 'not-counted-before'
          : lateReasonOf({ age, receivedAt: before.receivedAt })
    const since =
      reason === 'rule-added' ? age?.addedAt : reason === 'rule-changed' ? age?.changedAt : undefined
    return { rule, ruleName, reason, day: londonDayOf(since ?? clock.now()) }
  }
}

/** A receipt is on its way for seconds, and while the database is away for longer; not for this long. */
const onItsWayMsMax = 3_600_000

function missing({ receivedAt }: Delivery, { startedAt }: ReplayRun): KnownReceipt | null {
  const ageMs = Temporal.Instant.from(startedAt).since(receivedAt).total('milliseconds')
  return ageMs > onItsWayMsMax ? { outcome: 'missing', bodySha256: '', receivedAt } : null
}

function note(sets: Map<string, Set<string>>, key: string, flagId: string): void {
  const set = sets.get(key) ?? new Set()
  sets.set(key, set.add(flagId))
}

function countOf(kinds: ReadonlyMap<string, LateFinding['kind']>, kind: LateFinding['kind']): number {
  return [...kinds.values()].filter(each => each === kind).length
}

function sizesOf(sets: ReadonlyMap<string, ReadonlySet<string>>): ReadonlyMap<string, number> {
  return new Map([...sets].map(([key, { size }]) => [key, size]))
}
