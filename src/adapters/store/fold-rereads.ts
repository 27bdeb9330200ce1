import { type Kysely, sql, type Transaction } from 'kysely'
import { londonDayOf } from '../../attendance/instant.ts'
import { flagIdOf } from '../../review/flag-id.ts'
import type { RepeatRule } from '../../review/repeat-attendance.ts'
import type { AuditEntry } from '../../services/people.ts'
import type { FoldedRereads, LateFinding, ReplayStore, Reread } from '../../services/replay-port.ts'
import type { HeldEvent } from '../../services/screening.ts'
import { appendAudit } from './audit-store.ts'
import { type FoldedLate, foldLate } from './fold-late.ts'
import { saveHeld } from './held-rows.ts'
import { saveFlags } from './hold-attendances.ts'
import { inTransaction } from './in-transaction.ts'
import { type LateStanding, lockLateStanding } from './late-standing.ts'
import { liftRepeated } from './lift-repeated.ts'
import { countAsFlagged, recover, repair, takeNotices } from './recount-rereads.ts'
import type { Tables } from './tables.ts'

type Folding = Parameters<ReplayStore['fold']>[0]

/**
 * Takes messages that were read again into what is held, one transaction for all of them. No event id guards it, as
 * one would a delivery: it compares with what is there, so that the second time finds nothing to add. A dry run does
 * the same and takes it back.
 */
export async function foldRereads(
  database: Kysely<Tables>,
  folding: Folding,
  rule: RepeatRule,
): Promise<FoldedRereads> {
  if (!folding.isDry) return inTransaction(database, transaction => foldAll(transaction, folding, rule))
  const transaction = await database.startTransaction().execute()
  try {
    return await foldAll(transaction, folding, rule)
  } finally {
    await transaction.rollback().execute()
  }
}

async function foldAll(
  transaction: Transaction<Tables>,
  folding: Folding,
  rule: RepeatRule,
): Promise<FoldedRereads> {
  const held = inFlagOrder(folding.rereads)
  const standing = await lockLateStanding(transaction, held)
  const found = held.flatMap(each => foldOne(standing, each, folding))
  await saveHeld(transaction, [...changed(found).values()])
  await saveFlags(transaction, flagsOf(found))
  // The run of a dry run is not kept, so nothing can refer to it.
  if (!folding.isDry) await saveFoundLate(transaction, found, folding)
  const repaired = await repair(transaction, folding.rereads)
  const noticed = await takeNotices(transaction, folding.rereads)
  const counted = await countAsFlagged(transaction, folding.rereads)
  const receipts = found.map(({ reread }) => reread.screening.receipt)
  await liftRepeated(transaction, { receipts, held: found.map(({ event }) => event), merged: [] }, rule)
  const recovered = await recover(transaction, folding.rereads, rule)
  await appendAudit(transaction, [...found.flatMap(each => entryOf(each, folding)), ...noticed])
  return { findings: found.map(({ finding }) => finding), counted, recovered, repaired }
}

interface Held {
  readonly id: string
  readonly reread: Reread
  readonly event: HeldEvent
}

interface Found extends Held {
  readonly folded: FoldedLate
  readonly heldAt: string
  readonly finding: LateFinding
}

/** Also moves `standing` on: the next message of the same attendance is compared with what this one left. */
function foldOne(
  standing: Map<string, LateStanding>,
  { id, reread, event }: Held,
  { at }: Folding,
): readonly Found[] {
  const { known, flag } = standing.get(id) ?? { known: null, flag: null }
  const { receivedAt } = reread.before
  const folded = foldLate({ known, flag, version: event.held, receivedAt, at })
  if (folded === null) return []
  const heldAt = known === null ? receivedAt : later(known.heldAt, receivedAt)
  const withdrawn = known?.withdrawn ?? new Map()
  standing.set(id, { known: { held: folded.held, heldAt, withdrawn }, flag: folded.flag })
  const finding = {
    kind: kindOf(flag === null, folded),
    flagId: id,
    day: londonDayOf(event.held.attendance.arrivedAt ?? receivedAt),
    rules: [...new Set(folded.added.map(({ rule }) => rule))],
  }
  return [{ id, reread, event, folded, heldAt, finding }]
}

function kindOf(isNew: boolean, { flag, did }: FoldedLate): LateFinding['kind'] {
  if (flag === null) return 'set-aside'
  if (isNew) return 'raised'
  return did === 'reopened flag: a mention was added' ? 'reopened' : 'added'
}

/** The last change of each attendance: one statement may not write a row twice. */
function changed(found: readonly Found[]) {
  return new Map(found.map(({ id, folded, heldAt }) => [id, { held: folded.held, receivedAt: heldAt }]))
}

function flagsOf(found: readonly Found[]) {
  const last = new Map(found.map(({ id, folded }) => [id, folded]))
  return [...last.values()].flatMap(({ flag, held }) => (flag === null ? [] : [{ flag, held }]))
}

async function saveFoundLate(
  transaction: Transaction<Tables>,
  found: readonly Found[],
  { run, at }: Folding,
): Promise<void> {
  const rows = found
    .filter(({ finding }) => finding.kind !== 'set-aside')
    .flatMap(({ id, reread, folded }) => {
      const names = new Map(folded.added.map(({ rule, ruleName }) => [rule, ruleName]))
      return [...names]
        .map(([rule, name]) => reread.lateBy(rule, name))
        .map(late => ({ ...late, flag_id: id }))
    })
  if (rows.length === 0) return
  await sql`
    insert into found_late (flag_id, rule, rule_name, reason, day, found_at, run_id)
    select flag_id, rule, "ruleName", reason, day, ${at}, ${run.id}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as late (flag_id text, rule text, "ruleName" text, reason text, day date)
    on conflict do nothing`.execute(transaction)
}

function entryOf({ id, folded, finding: { kind } }: Found, { at, run }: Folding): readonly AuditEntry[] {
  if (kind === 'set-aside') return []
  const names = [...new Set(folded.added.map(({ ruleName }) => ruleName))]
  const why = `${names.join(', ')}: found when ${run.startedBy} had history read again`
  return [{ at, who: 'wren', role: 'system', did: acts[kind], what: id, why }]
}

const acts = {
  raised: 'raised flag: found late',
  reopened: 'reopened flag: found late',
  added: 'updated flag: found late',
} as const

/** As every writer does: two wait for each other, and never in a circle. Messages of one attendance keep their order. */
function inFlagOrder(rereads: readonly Reread[]): readonly Held[] {
  const held = rereads.flatMap(reread => {
    const event = reread.screening.held
    return event === null ? [] : [{ reread, event, id: flagIdOf(event.held.attendance) }]
  })
  return held.toSorted((one, other) => (one.id < other.id ? -1 : Number(one.id > other.id)))
}

function later(one: string, other: string): string {
  return Temporal.Instant.compare(one, other) > 0 ? one : other
}
