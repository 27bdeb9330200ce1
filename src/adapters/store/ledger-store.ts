import { type Kysely, sql } from 'kysely'
import type { Format } from '../../attendance/attendance.ts'
import { ledgerOutcomes } from '../../review/ledger.ts'
import { defaultRepeatRule, type RepeatRule } from '../../review/repeat-attendance.ts'
import type { LedgerStore } from '../../services/ledger-port.ts'
import { deadLetterStore } from './dead-letter-store.ts'
import { findAttendances, readOffsetRanges } from './prove-day.ts'
import { readUnreadable } from './read-unreadable.ts'
import type { Tables } from './tables.ts'

export function ledgerStore(database: Kysely<Tables>, rule: RepeatRule = defaultRepeatRule): LedgerStore {
  return {
    dayCounts: async day => {
      const rows = await database
        .selectFrom('receipt')
        // Counted apart from the outcomes: a message without one must show as a difference.
        .select(({ fn }) => ['source', 'site', fn.countAll<number>().as('received')])
        .select(
          sql<Format[]>`coalesce(array_agg(distinct format) filter (where format is not null), '{}')`.as(
            'formats',
          ),
        )
        .select(({ fn }) =>
          ledgerOutcomes.map(outcome =>
            fn.countAll<number>().filterWhere('outcome', '=', outcome).as(outcome),
          ),
        )
        .where('day', '=', day)
        .groupBy(['source', 'site'])
        .orderBy('source')
        .orderBy('site')
        .execute()
      return rows.map(({ source, site, formats, received, ...counts }) => ({
        source,
        site,
        formats,
        received,
        counts,
      }))
    },
    offsetRanges: day => readOffsetRanges(database, day),
    findAttendances: query => findAttendances(database, query),
    ...deadLetterStore(database, rule),
    deadLetters: page => readUnreadable(database, { which: sql`settled_at is null`, ...page }),
    feed: async day => {
      const sources = await lastReceivedBySource(database)
      const today = await database
        .selectFrom('receipt')
        .select(({ fn }) => fn.countAll<number>().as('received'))
        .where('day', '=', day)
        .executeTakeFirst()
      return {
        lastReceivedAt:
          sources
            .map(source => source.at)
            .toSorted(Temporal.Instant.compare)
            .at(-1) ?? null,
        receivedToday: today?.received ?? 0,
      }
    },
    lastReceivedBySource: () => lastReceivedBySource(database),
    withoutText: async day => {
      const rows = await database
        .selectFrom('receipt')
        .select(['source', 'attendance_id', 'arrived_at'])
        .where('day', '=', day)
        .where('without_text', '=', true)
        .where('outcome', '<>', 'duplicate')
        .orderBy('received_at')
        .execute()
      return rows.flatMap(({ source, attendance_id, arrived_at }) =>
        attendance_id === null ? [] : [{ source, attendanceId: attendance_id, arrivedAt: arrived_at }],
      )
    },
    partsUnread: async day => {
      const rows = await database
        .selectFrom('receipt')
        .select(['source', 'attendance_id', 'arrived_at', 'parts_unread'])
        .where('day', '=', day)
        .where('parts_unread', '>', 0)
        .where('outcome', '<>', 'duplicate')
        .orderBy('received_at')
        .execute()
      return rows.flatMap(({ source, attendance_id, arrived_at, parts_unread }) =>
        attendance_id === null
          ? []
          : [{ source, attendanceId: attendance_id, arrivedAt: arrived_at, parts: parts_unread }],
      )
    },
  }
}

/** Hops from source to source along the index: a million receipts of one source cost one step. */
async function lastReceivedBySource(
  database: Kysely<Tables>,
): Promise<readonly { readonly source: string; readonly at: string }[]> {
  const found = await sql<{ source: string; at: string }>`
    with recursive sources as (
      (select source from receipt order by source limit 1)
      union all
      select (select receipt.source from receipt where receipt.source > sources.source order by receipt.source limit 1)
      from sources where sources.source is not null
    )
    select source, (select max(received_at) from receipt where receipt.source = sources.source) as at
    from sources where source is not null order by source`.execute(database)
  return found.rows
}
