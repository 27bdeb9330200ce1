import { type Insertable, sql, type Transaction } from 'kysely'
import type { Receipt } from '../../services/screening.ts'
import type { PatientAttendanceTable, Tables } from './tables.ts'

/** Notes which attendances are of one child. An attendance that was flagged once stays so here. */
export async function savePatientAttendances(
  transaction: Transaction<Tables>,
  receipts: readonly Receipt[],
): Promise<void> {
  const rows = new Map<string, Insertable<PatientAttendanceTable>>()
  for (const row of receipts.flatMap(rowsOf)) rows.set(keyOf(row), row)
  const inOrder = [...rows].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row)
  if (inOrder.length === 0) return
  await sql`
    insert into patient_attendance
    select * from json_populate_recordset(null::patient_attendance, ${JSON.stringify(inOrder)}::json)
    on conflict (patient_hash, trust, attendance_id) do update set
      site = coalesce(excluded.site, patient_attendance.site),
      arrived_at = coalesce(excluded.arrived_at, patient_attendance.arrived_at),
      at = coalesce(excluded.arrived_at, patient_attendance.at),
      outcome = case when patient_attendance.outcome = 'flagged' then 'flagged' else excluded.outcome end
    where (patient_attendance.site, patient_attendance.arrived_at, patient_attendance.outcome)
      is distinct from (excluded.site, excluded.arrived_at, excluded.outcome)`.execute(transaction)
}

function rowsOf(receipt: Receipt): Insertable<PatientAttendanceTable>[] {
  const { trust, attendanceId, site, arrivedAt, outcome } = receipt
  if (trust === null || attendanceId === null || outcome === 'duplicate' || outcome === 'unreadable')
    return []
  return receipt.patientHashes.map(patient_hash => ({
    patient_hash,
    trust,
    attendance_id: attendanceId,
    site,
    arrived_at: arrivedAt,
    at: arrivedAt ?? receipt.delivery.receivedAt,
    outcome,
  }))
}

function keyOf(row: Insertable<PatientAttendanceTable>): string {
  return JSON.stringify([row.patient_hash, row.trust, row.attendance_id])
}
