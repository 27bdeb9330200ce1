import type { Attendance, Told } from '../../../src/attendance/attendance.ts'
import { decodeHl7v2 } from '../../../src/attendance/hl7v2/decode-hl7v2.ts'
import { type MessageWishes, makeHl7v2 } from '../../world/make-hl7v2.ts'

export const options = { defaultTrust: 'RXX', receivedAt: '2026-11-20T21:41:00Z' }

export function read(wishes: MessageWishes): Attendance {
  return attendanceOf(decode(makeHl7v2(wishes)))
}

export function wordsOf(message: string): readonly string[] {
  return attendanceOf(decode(message)).notes.map(note => note.words)
}

export function decode(message: string): Told {
  return decodeHl7v2(Buffer.from(message), options)
}

export function attendanceOf(decoded: Told): Attendance {
  if (decoded.kind === 'unreadable') throw new Error(decoded.problem)
  if (decoded.kind === 'merge') throw new Error('it is a merge')
  return decoded.attendance
}
