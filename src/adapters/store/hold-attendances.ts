import { sql, type Transaction } from 'kysely'
import type { Flag } from '../../review/flag.ts'
import { flagIdOf } from '../../review/flag-id.ts'
import type { AuditEntry } from '../../services/people.ts'
import type { HeldEvent, WithdrawalNotice } from '../../services/screening.ts'
import { readFlag, writeFlag } from './flag-row.ts'
import { type AttendanceKey, findHeld, type HeldChange, saveHeld } from './held-rows.ts'
import { foldVersion, type HeldVersion, holdParts, knownMentions } from './later-version.ts'
import type { Tables } from './tables.ts'
import { type Replaced, replacedBy, saveReplaced } from './version-store.ts'
import { readWithdrawals, saveWithdrawals, type Withdrawals } from './withdrawals.ts'

/**
 * Takes each event into what is held of its attendance, and raises, updates or reopens its flag; and notes what was
 * cancelled at the source. Answers what the audit trail must say of it, for the caller to append last. However many
 * events there are, the statements are few: what stands is read at once, the versions are folded into it here, and
 * what came of them is saved at once.
 */
export async function holdAttendances(
  transaction: Transaction<Tables>,
  events: readonly HeldEvent[],
  withdrawals: readonly WithdrawalNotice[] = [],
): Promise<readonly AuditEntry[]> {
  const fresh = await keepNew(transaction, events)
  if (fresh.length === 0 && withdrawals.length === 0) return []
  // In order of flags, as every batch does: two batches wait for each other, and never in a circle.
  const inOrder = fresh.toSorted((one, other) => compare(flagOf(one), flagOf(other)))
  const attendances = [...inOrder.map(event => event.held.attendance), ...withdrawals]
  const standing = await lockStanding(transaction, attendances)
  const isNew = await saveWithdrawals(transaction, withdrawals)
  const withdrawn = await readWithdrawals(transaction, attendances)
  const changes = foldAll(inOrder, { standing, withdrawn })
  for (const notice of withdrawals.filter(isNew)) withdraw(notice, { changes, standing, withdrawn })
  await saveHeld(transaction, [...changes.held.values()])
  await saveReplaced(transaction, changes.replaced)
  await saveFlags(transaction, [...changes.flags.values()])
  return changes.audit
}

interface Standing {
  readonly held: HeldVersion | null
  readonly flag: Flag | null
}

interface Stands {
  /** By the id of the flag; brought up to date as events are folded. */
  readonly standing: Map<string, Standing>
  readonly withdrawn: Withdrawals
}

interface Changes {
  readonly held: Map<string, HeldChange>
  readonly replaced: Replaced[]
  readonly flags: Map<string, { readonly flag: Flag; readonly held: HeldVersion }>
  readonly audit: AuditEntry[]
}

function foldAll(inOrder: readonly HeldEvent[], { standing, withdrawn }: Stands): Changes {
  const changes: Changes = { held: new Map(), replaced: [], flags: new Map(), audit: [] }
  for (const event of inOrder) {
    const id = flagOf(event)
    const { receivedAt } = event.delivery
    const before = standing.get(id) ?? { held: null, flag: null }
    const after = foldVersion({
      before: before.held,
      flag: before.flag,
      version: event.held,
      withdrawn: withdrawn.documentsOf(id),
      receivedAt,
    })
    standing.set(id, after)
    changes.held.set(id, { held: after.held, receivedAt })
    const gone = replacedBy({ before: before.held, after: after.held, at: receivedAt })
    if (gone !== null) changes.replaced.push(gone)
    if (after.flag !== null && after.flag !== before.flag)
      changes.flags.set(id, { flag: after.flag, held: after.held })
    if (after.did !== null) changes.audit.push(systemEntry({ at: receivedAt, did: after.did, what: id }))
  }
  return changes
}

/** Nothing is taken away and no state is changed: a person closes the flag. What was cancelled says so. */
function withdraw(
  notice: WithdrawalNotice,
  { changes, standing, withdrawn }: Stands & { readonly changes: Changes },
): void {
  const id = flagIdOf(notice)
  const { receivedAt } = notice.delivery
  const { held = null, flag = null } = standing.get(id) ?? {}
  if (held !== null && notice.document !== null) {
    const { parts } = held
    const marked = holdParts({ parts, known: knownMentions(held), withdrawn: withdrawn.documentsOf(id) })
    standing.set(id, { held: marked, flag })
    changes.held.set(id, { held: marked, receivedAt })
  }
  if (flag === null) return
  const did = notice.document === null ? 'withdrawn at source' : 'document withdrawn at source'
  changes.audit.push(systemEntry({ at: receivedAt, did, what: id }))
}

function systemEntry(entry: Pick<AuditEntry, 'at' | 'did' | 'what'>): AuditEntry {
  return { ...entry, who: 'wren', role: 'system', why: null }
}

/** What stands of each of these attendances, by the id of its flag; nobody else changes it until the transaction ends. */
async function lockStanding(
  transaction: Transaction<Tables>,
  attendances: readonly AttendanceKey[],
): Promise<Map<string, Standing>> {
  const byId = new Map(attendances.map(each => [flagIdOf(each), each]))
  const ids = [...byId.keys()].toSorted(compare)
  await lockAttendances(transaction, ids)
  const held = await findHeld(transaction, [...byId.values()])
  const flags = await transaction
    .selectFrom('flag')
    .selectAll()
    .where(sql<boolean>`id = any(${ids})`)
    .orderBy('id')
    .forUpdate()
    .execute()
  const heldById = new Map(held.map(each => [flagIdOf(each.attendance), each]))
  const flagById = new Map(flags.map(row => [row.id, readFlag(row)]))
  return new Map(ids.map(id => [id, { held: heldById.get(id) ?? null, flag: flagById.get(id) ?? null }]))
}

/** One writer an attendance at a time, also before there is a row to lock. In the order given. */
export async function lockAttendances(
  transaction: Transaction<Tables>,
  flagIds: readonly string[],
): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(hashtextextended('attendance ' || id, 0))
    from unnest(${flagIds}::text[]) as id`.execute(transaction)
}

/** Each flag at most once. Whether it fell due is kept from before. */
export async function saveFlags(
  transaction: Transaction<Tables>,
  flags: readonly { readonly flag: Flag; readonly held: HeldVersion }[],
): Promise<void> {
  if (flags.length === 0) return
  const rows = flags.map(({ flag, held }) => writeFlag(flag, held))
  await sql`
    insert into flag (id, trust, attendance_id, priority, band, because, state, claimed_by, claimed_at,
      deferred_until, fell_due, arrived_at, raised_at, updated_at, reopened, version, site, age, themes)
    select id, trust, attendance_id, priority, band, because, state, claimed_by, claimed_at,
      deferred_until, fell_due, arrived_at, raised_at, updated_at, reopened, version, site, age, themes
    from json_populate_recordset(null::flag, ${JSON.stringify(rows)}::json)
    on conflict (id) do update set
      priority = excluded.priority, band = excluded.band, because = excluded.because, state = excluded.state,
      claimed_by = excluded.claimed_by, claimed_at = excluded.claimed_at, deferred_until = excluded.deferred_until,
      arrived_at = excluded.arrived_at, raised_at = excluded.raised_at, updated_at = excluded.updated_at,
      reopened = excluded.reopened, version = excluded.version, site = excluded.site, age = excluded.age,
      themes = excluded.themes`.execute(transaction)
}

/** Events that no earlier delivery brought. */
async function keepNew(
  transaction: Transaction<Tables>,
  events: readonly HeldEvent[],
): Promise<readonly HeldEvent[]> {
  if (events.length === 0) return []
  const ids = [...new Set(events.map(event => event.eventId))].sort()
  const inserted = await sql<{ event_id: string }>`
    insert into held_event (event_id) select unnest(${ids}::text[])
    on conflict (event_id) do nothing
    returning event_id`.execute(transaction)
  const fresh = new Set(inserted.rows.map(row => row.event_id))
  return events.filter(event => fresh.delete(event.eventId))
}

function flagOf({ held: { attendance } }: HeldEvent): string {
  return flagIdOf(attendance)
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other)
}
