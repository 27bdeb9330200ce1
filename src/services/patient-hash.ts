import { createHmac } from 'node:crypto'
import type { Attendance } from '../attendance/attendance.ts'
import type { NhsNumber } from '../attendance/nhs-number.ts'

/** Shorter keys could be guessed by trying, and with the key every NHS number can be. */
const keyBytesMin = 16

/** Keyed hashes of a patient's numbers, by which a nurse finds a clear attendance without its name being held. */
export interface PatientHash {
  ofNhsNumber(number: NhsNumber): string
  /** The hospital's own number means something within its trust only. */
  ofLocalId(local: { readonly trust: string; readonly localId: string }): string
  ofAttendance(attendance: Attendance): readonly string[]
}

/** HMAC-SHA-256, hex, under the secret of this installation. */
export function makePatientHash(identifierKey: Uint8Array | string): PatientHash {
  const key = Buffer.from(identifierKey)
  if (key.length < keyBytesMin) {
    throw new Error(`the identifier key has ${key.length} bytes: expected at least ${keyBytesMin}`)
  }
  const hash = (text: string): string => createHmac('sha256', key).update(text).digest('hex')
  const ofNhsNumber: PatientHash['ofNhsNumber'] = number => hash(`nhs:${number}`)
  // The trust's length keeps "RW" + "P1" and "RWP" + "1" apart.
  const ofLocalId: PatientHash['ofLocalId'] = ({ trust, localId }) =>
    hash(`local:${trust.length}:${trust}${localId}`)
  return {
    ofNhsNumber,
    ofLocalId,
    ofAttendance({ trust, patient: { nhsNumber, localId } }) {
      return [
        ...(nhsNumber === null ? [] : [ofNhsNumber(nhsNumber)]),
        ...(localId === null ? [] : [ofLocalId({ trust, localId })]),
      ]
    },
  }
}
