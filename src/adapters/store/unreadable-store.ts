import { type Kysely, sql } from 'kysely'
import type { ProofStore } from '../../services/proof-port.ts'
import { appendAudit } from './audit-store.ts'
import { inTransaction } from './in-transaction.ts'
import { readUnreadable } from './read-unreadable.ts'
import type { Tables } from './tables.ts'

type UnreadablePort = Pick<ProofStore, 'unreadableOn' | 'countUnreadable' | 'settleUnreadable'>

/** The unreadable messages of a day, and what a person did about them. */
export function unreadableStore(database: Kysely<Tables>): UnreadablePort {
  return {
    unreadableOn: (day, limit) => readUnreadable(database, { which: isOn(day), limit, offset: 0 }),
    countUnreadable: async day => {
      const found = await sql<{ open: number }>`
        select count(*) as open from dead_letter where settled_at is null and ${isOn(day)}`.execute(database)
      return found.rows[0]?.open ?? 0
    },
    settleUnreadable: ({ eventId, audit }) =>
      inTransaction(database, async transaction => {
        const settled = await sql`
          update dead_letter set settled_by = ${audit.who}, settled_at = ${audit.at}, settled_why = ${audit.why}
          where event_id = ${eventId} and settled_at is null`.execute(transaction)
        if (settled.numAffectedRows !== 1n) return 'gone'
        await appendAudit(transaction, [audit])
        return 'saved'
      }),
  }
}

function isOn(day: string) {
  return sql`received_at >= ${day}::date::timestamp at time zone 'Europe/London'
    and received_at < (${day}::date + 1)::timestamp at time zone 'Europe/London'`
}
