import { type Kysely, sql } from 'kysely'
import type { FoundLate, RuleAge } from '../../review/found-late.ts'
import { defaultRepeatRule, type RepeatRule } from '../../review/repeat-attendance.ts'
import { eventIdOf } from '../../services/event-id.ts'
import type { KnownReceipt, ReceivedBy, ReplayStore } from '../../services/replay-port.ts'
import { appendAudit } from './audit-store.ts'
import { foldRereads } from './fold-rereads.ts'
import { inTransaction } from './in-transaction.ts'
import type { Tables } from './tables.ts'

/** What reading history again needs to know, and what it leaves behind. */
export function replayStore(database: Kysely<Tables>, rule: RepeatRule = defaultRepeatRule): ReplayStore {
  return {
    rememberRules: async (rules, at) => {
      await sql`
        insert into rule_seen
        select seen.rule, seen.sha256, ${at}
        from jsonb_to_recordset(${JSON.stringify(rules)}::jsonb) as seen (rule text, sha256 text)
        on conflict do nothing`.execute(database)
    },
    ruleAges: () => readRuleAges(database),
    received: period => readReceived(database, period),
    receivedBelow: async ({ channel, stream, partition }, { below, from, to }) => {
      const found = await sql<{ messages: number; lastAt: string | null }>`
        select count(*) as messages, max(received_at) as "lastAt" from receipt
        where channel = ${channel} and stream = ${stream} and partition = ${partition}
          and channel like 'kafka:%' and position::bigint < ${below}
          and received_at >= ${from} and received_at < coalesce(${to}::timestamptz, 'infinity')`.execute(
        database,
      )
      return found.rows[0] ?? { messages: 0, lastAt: null }
    },
    begin: ({ id, startedAt, startedBy, from, to, rulesetVersion }, audit) =>
      inTransaction(database, async transaction => {
        await sql`
          insert into replay_run (id, started_at, started_by, from_at, to_at, ruleset_version)
          values (${id}, ${startedAt}, ${startedBy}, ${from}, ${to}, ${rulesetVersion})`.execute(transaction)
        await appendAudit(transaction, [audit])
      }),
    receipts: deliveries => readReceipts(database, deliveries),
    fold: folding => foldRereads(database, folding, rule),
    end: async ({ id, at, read, found }) => {
      await sql`
        update replay_run set ended_at = ${at}, messages_read = ${read}, flags_found = ${found}
        where id = ${id}`.execute(database)
    },
    countFoundLate: async ({ day, since }) => {
      const found = await sql<{ flags: number }>`
        select count(distinct found_late.flag_id) as flags
        from found_late
        cross join lateral (select arrived_at from flag where flag.id = found_late.flag_id offset 0) as flag
        where found_late.found_at > ${since}
          and flag.arrived_at >= ${day}::date::timestamp at time zone 'Europe/London'
          and flag.arrived_at < (${day}::date + 1)::timestamp at time zone 'Europe/London'`.execute(database)
      return found.rows[0]?.flags ?? 0
    },
    foundLate: flagIds => readFoundLate(database, flagIds),
  }
}

async function readRuleAges(database: Kysely<Tables>): Promise<ReadonlyMap<string, RuleAge>> {
  const found = await sql<RuleAge & { rule: string }>`
    select rule, min(first_seen_at) as "addedAt", max(first_seen_at) as "changedAt"
    from rule_seen group by rule`.execute(database)
  return new Map(found.rows.map(({ rule, addedAt, changedAt }) => [rule, { addedAt, changedAt }]))
}

async function readReceived(
  database: Kysely<Tables>,
  { from, to }: Parameters<ReplayStore['received']>[0],
): Promise<readonly ReceivedBy[]> {
  const zone = (instant: string) => sql`(${instant}::timestamptz at time zone 'Europe/London')::date`
  // The days are what the index knows; the moments cut the first and the last of them.
  const found = await sql<ReceivedBy>`
    select channel, stream, partition, count(*) as messages,
      case when channel like 'kafka:%' then min(case when channel like 'kafka:%' then position::bigint end)::text end
        as first,
      case when channel like 'kafka:%' then max(case when channel like 'kafka:%' then position::bigint end)::text end
        as last
    from receipt
    where day >= ${zone(from)} and received_at >= ${from}
      and received_at < coalesce(${to}::timestamptz, 'infinity')
    group by channel, stream, partition order by channel, stream, partition`.execute(database)
  return found.rows
}

async function readReceipts(
  database: Kysely<Tables>,
  deliveries: Parameters<ReplayStore['receipts']>[0],
): Promise<ReadonlyMap<string, KnownReceipt>> {
  const ids = deliveries.map(delivery => eventIdOf(delivery, 'receipt'))
  const found = await sql<KnownReceipt & { eventId: string }>`
    select event_id as "eventId", outcome, body_sha256 as "bodySha256", received_at as "receivedAt"
    from receipt where event_id = any(${ids})`.execute(database)
  return new Map(found.rows.map(({ eventId, ...receipt }) => [eventId, receipt]))
}

async function readFoundLate(
  database: Kysely<Tables>,
  flagIds: readonly string[],
): Promise<ReadonlyMap<string, readonly FoundLate[]>> {
  const found = await sql<FoundLate & { flagId: string }>`
    select flag_id as "flagId", rule, rule_name as "ruleName", reason, day
    from found_late where flag_id = any(${[...flagIds]}) order by found_at, rule`.execute(database)
  return Map.groupBy(found.rows, ({ flagId }) => flagId)
}
