import type { FoundLate, RuleAge } from '../review/found-late.ts'
import type { LedgerOutcome } from '../review/ledger.ts'
import type { AuditEntry } from './people.ts'
import type { Delivery, Screening } from './screening.ts'

/** One deliberate re-reading of history. */
export interface ReplayRun {
  readonly id: string
  readonly startedAt: string
  readonly startedBy: string
  /** ISO instants; null where it reads on to the end. */
  readonly from: string
  readonly to: string | null
  readonly rulesetVersion: string
}

/** What the ledger has of a message; `missing` where it has no receipt, although the live stream has passed it. */
export interface KnownReceipt {
  readonly outcome: LedgerOutcome | 'missing'
  readonly bodySha256: string
  readonly receivedAt: string
}

/** A message that was read again, with what the ledger has of it. */
export interface Reread {
  readonly screening: Screening
  readonly before: KnownReceipt
  /** Each rule that may be found late, with why and since when. */
  readonly lateBy: (rule: string, ruleName: string) => FoundLate
}

/** What a message that was read again adds to what was known. */
export interface LateFinding {
  /**
   * `raised`: a flag where there was none. `reopened`: one that was decided comes back. `added`: to one that waits
   * for review anyhow. `set-aside`: nothing for the queue, but listed among what was set aside.
   */
  readonly kind: 'raised' | 'reopened' | 'added' | 'set-aside'
  readonly flagId: string
  /** ISO day of the arrival in Europe/London; of the receipt where the arrival is not known. */
  readonly day: string
  readonly rules: readonly string[]
}

export interface FoldedRereads {
  readonly findings: readonly LateFinding[]
  /** Messages of which the ledger's outcome moved to flagged. */
  readonly counted: number
  /** Messages that had no receipt, and are counted now. */
  readonly recovered: number
  /** Messages that could not be read before, by what they are counted as now. */
  readonly repaired: readonly LedgerOutcome[]
}

/** What the ledger received by one partition in a period. */
export interface ReceivedBy {
  readonly channel: string
  readonly stream: string
  readonly partition: number
  readonly messages: number
  /** Offsets of the first and last; null where messages have none, as over HTTP. */
  readonly first: string | null
  readonly last: string | null
}

export interface ReplayStore {
  /** Keeps since when each rule is in use: the first time that it is told of these words of a rule. */
  rememberRules(
    rules: readonly { readonly rule: string; readonly sha256: string }[],
    at: string,
  ): Promise<void>
  ruleAges(): Promise<ReadonlyMap<string, RuleAge>>
  /** `to` null: up to now. */
  received(period: { readonly from: string; readonly to: string | null }): Promise<readonly ReceivedBy[]>
  /** How many messages of the period have an offset below this one, and when the last of them was received. */
  receivedBelow(
    place: Pick<ReceivedBy, 'channel' | 'stream' | 'partition'>,
    query: { readonly below: string; readonly from: string; readonly to: string | null },
  ): Promise<{ readonly messages: number; readonly lastAt: string | null }>
  begin(run: ReplayRun, audit: AuditEntry): Promise<void>
  /** By event id of the receipt; what the ledger does not have is not among them. */
  receipts(deliveries: readonly Omit<Delivery, 'receivedAt'>[]): Promise<ReadonlyMap<string, KnownReceipt>>
  /**
   * Takes what messages add into what is held, in one transaction: it never takes away, overwrites a newer text, or
   * counts a message twice. The second time it changes nothing. With `isDry` it answers what would come of it, and
   * changes nothing either.
   */
  fold(folding: {
    readonly run: ReplayRun
    readonly at: string
    readonly rereads: readonly Reread[]
    readonly isDry: boolean
  }): Promise<FoldedRereads>
  end(ending: {
    readonly id: string
    readonly at: string
    readonly read: number
    readonly found: number
  }): Promise<void>
  /** Attendances that arrived on the day and were found late after a moment. */
  countFoundLate(query: { readonly day: string; readonly since: string }): Promise<number>
  /** Of these flags, what was found late. */
  foundLate(flagIds: readonly string[]): Promise<ReadonlyMap<string, readonly FoundLate[]>>
}
