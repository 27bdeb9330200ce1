import { type Selectable, sql, type Transaction } from 'kysely'
import { z } from 'zod'
import {
  checkMove,
  type Evidence,
  evidenceNames,
  isPathway,
  type ProposedMove,
} from '../../referral/referral-evidence.ts'
import type { ReferralState } from '../../referral/referral-state.ts'
import type { RecordedMove } from '../../services/referral-port.ts'
import type { OutboxTable, ReferralMoveTable } from './referral-tables.ts'
import type { Tables } from './tables.ts'

export interface Moving extends ProposedMove {
  readonly id: string
  readonly who: string
  /** An ISO instant; the database's own time unless given. */
  readonly at?: string
  readonly reportId?: string
  /** Something newer was reported before: the move is kept, and what the referral tells of itself stays. */
  readonly isLate?: boolean
}

const evidenceSchema = z.partialRecord(
  z.enum(Object.keys(evidenceNames).filter(name => isEvidenceName(name))),
  z.string(),
)

/** What a move makes of a referral: where its row is, and of which flag. */
export interface MadeMove {
  readonly flagId: string
}

/**
 * Makes one move by the table of a referral's states and writes it down, under a lock on its row; null where the
 * table has none. Only move-referral.ts asks for it: what becomes of other revisions is decided there.
 */
export async function makeMove(transaction: Transaction<Tables>, moving: Moving): Promise<MadeMove | null> {
  const row = await transaction
    .selectFrom('outbox')
    .select(['state', 'flag_id'])
    .where('referral_id', '=', moving.id)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) return null
  const checked = checkMove(row.state, moving)
  if (checked.kind === 'lacking') {
    throw new Error(`the move ${moving.move} was made without ${checked.evidence.join(' and ')}`)
  }
  if (checked.kind === 'refused') return null
  await transaction
    .updateTable('outbox')
    .set({
      ...(moving.isLate === true ? {} : columnsAfter(moving)),
      state: checked.state,
      state_since: atOf(moving),
      next_look_at: null,
    })
    .where('referral_id', '=', moving.id)
    .execute()
  await recordMove(transaction, { ...moving, from: row.state, to: checked.state })
  return { flagId: row.flag_id }
}

/** Writes a move down; the caller has moved the row. */
export async function recordMove(
  transaction: Transaction<Tables>,
  moved: Moving & { readonly from: ReferralState; readonly to: ReferralState },
): Promise<void> {
  await transaction
    .insertInto('referral_move')
    .values({
      referral_id: moved.id,
      move: moved.move,
      from_state: moved.from,
      to_state: moved.to,
      by_kind: moved.by,
      who: moved.who,
      at: atOf(moved),
      evidence: JSON.stringify(moved.evidence),
      report_id: moved.reportId ?? null,
    })
    .execute()
}

export function readMove(row: Selectable<ReferralMoveTable>): RecordedMove {
  return {
    move: row.move,
    from: row.from_state,
    to: row.to_state,
    by: row.by_kind,
    who: row.who,
    at: row.at,
    evidence: readEvidence(row.evidence),
  }
}

type Columns = Partial<
  Pick<
    OutboxTable,
    'problem' | 'portal_reference' | 'delivered_at' | 'acknowledged_at' | 'lease_token' | 'locked_until'
  >
>

/** What a move tells of the referral itself. Words of what went wrong stand until something went well. */
function columnsAfter(moving: Moving): Columns | object {
  const { move, evidence } = moving
  const free = { lease_token: null, locked_until: null }
  switch (move) {
    case 'tryLater':
    case 'handOver':
    case 'fail':
    case 'park':
      return { ...free, problem: evidence.problem ?? null }
    case 'deliver':
      return { ...free, problem: null, delivered_at: atOf(moving) }
    case 'acknowledge':
      return {
        ...free,
        problem: null,
        portal_reference: evidence.reference ?? null,
        delivered_at: sql<string>`coalesce(delivered_at, ${atOf(moving)})`,
        acknowledged_at: atOf(moving),
      }
    case 'decline':
      return { problem: evidence.reason ?? null }
    case 'accept':
      return { problem: null }
    case 'retry':
      return { next_attempt_at: sql<string>`now()`, queued_at: sql<string>`now()` }
    case 'setPathway': {
      const { pathway = '', nextReview = '' } = evidence
      return {
        pathway: isPathway(pathway) ? pathway : null,
        next_review: nextReview === '' ? null : nextReview,
      }
    }
    case 'cancel':
    case 'supersede':
    case 'stepDown':
    case 'authorise':
    case 'queue':
    case 'send':
      return {}
    default:
      throw new Error(`no columns for move ${move satisfies never}`)
  }
}

function atOf({ at }: Pick<Moving, 'at'>) {
  return at === undefined ? sql<string>`now()` : sql<string>`${at}::timestamptz`
}

function readEvidence(json: unknown): Evidence {
  return Object.fromEntries(
    Object.entries(evidenceSchema.parse(json)).flatMap(([name, text]) =>
      text === undefined ? [] : [[name, text]],
    ),
  )
}

function isEvidenceName(name: string): name is keyof typeof evidenceNames {
  return Object.hasOwn(evidenceNames, name)
}
