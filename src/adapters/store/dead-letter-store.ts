import { type Kysely, sql } from 'kysely'
import type { Format } from '../../attendance/attendance.ts'
import type { RepeatRule } from '../../review/repeat-attendance.ts'
import type { LedgerStore } from '../../services/ledger-port.ts'
import { batchOf } from '../../services/screening.ts'
import { appendAudit } from './audit-store.ts'
import { inTransaction } from './in-transaction.ts'
import { recordScreenings } from './screening-store.ts'
import type { Tables } from './tables.ts'

type DeadLetterPort = Pick<LedgerStore, 'deadLetter' | 'replaceUnreadable'>

/** One unreadable message with its bytes, and its way out of the dead letters once it can be read. */
export function deadLetterStore(database: Kysely<Tables>, rule: RepeatRule): DeadLetterPort {
  return {
    deadLetter: eventId => readDeadLetter(database, eventId),
    replaceUnreadable: ({ eventId, screening, audit }) =>
      inTransaction(database, async transaction => {
        const removed = await transaction
          .deleteFrom('dead_letter')
          .where('event_id', '=', eventId)
          .returning('event_id')
          .executeTakeFirst()
        // Somebody else was faster: what they made of it stands.
        if (removed === undefined) return null
        const { receipt } = screening
        await transaction
          .deleteFrom('receipt')
          .where('event_id', '=', receipt.eventId)
          .where('outcome', '=', 'unreadable')
          .execute()
        const [outcome] = await recordScreenings(transaction, batchOf([screening]), rule)
        await appendAudit(transaction, [audit])
        return outcome ?? null
      }),
  }
}

async function readDeadLetter(
  database: Kysely<Tables>,
  eventId: string,
): ReturnType<DeadLetterPort['deadLetter']> {
  const letter = await database
    .selectFrom('dead_letter')
    .selectAll()
    .where('event_id', '=', eventId)
    .executeTakeFirst()
  if (letter === undefined) return null
  const { channel, stream, partition, position, received_at, reason, problem, bytes } = letter
  const receipt = await sql<{ format: Format | null; source: string }>`
    select format, source from receipt where channel = ${channel} and stream = ${stream} and partition = ${partition}
      and position = ${position} and outcome = 'unreadable'`.execute(database)
  const [told] = receipt.rows
  return {
    eventId,
    source: told?.source ?? stream,
    delivery: { channel, stream, partition, offset: position, receivedAt: received_at },
    ...{ reason, problem, bytes, format: told?.format ?? null },
  }
}
