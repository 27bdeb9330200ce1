import { sql, type Transaction } from 'kysely'
import { z } from 'zod'
import type { PatientMerge } from '../../review/patient-merge.ts'
import type { AuditEntry } from '../../services/people.ts'
import type { MergeNotice } from '../../services/screening.ts'
import type { AttendanceKey } from './held-rows.ts'
import type { Tables } from './tables.ts'

export interface Merged {
  /** What the audit trail must say of it. */
  readonly audit: readonly AuditEntry[]
  /** Those under numbers that were given up: their child has more attendances now than before. */
  readonly attendances: readonly AttendanceKey[]
}

/**
 * Takes it that numbers are one patient's. Attendances and flags stay as the hospital sent them: the numbers are put
 * into one group, and whoever looks for one finds all. So the order in which merges and attendances come is of no
 * matter, and a wrong merge can be seen.
 */
export async function mergePatients(
  transaction: Transaction<Tables>,
  notices: readonly MergeNotice[],
): Promise<Merged> {
  if (notices.length === 0) return { audit: [], attendances: [] }
  // One at a time in all of Wren: merges are rare, and two of them may join the same groups.
  await sql`select pg_advisory_xact_lock(hashtextextended('patient merges', 0))`.execute(transaction)
  const audit: AuditEntry[] = []
  const attendances: AttendanceKey[] = []
  for (const notice of notices) {
    const isNew = await keepMerge(transaction, notice)
    if (!isNew) continue
    const entry = { at: notice.delivery.receivedAt, who: 'wren', role: 'system', why: null } as const
    audit.push({ ...entry, did: 'merged patients', what: `merge ${notice.eventId}` })
    for (const { priorHash, survivingHash } of notice.merges) {
      await joinGroups(transaction, { priorHash, survivingHash })
      const moved = await attendancesUnder(transaction, priorHash)
      attendances.push(...moved)
      const flags = moved.flatMap(({ flagId }) => flagId ?? [])
      audit.push(...flags.map(what => ({ ...entry, did: 'merged patients', what })))
    }
  }
  return { audit, attendances }
}

async function keepMerge(transaction: Transaction<Tables>, notice: MergeNotice): Promise<boolean> {
  if (notice.merges.length === 0) return false
  const inserted = await transaction
    .insertInto('patient_merge')
    .values(
      notice.merges.map((merge, place) => ({
        event_id: notice.eventId,
        place,
        trust: notice.trust,
        prior: merge.prior,
        surviving: merge.surviving,
        prior_hash: merge.priorHash,
        surviving_hash: merge.survivingHash,
        source: notice.source,
        merged_at: notice.at,
        received_at: notice.delivery.receivedAt,
      })),
    )
    .onConflict(conflict => conflict.columns(['event_id', 'place']).doNothing())
    .returning('place')
    .execute()
  return inserted.length > 0
}

async function joinGroups(
  transaction: Transaction<Tables>,
  { priorHash, survivingHash }: { priorHash: string; survivingHash: string },
): Promise<void> {
  const found = await sql<{ patient_hash: string; group_hash: string }>`
    select patient_hash, group_hash from patient_group
    where patient_hash in (${priorHash}, ${survivingHash})`.execute(transaction)
  const groupOf = (hash: string): string =>
    found.rows.find(row => row.patient_hash === hash)?.group_hash ?? hash
  const group = groupOf(survivingHash)
  await sql`update patient_group set group_hash = ${group} where group_hash = ${groupOf(priorHash)}`.execute(
    transaction,
  )
  await sql`
    insert into patient_group (patient_hash, group_hash)
    select distinct unnest(array[${priorHash}, ${survivingHash}]), ${group}
    on conflict (patient_hash) do nothing`.execute(transaction)
}

async function attendancesUnder(
  transaction: Transaction<Tables>,
  patientHash: string,
): Promise<readonly (AttendanceKey & { readonly flagId: string | null })[]> {
  const found = await sql<AttendanceKey & { flagId: string | null }>`
    select attended.trust, attended.attendance_id as "attendanceId", flag.id as "flagId"
    from patient_attendance as attended
    left join flag on flag.trust = attended.trust and flag.attendance_id = attended.attendance_id
    where attended.patient_hash = ${patientHash}
    order by attended.trust, attended.attendance_id`.execute(transaction)
  return found.rows
}

const Merges = z.array(z.object({ prior: z.string(), surviving: z.string(), at: z.string() })).nullable()

/** As `mergesOfChild` gives them, their times in the form of all others. */
export function readMerges(json: unknown): readonly PatientMerge[] {
  return (Merges.parse(json) ?? []).map(({ at, ...numbers }) => ({
    ...numbers,
    at: Temporal.Instant.from(at).toString(),
  }))
}
