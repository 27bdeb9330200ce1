import type { Kysely } from 'kysely'
import { referralStates, turns } from '../../referral/referral-state.ts'
import type { ReferralStore } from '../../services/referral-port.ts'
import { appendAudit } from './audit-store.ts'
import { inTransaction } from './in-transaction.ts'
import { moveReferral } from './move-referral.ts'
import { readMove } from './referral-moves.ts'
import { statusOf, statusQuery } from './referral-status.ts'
import type { Tables } from './tables.ts'
import { takeInReport } from './take-in-report.ts'

const open = referralStates.filter(state => turns[state] !== 'nobody')

/** What people and receivers do with referrals; what the forwarder does is in outbox-store.ts. */
export function referralStore(database: Kysely<Tables>): ReferralStore {
  return {
    status: async id => {
      const row = await statusQuery(database).where('outbox.referral_id', '=', id).executeTakeFirst()
      return row === undefined ? null : statusOf(row)
    },
    open: async limit => {
      const rows = await statusQuery(database)
        .where('outbox.state', 'in', open)
        .orderBy('outbox.state_since')
        .limit(limit)
        .execute()
      return rows.map(statusOf)
    },
    moves: async id => {
      const rows = await database
        .selectFrom('referral_move')
        .selectAll()
        .where('referral_id', '=', id)
        .orderBy('sequence')
        .execute()
      return rows.map(readMove)
    },
    move: ({ id, move, evidence, audit }) =>
      inTransaction(database, async transaction => {
        const by = { by: 'nurse', who: audit.who, at: audit.at } as const
        if (!(await moveReferral(transaction, { id, move, evidence, ...by }))) return 'refused'
        await appendAudit(transaction, [audit])
        return 'saved'
      }),
    report: report => inTransaction(database, transaction => takeInReport(transaction, report)),
  }
}
