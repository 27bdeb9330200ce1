import { type Kysely, sql } from 'kysely'
import type { AwaitedReferral, AwaitedStore } from '../../services/awaited-port.ts'
import type { Tables } from './tables.ts'

/** A receiver is first asked so long after a referral came into its state: most answer at once or by a call-back. */
const firstLookSeconds = 30
/** However long nothing has come, the next look is no later. */
const lookSecondsMax = 6 * 3_600

/**
 * Referrals of which the receiver is to be asked. Only the database's clock decides. Taking one puts off its next
 * look in the same statement, so that two askers never take the same one and a dead one holds nothing.
 */
export function awaitedStore(database: Kysely<Tables>): AwaitedStore {
  return {
    takeDue: async ({ destinations, limit, days }) => {
      const taken = await sql<AwaitedReferral>`
        with due as (
          select outbox.referral_id, referral.destination
          from outbox join referral on referral.id = outbox.referral_id
          where outbox.state in ('delivered', 'acknowledged', 'accepted', 'outcome')
            and referral.destination = any(${[...destinations]})
            and coalesce(outbox.next_look_at, outbox.state_since + ${firstLookSeconds} * interval '1 second') <= now()
            and greatest(outbox.state_since, outbox.next_review::timestamptz) > now() - ${days} * interval '1 day'
          order by outbox.next_look_at nulls first, outbox.state_since
          for update of outbox skip locked
          limit ${limit}
        ), put_off as (
          update outbox set next_look_at = now() + least(${lookSecondsMax} * interval '1 second',
            greatest(${firstLookSeconds} * interval '1 second', (now() - state_since) / 4)) * (0.75 + random() / 2)
          from due where outbox.referral_id = due.referral_id
        )
        select referral_id as id, destination from due`.execute(database)
      return taken.rows
    },
  }
}
