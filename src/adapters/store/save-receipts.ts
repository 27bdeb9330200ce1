import { type Insertable, sql, type Transaction } from 'kysely'
import { londonDayOf } from '../../attendance/instant.ts'
import type { LedgerOutcome } from '../../review/ledger.ts'
import type { Receipt } from '../../services/screening.ts'
import { savePatientAttendances } from './save-patient-attendances.ts'
import type { ReceiptTable, Tables } from './tables.ts'

type Row = Insertable<ReceiptTable>

/**
 * Saves each receipt once and answers what each was counted as, in order. Writers insert in one order, so that
 * two batches with the same bodies wait for each other instead of locking each other out.
 */
export async function saveReceipts(
  transaction: Transaction<Tables>,
  receipts: readonly Receipt[],
): Promise<readonly LedgerOutcome[]> {
  const rows = onceEach(receipts.map(rowOf)).toSorted(byBody)
  if (rows.length === 0) return []
  const saved = new Set(await insertNew(transaction, rows))
  const counted = new Map(rows.filter(row => saved.has(row.event_id)).map(row => [row.event_id, row.outcome]))
  const refused = rows.filter(row => !saved.has(row.event_id))
  for (const [eventId, outcome] of await settleRefused(transaction, refused)) counted.set(eventId, outcome)
  await savePatientAttendances(
    transaction,
    receipts.filter(receipt => saved.has(receipt.eventId)),
  )
  return receipts.map(({ eventId }) => {
    const outcome = counted.get(eventId)
    if (outcome === undefined) throw new Error(`receipt ${eventId} was not saved`)
    return outcome
  })
}

/** Rows that an earlier delivery or the same body stopped: known events, or duplicates. */
async function settleRefused(
  transaction: Transaction<Tables>,
  refused: readonly Row[],
): Promise<ReadonlyMap<string, LedgerOutcome>> {
  if (refused.length === 0) return new Map()
  const found = await transaction
    .selectFrom('receipt')
    .select(['event_id', 'body_sha256', 'outcome'])
    .where(sql<boolean>`event_id = any(${refused.map(row => row.event_id)})`)
    .execute()
  const known = new Map(found.map(row => [row.event_id, row]))
  const counted = new Map<string, LedgerOutcome>()
  const duplicates: Row[] = []
  for (const row of refused) {
    const before = known.get(row.event_id)
    if (before === undefined) {
      duplicates.push({ ...row, outcome: 'duplicate' })
      counted.set(row.event_id, 'duplicate')
      continue
    }
    if (before.body_sha256 !== row.body_sha256) throw reusedPosition(row)
    counted.set(row.event_id, await overrideClear(transaction, { before: before.outcome, row }))
  }
  await insertNew(transaction, duplicates)
  return counted
}

/** The rules may have changed between a crash and the replay: a flag overrides a clear receipt, never the reverse. */
async function overrideClear(
  transaction: Transaction<Tables>,
  { before, row }: { before: LedgerOutcome; row: Row },
): Promise<LedgerOutcome> {
  if (before !== 'clear' || row.outcome !== 'flagged') return before
  await transaction
    .updateTable('receipt')
    .set({ outcome: 'flagged', ruleset_version: row.ruleset_version })
    .where('event_id', '=', row.event_id)
    .execute()
  return 'flagged'
}

/** Answers the event ids of the rows that were new by event and by body. */
async function insertNew(transaction: Transaction<Tables>, rows: readonly Row[]): Promise<readonly string[]> {
  if (rows.length === 0) return []
  const inserted = await sql<{ event_id: string }>`
    insert into receipt
    select * from json_populate_recordset(null::receipt, ${JSON.stringify(rows)}::json)
    on conflict do nothing
    returning event_id`.execute(transaction)
  return inserted.rows.map(row => row.event_id)
}

function rowOf({ delivery, ...receipt }: Receipt): Row {
  return {
    event_id: receipt.eventId,
    channel: delivery.channel,
    stream: delivery.stream,
    partition: delivery.partition,
    position: delivery.offset,
    received_at: delivery.receivedAt,
    day: londonDayOf(delivery.receivedAt),
    source: receipt.source,
    format: receipt.format,
    trust: receipt.trust,
    attendance_id: receipt.attendanceId,
    site: receipt.site,
    arrived_at: receipt.arrivedAt,
    age_band: receipt.ageBand,
    outcome: receipt.outcome,
    ruleset_version: receipt.rulesetVersion,
    body_sha256: receipt.bodySha256,
    without_text: receipt.withoutText,
    parts_unread: receipt.partsUnread,
  }
}

/** A batch may hold one event twice. */
function onceEach(rows: readonly Row[]): readonly Row[] {
  const byEvent = new Map<string, Row>()
  for (const row of rows) {
    const before = byEvent.get(row.event_id)
    if (before === undefined) byEvent.set(row.event_id, row)
    else if (before.body_sha256 !== row.body_sha256) throw reusedPosition(row)
  }
  return [...byEvent.values()]
}

function byBody(one: Row, other: Row): number {
  return one.source === other.source
    ? compare(one.body_sha256, other.body_sha256)
    : compare(one.source, other.source)
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other)
}

function reusedPosition({ channel, stream, partition, position }: Row): Error {
  return new Error(
    `Offset ${position} of ${stream} partition ${partition} (${channel}) holds other bytes than when it was first ` +
      'read. The topic was made again, or the offsets restarted: nothing was saved. Stop, and give the stream a ' +
      'new name before reading on.',
  )
}
