import { Counter, Gauge, Histogram, type Registry } from 'prom-client'

const seconds = {
  /** 0.5 ms to 0.5 s: a note of ordinary length takes well under one millisecond. */
  scan: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5],
  /** From a message just sent to one that waited while a site was closed for a day. */
  endToEnd: [0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3_600, 86_400],
  answer: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
}

/**
 * Every metric of Wren, declared once. docs/on-call.md says what to do when one of them alarms. Labels hold no
 * patient and nothing unbounded: `rule` and `theme` are bounded by the ruleset, `source` and `route` by
 * `boundLabel`, the rest by tables in the program.
 */
export function declareMetrics(registry: Registry) {
  const registers = [registry]
  const counter = <const Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Counter({ name, help, labelNames: [...labelNames], registers })
  const gauge = <const Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Gauge({ name, help, labelNames: [...labelNames], registers })
  const histogram = <const Label extends string>(
    name: string,
    help: string,
    { labelNames, buckets }: { labelNames: readonly Label[]; buckets: number[] },
  ) => new Histogram({ name, help, labelNames: [...labelNames], buckets, registers })

  return {
    buildInfo: gauge('wren_build_info', 'Always 1: which version of Wren runs, on which Node', [
      'version',
      'node',
    ]),
    rulesInfo: gauge('wren_rules_info', 'Always 1: the ruleset in use in this process', ['rules_version']),

    received: counter('wren_attendances_received_total', 'Messages read, by source and kind', [
      'source',
      'kind',
    ]),
    screened: counter('wren_attendances_scanned_total', 'Messages with an outcome in the ledger', [
      'outcome',
    ]),
    ruleMatches: counter(
      'wren_rule_matches_total',
      'Attendances in which a rule, live or on trial, has a mention that is not set aside',
      ['rule', 'theme', 'status'],
    ),
    mentions: counter('wren_mentions_total', 'Mentions found, by what they do to the flag and why', [
      'rule',
      'standing',
      'reason',
    ]),
    scanDuration: histogram('wren_scan_duration_seconds', 'Time to scan one attendance', {
      labelNames: [],
      buckets: seconds.scan,
    }),
    endToEnd: histogram('wren_end_to_end_seconds', 'From the event at its source to a saved outcome', {
      labelNames: [],
      buckets: seconds.endToEnd,
    }),
    lastMessage: gauge('wren_last_message_timestamp_seconds', 'When the newest message was received', [
      'source',
    ]),
    deadLetters: counter(
      'wren_dead_letters_total',
      'Messages kept as they came because they cannot be read',
      ['reason'],
    ),

    lagMessages: gauge('wren_consumer_lag_messages', 'Messages in the partition not yet screened', [
      'group',
      'topic',
      'partition',
    ]),
    lagSeconds: gauge(
      'wren_consumer_lag_seconds',
      'Time since the event of the last message with a durable outcome; 0 where none waits',
      ['group', 'topic', 'partition'],
    ),
    rebalances: counter(
      'wren_consumer_rebalances_total',
      'Times the consumer group shared out its work anew',
      ['group'],
    ),
    commitFailures: counter('wren_commit_failures_total', 'Offsets that could not be committed', ['topic']),

    unaccounted: gauge(
      'wren_unaccounted_attendances',
      'Messages without an outcome in the ledger, or numbered by the stream and without a receipt',
      ['day_age'],
    ),
    queueItems: gauge('wren_queue_items', 'Flags by state of review', ['status']),
    oldestUnreviewed: gauge(
      'wren_queue_oldest_unreviewed_age_seconds',
      'Time the longest-waiting flag of the band has been unreviewed; 0 where none waits',
      ['band'],
    ),
    lastSignOff: gauge(
      'wren_last_sign_off_timestamp_seconds',
      'When a day was last signed off; 0 where none ever was',
      [],
    ),
    referrals: gauge('wren_referrals', 'Referrals by state of delivery', ['state']),
    referralAttempts: counter(
      'wren_referral_attempts_total',
      'Attempts to hand a referral over, by what came of it',
      ['outcome'],
    ),
    receiversAsked: counter(
      'wren_receivers_asked_total',
      'Times a receiver was asked about a referral that it has, by what it told',
      ['told'],
    ),
    receiverReports: counter(
      'wren_receiver_reports_total',
      'What receivers told of referrals later, by the way it came and what became of it',
      ['way', 'outcome'],
    ),
    callBacksRefused: counter('wren_call_backs_refused_total', 'Call-backs turned away, by reason', [
      'reason',
    ]),
    bankHolidaysUntil: gauge(
      'wren_bank_holidays_until_timestamp_seconds',
      'Until when the bank holidays of England are known, by which referrals fall due',
      [],
    ),
    decisions: counter('wren_decisions_total', 'Decisions of nurses, by outcome', ['outcome']),
    exports: counter('wren_exports_total', 'Lists taken out of Wren, by format', ['format']),
    signInFailures: counter('wren_sign_in_failures_total', 'Sign-ins refused', ['reason']),

    storeWrite: histogram('wren_store_write_duration_seconds', 'Time to save in the database', {
      labelNames: ['operation'],
      buckets: seconds.answer,
    }),
    httpRequest: histogram('http_request_duration_seconds', 'Time to answer a request', {
      labelNames: ['method', 'route', 'status_class'],
      buckets: seconds.answer,
    }),
  }
}

export type MetricFamilies = ReturnType<typeof declareMetrics>
