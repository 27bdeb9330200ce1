import type { Partnership } from '../referral/partnership.ts'
import type { ReviewOutcome } from '../review/decision.ts'
import type { Ruleset } from '../rules/ruleset.ts'
import type { ExportFormat, ExportStore } from '../services/export-port.ts'
import type { FeedStore } from '../services/feed-port.ts'
import type { LedgerStore } from '../services/ledger-port.ts'
import type { PatientHash } from '../services/patient-hash.ts'
import type { AccountStore, AuditStore, Passwords, Role } from '../services/people.ts'
import type { Clock, ReviewStore } from '../services/ports.ts'
import type { ProofStore } from '../services/proof-port.ts'
import type { SavedViewStore } from '../services/queue-view-port.ts'
import type { FormStore, ReferralDraftStore } from '../services/referral-draft-port.ts'
import type { OutboxStore, ReferralStore } from '../services/referral-port.ts'
import type { ReplayStore } from '../services/replay-port.ts'
import type { ReviewDraftStore } from '../services/review-draft-port.ts'
import type { ReviewWorkStore } from '../services/review-work-port.ts'
import type { SearchStore } from '../services/search-port.ts'
import type { SecondReadingStore } from '../services/second-reading-port.ts'
import type { SignOffStore } from '../services/sign-off-port.ts'
import type { SuggestionStore } from '../services/suggestion-port.ts'
import type { TimelineStore } from '../services/timeline-port.ts'
import type { VersionStore } from '../services/version-port.ts'
import type { Logger } from '../telemetry/logger.ts'

/** What the pages need of the world outside. */
export interface WebPorts {
  readonly review: ReviewStore
  readonly work: ReviewWorkStore
  readonly savedViews: SavedViewStore
  readonly drafts: ReviewDraftStore
  readonly suggestions: SuggestionStore
  readonly versions: VersionStore
  readonly timelines: TimelineStore
  readonly ledger: LedgerStore
  readonly feeds: FeedStore
  readonly signOffs: SignOffStore
  readonly proofs: ProofStore
  readonly replays: Pick<ReplayStore, 'foundLate' | 'countFoundLate'>
  readonly secondReadings: SecondReadingStore
  readonly searches: SearchStore
  /** Finds an attendance of which no name is kept. The key behind it never reaches a page. */
  readonly patientHash: PatientHash
  readonly outbox: OutboxStore
  readonly referrals: ReferralStore
  readonly referralDrafts: ReferralDraftStore
  readonly forms: FormStore
  readonly exports: ExportStore
  readonly partnership: Partnership
  readonly accounts: AccountStore
  readonly audit: AuditStore
  readonly passwords: Passwords
  readonly clock: Clock
  /** The ruleset in force now: it may be another one after a change of the rules. */
  readonly currentRuleset: () => Ruleset
}

export interface WebSettings {
  /** 32 bytes. Who has them can make a session. */
  readonly sessionKey: Buffer
  readonly isDemo: boolean
  /** Shown on the sign-in page, in the demo only. */
  readonly demoSignIns: readonly DemoSignIn[]
  /** Where the simulated portal shows what it received; null but in the demo. */
  readonly demoPortalUrl: string | null
  /** True wherever the pages are reached over HTTPS. */
  readonly secureCookies: boolean
  /** True behind a proxy of our own: the address that counts for sign-in limits is the one it forwards. */
  readonly trustProxy: boolean
  /** Folder where the compiled style sheet is kept between starts. */
  readonly styleCache: string
  /** ODS code to name, as nurses say it. */
  readonly siteNames: Readonly<Record<string, string>>
  /** How many set-aside attendances of each day are read again; 0 where none is. */
  readonly sampleSize: number
  /** Whom to ring when a referral does not arrive, as nurses read it; null where none is set. */
  readonly phoneFallback: string | null
  /** What every printed page and every file that leaves Wren says of how to handle it. */
  readonly marking: string
  /** Whom to ask for help, such as a telephone extension; null where none is set. */
  readonly helpContact: string | null
}

export interface DemoSignIn {
  readonly username: string
  readonly password: string
  readonly name: string
  readonly role: Role
}

/** Told of what happens, for the metrics. No hook is given a person, a name or an address. */
export interface WebHooks {
  onSignInFailure(reason: 'wrong' | 'limited'): void
  onDecision(outcome: ReviewOutcome): void
  onExport(format: ExportFormat): void
  /** `route` is the template, such as /flags/:id. */
  onRequest(request: {
    readonly method: string
    readonly route: string
    readonly status: number
    readonly seconds: number
  }): void
}

/** All that a page may use. */
export interface Wren {
  readonly ports: WebPorts
  readonly settings: WebSettings
  readonly hooks: WebHooks
  readonly log: Logger
  readonly newId: () => string
}
