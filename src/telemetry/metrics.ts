import { collectDefaultMetrics, Registry } from 'prom-client'
import { type AttendanceKind, type UnreadableReason, unreadableReasons } from '../attendance/attendance.ts'
import type { LookUp } from '../referral/delivery.ts'
import { outcomes, type ReviewOutcome } from '../review/decision.ts'
import { type LedgerOutcome, ledgerOutcomes } from '../review/ledger.ts'
import type { Mention } from '../scan/mention.ts'
import { type ExportFormat, exportFormats } from '../services/export-port.ts'
import type { Clock } from '../services/ports.ts'
import {
  type CallBackRefusal,
  callBackRefusals,
  type TakenReport,
  takenReports,
} from '../services/take-report.ts'
import { type AttemptOutcome, attemptOutcomes } from './attempt-outcomes.ts'
import { boundLabel } from './bounded-label.ts'
import { countMentions } from './count-mentions.ts'
import { inTime } from './in-time.ts'
import { declareMetrics, type MetricFamilies } from './metric-families.ts'
import type { StoreFigures } from './store-figures.ts'

/** A partition of a topic as one consumer group reads it. */
export interface ConsumedPartition {
  readonly group: string
  readonly topic: string
  readonly partition: number
}

/** How what a receiver tells later comes to Wren. */
export const reportWays = ['asked', 'call-back'] as const
export type ReportWay = (typeof reportWays)[number]

export const signInFailures = ['refused', 'too_many_attempts'] as const
export type SignInFailure = (typeof signInFailures)[number]

/** What the rest of the program tells the metrics. Each function is safe to call with anything a message holds. */
export interface Metrics {
  /** A message was read. `kind` is null where it could not be; `receivedAt` is an ISO instant. */
  received(message: {
    readonly source: string
    readonly kind: AttendanceKind | 'merge' | null
    readonly receivedAt: string
  }): void
  /** A message has its outcome in the ledger. */
  screened(outcome: LedgerOutcome): void
  /** The mentions of one attendance. */
  mentioned(mentions: readonly Mention[]): void
  scanTook(seconds: number): void
  /** From the event at its source to the saved outcome. */
  becameVisibleAfter(seconds: number): void
  deadLettered(reason: UnreadableReason): void
  /** `committedAt` is the time that the last message with a durable outcome carries; null before the first. */
  consumerAt(
    position: ConsumedPartition & { readonly lagMessages: number; readonly committedAt: string | null },
  ): void
  /** Another member of the group reads the partition from now on. */
  consumerLeft(partition: ConsumedPartition): void
  rebalanced(group: string): void
  commitFailed(topic: string): void
  decided(outcome: ReviewOutcome): void
  /** A list was taken out of Wren. */
  exported(format: ExportFormat): void
  signInFailed(reason: SignInFailure): void
  /** A referral was handed to a connector. */
  referralAttempted(outcome: AttemptOutcome): void
  /** A receiver was asked about a referral that it has. */
  receiverAsked(told: LookUp['kind']): void
  /** A receiver told of a referral, when asked or by a call-back. */
  receiverReported(way: ReportWay, outcome: TakenReport): void
  callBackRefused(reason: CallBackRefusal): void
  storeWrote(write: { readonly operation: string; readonly seconds: number }): void
  /** `route` is the route as written in the program, such as `/flags/:id`; null where none answered. */
  answered(answer: {
    readonly method: string
    readonly route: string | null
    readonly statusCode: number
    readonly seconds: number
  }): void
  rulesInUse(rulesVersion: string): void
  /** The last year whose bank holidays are known. */
  bankHolidaysKnown(lastYear: number): void
  /** All metrics as Prometheus reads them. */
  render(): Promise<{ readonly contentType: string; readonly body: string }>
}

export interface MetricsOptions {
  readonly version: string
  readonly clock: Clock
  /** Sources as configured: with them, any other is shown as `other`. */
  readonly sources?: readonly string[]
  /** Reads the database when Prometheus asks. One process of an installation is enough. */
  readonly collect?: () => Promise<StoreFigures>
  /** The database did not answer: its figures are left out of this answer rather than shown stale. */
  readonly collectFailed?: (error: unknown) => void
}

/** As routes are written in the program, `/flags/:id`; an address would have more in it. */
const routeForm = /^\/[A-Za-z0-9._:*/-]{0,80}$/

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

export function makeMetrics({ version, clock, sources, collect, collectFailed }: MetricsOptions): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const families = declareMetrics(registry)
  families.buildInfo.set({ version, node: process.versions.node }, 1)
  startAtZero(families)

  const sourceLabel = boundLabel(sources === undefined ? {} : { known: sources })
  const routeLabel = boundLabel({ distinctMax: 200, form: routeForm })
  const methodLabel = boundLabel({ known: methods })
  const operationLabel = boundLabel()
  const positions = new Map<string, Position>()

  return {
    received({ source, kind, receivedAt }) {
      const label = sourceLabel(source)
      families.received.inc({ source: label, kind: kind ?? 'unknown' })
      families.lastMessage.set({ source: label }, epochSecondsOf(receivedAt))
    },
    screened: outcome => families.screened.inc({ outcome: outcomeLabel(outcome) }),
    mentioned: mentions => countMentions(families, mentions),
    scanTook: seconds => families.scanDuration.observe(seconds),
    becameVisibleAfter(seconds) {
      // A source whose clock runs ahead of ours tells of events still to come.
      if (Number.isFinite(seconds)) families.endToEnd.observe(Math.max(0, seconds))
    },
    deadLettered: reason => families.deadLetters.inc({ reason }),
    consumerAt({ group, topic, partition, lagMessages, committedAt }) {
      const labels = { group, topic, partition }
      positions.set(placeOf(labels), { labels, lagMessages, committedAt })
    },
    consumerLeft: partition => positions.delete(placeOf(partition)),
    rebalanced: group => families.rebalances.inc({ group }),
    commitFailed: topic => families.commitFailures.inc({ topic }),
    decided: outcome => families.decisions.inc({ outcome }),
    exported: format => families.exports.inc({ format }),
    signInFailed: reason => families.signInFailures.inc({ reason }),
    referralAttempted: outcome => families.referralAttempts.inc({ outcome }),
    receiverAsked: told => families.receiversAsked.inc({ told }),
    receiverReported: (way, outcome) => families.receiverReports.inc({ way, outcome }),
    callBackRefused: reason => families.callBacksRefused.inc({ reason }),
    storeWrote: ({ operation, seconds }) =>
      families.storeWrite.observe({ operation: operationLabel(operation) }, seconds),
    answered({ method, route, statusCode, seconds }) {
      const labels = {
        method: methodLabel(method),
        route: route === null ? 'none' : routeLabel(route),
        status_class: `${Math.floor(statusCode / 100)}xx`,
      }
      families.httpRequest.observe(labels, seconds)
    },
    rulesInUse(rulesVersion) {
      families.rulesInfo.reset()
      families.rulesInfo.set({ rules_version: rulesVersion }, 1)
    },
    bankHolidaysKnown(lastYear) {
      const end = Temporal.ZonedDateTime.from(`${lastYear + 1}-01-01T00:00[Europe/London]`)
      families.bankHolidaysUntil.set(end.epochMilliseconds / 1_000)
    },
    async render() {
      showLag()
      if (collect !== undefined) await showFigures(collect)
      return { contentType: registry.contentType, body: await registry.metrics() }
    },
  }

  /** The age of what waits grows while a consumer hangs, so it is worked out when Prometheus asks. */
  function showLag(): void {
    families.lagMessages.reset()
    families.lagSeconds.reset()
    for (const { labels, lagMessages, committedAt } of positions.values()) {
      const behind = committedAt === null || lagMessages === 0 ? 0 : ageOf(committedAt)
      families.lagMessages.set(labels, lagMessages)
      families.lagSeconds.set(labels, behind)
    }
  }

  function ageOf(instant: string): number {
    return Math.max(0, clock.now().epochMilliseconds / 1_000 - epochSecondsOf(instant))
  }

  async function showFigures(read: () => Promise<StoreFigures>): Promise<void> {
    const { queueItems, oldestUnreviewed, referrals, unaccounted } = families
    for (const family of [queueItems, oldestUnreviewed, referrals, unaccounted]) family.reset()
    families.lastSignOff.remove()
    try {
      const figures = await inTime(read())
      for (const [status, count] of Object.entries(figures.queue)) queueItems.set({ status }, count)
      for (const [state, count] of Object.entries(figures.referrals)) referrals.set({ state }, count)
      for (const [band, raisedAt] of Object.entries(figures.oldestUnreviewed)) {
        oldestUnreviewed.set({ band }, raisedAt === null ? 0 : ageOf(raisedAt))
      }
      for (const [dayAge, count] of Object.entries(figures.unaccounted)) {
        unaccounted.set({ day_age: dayAge }, count)
      }
      families.lastSignOff.set(figures.lastSignOff === null ? 0 : epochSecondsOf(figures.lastSignOff))
      for (const { source, at } of newestOfEachLabel(figures.lastReceived)) {
        families.lastMessage.set({ source }, at)
      }
    } catch (error) {
      collectFailed?.(error)
    }
  }

  function newestOfEachLabel(lastReceived: StoreFigures['lastReceived']) {
    const newest = new Map<string, number>()
    for (const { source, at } of lastReceived) {
      const label = sourceLabel(source)
      newest.set(label, Math.max(newest.get(label) ?? 0, epochSecondsOf(at)))
    }
    return [...newest].map(([source, at]) => ({ source, at }))
  }
}

interface Position {
  readonly labels: { group: string; topic: string; partition: number }
  readonly lagMessages: number
  readonly committedAt: string | null
}

function placeOf({ group, topic, partition }: ConsumedPartition): string {
  return JSON.stringify([group, topic, partition])
}

/** A counter that first appears at 1 shows no increase to Prometheus: those with known labels begin at 0. */
function startAtZero(families: MetricFamilies): void {
  for (const outcome of ledgerOutcomes) families.screened.inc({ outcome: outcomeLabel(outcome) }, 0)
  for (const reason of unreadableReasons) families.deadLetters.inc({ reason }, 0)
  for (const outcome of Object.keys(outcomes)) families.decisions.inc({ outcome }, 0)
  for (const format of exportFormats) families.exports.inc({ format }, 0)
  for (const outcome of attemptOutcomes) families.referralAttempts.inc({ outcome }, 0)
  for (const told of ['acknowledged', 'absent'] as const) families.receiversAsked.inc({ told }, 0)
  for (const way of reportWays) {
    for (const outcome of takenReports) families.receiverReports.inc({ way, outcome }, 0)
  }
  for (const reason of callBackRefusals) families.callBacksRefused.inc({ reason }, 0)
  for (const reason of signInFailures) families.signInFailures.inc({ reason }, 0)
}

function outcomeLabel(outcome: LedgerOutcome): string {
  return outcome.replaceAll('-', '_')
}

function epochSecondsOf(instant: string): number {
  return Temporal.Instant.from(instant).epochMilliseconds / 1_000
}
