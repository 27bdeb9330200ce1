import { Kysely, PostgresDialect, sql } from 'kysely'
import { defaultRepeatRule, type RepeatRule } from '../../review/repeat-attendance.ts'
import type { AwaitedStore } from '../../services/awaited-port.ts'
import type { ExportStore } from '../../services/export-port.ts'
import type { FeedStore } from '../../services/feed-port.ts'
import type { LedgerStore } from '../../services/ledger-port.ts'
import type { AccountStore } from '../../services/people.ts'
import type { ProjectionStore, ReviewStore, ScreeningStore } from '../../services/ports.ts'
import type { ProofStore } from '../../services/proof-port.ts'
import type { SavedViewStore } from '../../services/queue-view-port.ts'
import type { FormStore, ReferralDraftStore } from '../../services/referral-draft-port.ts'
import type { OutboxStore, ReferralStore } from '../../services/referral-port.ts'
import type { ReplayStore } from '../../services/replay-port.ts'
import type { ReviewDraftStore } from '../../services/review-draft-port.ts'
import type { ReviewWorkStore } from '../../services/review-work-port.ts'
import type { SearchStore } from '../../services/search-port.ts'
import type { SecondReadingStore } from '../../services/second-reading-port.ts'
import type { SignOffStore } from '../../services/sign-off-port.ts'
import type { SuggestionStore } from '../../services/suggestion-port.ts'
import type { TimelineStore } from '../../services/timeline-port.ts'
import type { VersionStore } from '../../services/version-port.ts'
import { accountStore } from './account-store.ts'
import { auditStore, type VerifiableAuditStore } from './audit-store.ts'
import { awaitedStore } from './awaited-store.ts'
import { exportStore } from './export-store.ts'
import { feedStore } from './feed-store.ts'
import { ledgerStore } from './ledger-store.ts'
import { migrate } from './migrate.ts'
import { outboxStore } from './outbox-store.ts'
import { projectionStore } from './projection-store.ts'
import { proofStore } from './proof-store.ts'
import { openQuietPool } from './quiet-pool.ts'
import { formStore, referralDraftStore } from './referral-draft-store.ts'
import { referralStore } from './referral-store.ts'
import { replayStore } from './replay-store.ts'
import { reviewDraftStore } from './review-draft-store.ts'
import { reviewStore } from './review-store.ts'
import { reviewWorkStore } from './review-work-store.ts'
import { savedViewStore } from './saved-view-store.ts'
import { screeningStore } from './screening-store.ts'
import { searchStore } from './search-store.ts'
import { secondReadingStore } from './second-reading-store.ts'
import { signOffStore } from './sign-off-store.ts'
import { suggestionStore } from './suggestion-store.ts'
import type { Tables } from './tables.ts'
import { timelineStore } from './timeline-store.ts'
import { versionStore } from './version-store.ts'

/** All that Wren keeps, in one PostgreSQL: a part for each port. */
export interface Store extends AsyncDisposable {
  readonly screening: ScreeningStore
  readonly projection: ProjectionStore
  readonly review: ReviewStore
  readonly work: ReviewWorkStore
  readonly savedViews: SavedViewStore
  readonly drafts: ReviewDraftStore
  readonly suggestions: SuggestionStore
  readonly versions: VersionStore
  readonly timelines: TimelineStore
  readonly ledger: LedgerStore
  readonly feeds: FeedStore
  readonly proofs: ProofStore
  readonly replays: ReplayStore
  readonly signOffs: SignOffStore
  readonly secondReadings: SecondReadingStore
  readonly searches: SearchStore
  readonly outbox: OutboxStore
  readonly referrals: ReferralStore
  readonly awaited: AwaitedStore
  readonly referralDrafts: ReferralDraftStore
  readonly forms: FormStore
  readonly exports: ExportStore
  readonly accounts: AccountStore
  readonly audit: VerifiableAuditStore
  /** Rejects where the database does not answer. */
  ping(): Promise<void>
  close(): Promise<void>
}

/** Connects, brings the tables up to date, and rejects in words where either fails. */
export async function openStore({
  connectionString,
  repeatRule = defaultRepeatRule,
}: {
  readonly connectionString: string
  readonly repeatRule?: RepeatRule
}): Promise<Store> {
  const database = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: openQuietPool(connectionString) }),
  })
  const close = (): Promise<void> => database.destroy()
  try {
    await migrate(database)
  } catch (error) {
    await close()
    throw error
  }
  return {
    screening: screeningStore(database, repeatRule),
    projection: projectionStore(database, repeatRule),
    review: reviewStore(database),
    work: reviewWorkStore(database),
    savedViews: savedViewStore(database),
    ledger: ledgerStore(database, repeatRule),
    feeds: feedStore(database),
    proofs: proofStore(database),
    drafts: reviewDraftStore(database),
    suggestions: suggestionStore(database),
    versions: versionStore(database),
    timelines: timelineStore(database),
    replays: replayStore(database, repeatRule),
    signOffs: signOffStore(database),
    secondReadings: secondReadingStore(database),
    searches: searchStore(database),
    outbox: outboxStore(database),
    referrals: referralStore(database),
    awaited: awaitedStore(database),
    referralDrafts: referralDraftStore(database),
    forms: formStore(database),
    exports: exportStore(database),
    accounts: accountStore(database),
    audit: auditStore(database),
    ping: async () => {
      await sql`select 1`.execute(database)
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}
