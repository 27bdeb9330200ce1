import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import { moveBackTo, type ReviewMove } from '../../review/review-state.ts'
import type { AuditEntry } from '../../services/people.ts'
import type { Saved } from '../../services/ports.ts'
import type { HeldFlag, ReviewWorkStore } from '../../services/review-work-port.ts'
import { saveLines } from './checklist-rows.ts'
import { inTransaction } from './in-transaction.ts'
import { type Move, moveFlag } from './move-flag.ts'
import type { FlagTable } from './review-tables.ts'
import type { Tables } from './tables.ts'

export function reviewWorkStore(database: Kysely<Tables>): ReviewWorkStore {
  const move = (moving: Move): Promise<Saved> =>
    inTransaction(database, transaction => moveFlag(transaction, moving))
  return {
    touch: async ({ who, at }) => {
      await database
        .updateTable('flag')
        .set({ active_at: at })
        .where('claimed_by', '=', who)
        .where('state', '=', 'in-review')
        .execute()
    },
    lapse: ({ idleSince, at }) =>
      inTransaction(database, async transaction => {
        const audit = { at, who: 'wren', role: 'system', did: lapsed, why: null } as const
        return giveBack(transaction, { rows: await lapsedRows(transaction, idleSince), audit })
      }),
    releaseAll: ({ who, audit }) =>
      inTransaction(database, async transaction => {
        const rows = await heldRows(transaction).where('claimed_by', '=', who).execute()
        return giveBack(transaction, { rows, audit })
      }),
    heldBy: who =>
      database
        .selectFrom('flag')
        .select(['id as flagId', 'version'])
        .where('state', '=', 'in-review')
        .where('claimed_by', '=', who)
        .orderBy('id')
        .execute(),
    next: query => readNext(database, query),
    skip: act => move({ ...act, move: goBack, becomes: { skipped_by: act.audit.who, skipped_at: act.at } }),
    handOver: ({ to, note, ...act }) =>
      move({
        ...act,
        move: 'handOver',
        becomes: {
          skipped_by: null,
          skipped_at: null,
          handed_to: to,
          handed_by: act.audit.who,
          handed_at: act.at,
          handed_note: note,
        },
      }),
    recordActions: act => inTransaction(database, transaction => recordActions(transaction, act)),
    takeBack: act => inTransaction(database, transaction => takeBack(transaction, act)),
    viewers: query => readViewers(database, query),
  }
}

const lapsed = 'claim lapsed'

/** A flag given back without an outcome goes to where it was taken from. */
export function goBack({ claimed_from }: Selectable<FlagTable>): ReviewMove {
  return moveBackTo(claimed_from)
}

async function recordActions(
  transaction: Transaction<Tables>,
  { lines, ...act }: Parameters<ReviewWorkStore['recordActions']>[0],
): Promise<Saved> {
  const held = await transaction
    .selectFrom('flag')
    .select(['state', 'claimed_by'])
    .where('id', '=', act.flagId)
    .forUpdate()
    .executeTakeFirst()
  const isHeld = held?.state === 'in-review' && held.claimed_by !== null
  return moveFlag(transaction, {
    ...act,
    move: 'recordActions',
    ...(isHeld && held.claimed_by !== null ? { becomes: { claimedBy: held.claimed_by } } : {}),
    also: () => saveLines(transaction, { flagId: act.flagId, lines, by: act.audit.who, at: act.at }),
  })
}

async function takeBack(
  transaction: Transaction<Tables>,
  { decisionId, ...act }: Parameters<ReviewWorkStore['takeBack']>[0],
): Promise<Saved> {
  return moveFlag(transaction, {
    ...act,
    move: 'takeBack',
    becomes: { claimedBy: act.audit.who, deferredUntil: null },
    also: async () => {
      await transaction
        .updateTable('decision')
        .set({ taken_back_by: act.audit.who, taken_back_at: act.at, taken_back_why: act.audit.why })
        .where('id', '=', decisionId)
        .where('flag_id', '=', act.flagId)
        .where('taken_back_at', 'is', null)
        .execute()
    },
  })
}

function heldRows(transaction: Transaction<Tables>) {
  return transaction.selectFrom('flag').selectAll().where('state', '=', 'in-review').orderBy('id').forUpdate()
}

/** What another transaction is changing at this moment is not idle. */
async function lapsedRows(
  transaction: Transaction<Tables>,
  idleSince: string,
): Promise<readonly Selectable<FlagTable>[]> {
  return heldRows(transaction).where('active_at', '<=', idleSince).skipLocked().execute()
}

async function giveBack(
  transaction: Transaction<Tables>,
  { rows, audit }: { rows: readonly Selectable<FlagTable>[]; audit: Omit<AuditEntry, 'what'> },
): Promise<number> {
  for (const { id, version } of rows)
    await moveFlag(transaction, {
      flagId: id,
      version,
      at: audit.at,
      move: goBack,
      audit: { ...audit, what: id },
    })
  return rows.length
}

async function readNext(
  database: Kysely<Tables>,
  { who, role, limit }: Parameters<ReviewWorkStore['next']>[0],
): Promise<readonly HeldFlag[]> {
  const found = await sql<HeldFlag>`
    select id as "flagId", version from flag
    where state = 'to-review'
    order by coalesce(handed_to not in (${who}, ${`team:${role}`}), false), skipped_at nulls first,
      fell_due desc, coalesce(handed_to in (${who}, ${`team:${role}`}), false) desc, band, arrived_at, id
    limit ${limit}`.execute(database)
  return found.rows
}

async function readViewers(
  database: Kysely<Tables>,
  { flagIds, since }: Parameters<ReviewWorkStore['viewers']>[0],
): ReturnType<ReviewWorkStore['viewers']> {
  const found = await sql<{ flagId: string; who: string; at: string }>`
    select asked.id as "flagId", seen.who, seen.at
    from unnest(${[...flagIds]}::text[]) as asked (id)
    cross join lateral (
      select who, max(at) as at from audit_entry
      where what = asked.id and did = 'opened flag' and at >= ${since}::timestamptz
      group by who
    ) as seen
    order by seen.at desc`.execute(database)
  return found.rows
}
