import type { AttendanceKind } from '../attendance.ts'

/** What a message type does. A merge is of no single attendance. */
export type Effect = AttendanceKind | 'merge' | 'merge-of-visits' | 'unknown'

/** HL7 table 0003, the events that are not an update. A cancelled discharge or transfer is one: the visit goes on. */
const admissions: Readonly<Record<string, Effect>> = {
  A01: 'new',
  A04: 'new',
  A11: 'cancel',
  A23: 'cancel',
  A18: 'merge',
  A30: 'merge',
  A34: 'merge',
  A35: 'merge-of-visits',
  A36: 'merge',
  A39: 'merge',
  A40: 'merge',
  A41: 'merge-of-visits',
  A42: 'merge-of-visits',
}

/** Whatever else a visit is told of by ADT is read as an update: text in it must not be passed over. */
export function effectOf(type: string, event: string): Effect {
  switch (type) {
    case 'ADT':
      return /^A\d\d$/.test(event) ? (admissions[event] ?? 'update') : 'unknown'
    case 'MDM':
      if (!/^T(?:0[1-9]|1[01])$/.test(event)) return 'unknown'
      return event === 'T11' ? 'cancel' : 'update'
    case 'ORU':
      return event === 'R01' ? 'update' : 'unknown'
    default:
      return 'unknown'
  }
}
