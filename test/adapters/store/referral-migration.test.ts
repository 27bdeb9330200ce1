import { Kysely, PostgresDialect, sql } from 'kysely'
import { Pool } from 'pg'
import { expect, test } from 'vitest'
import * as moves from '../../../src/adapters/store/migrations/0014-referral-moves.ts'
import * as forms from '../../../src/adapters/store/migrations/0015-referral-forms.ts'
import * as outcomes from '../../../src/adapters/store/migrations/0016-referral-outcomes.ts'
import { authoriseReferral } from '../../world/authorise-referral.ts'
import { openTestDatabase } from '../../world/database.ts'

/** Puts the tables of referrals back to what they were before moves were kept. */
const asBefore = [
  'drop table referral_move cascade',
  'drop function refuse_referral_move_change cascade',
  'drop table referral_draft, assessment_form',
  'alter table referral drop column destination',
  'drop index outbox_unfinished, outbox_open',
  `alter table outbox drop column state_since, drop column sent_at, drop column acknowledged_at,
     drop column pathway, drop column next_review`,
  "create index outbox_unfinished on outbox (next_attempt_at) where state in ('queued', 'sending')",
  "create index outbox_open on outbox (queued_at) where state <> 'delivered'",
]

test.each([
  ['queued', 'queued', ['authorise']],
  ['sending', 'sent', ['authorise']],
  ['delivered', 'acknowledged', ['authorise', 'acknowledge']],
  ['refused', 'failed', ['authorise']],
  ['parked', 'parked', ['authorise']],
])(
  'a referral that was %s before moves were kept is %s afterwards, with what is known of it',
  async (was, is, known) => {
    await using test = await openTestDatabase()
    const { id, bodySha256 } = await authoriseReferral(test.store)
    const client = await test.connect()
    for (const statement of asBefore) await client.query(statement)
    const delivered = was === 'delivered' ? "delivered_at = now(), portal_reference = 'GS-7'," : ''
    await client.query(`update outbox set ${delivered} state = '${was}', attempts = 1`)

    const database = new Kysely<unknown>({
      dialect: new PostgresDialect({ pool: new Pool({ connectionString: test.connectionString, max: 1 }) }),
    })
    try {
      for (const { up } of [moves, forms, outcomes]) await up(database)
      await sql`select 1`.execute(database)
    } finally {
      await database.destroy()
    }

    const status = await test.store.referrals.status(id)
    expect(status).toMatchObject({ state: is, destination: 'get-safe', pathway: null })
    const told = await test.store.referrals.moves(id)
    expect(told.map(({ move }) => move)).toEqual(known)
    expect(told[0]).toMatchObject({ by: 'nurse', who: 'asha.patel', evidence: { bodySha256 } })
    if (was === 'delivered') expect(status?.portalReference).toBe('GS-7')
  },
)
