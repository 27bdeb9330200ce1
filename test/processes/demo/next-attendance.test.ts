import { expect, test } from 'vitest'
import { decodeJson } from '../../../src/attendance/decode-json.ts'
import { randomOf } from '../../../src/processes/demo/chance.ts'
import { nextDemoAttendance } from '../../../src/processes/demo/next-attendance.ts'

const start = Temporal.Instant.from('2026-11-22T08:00:00Z')
const decoded = Array.from({ length: 500 }, (_, index) => {
  const now = start.add({ seconds: 4 * index }).toString()
  const { bytes } = nextDemoAttendance({ now, random: randomOf(index) })
  return { now, decoded: decodeJson(bytes, { defaultTrust: 'RWP', receivedAt: now }) }
})
const attendances = decoded.flatMap(each =>
  each.decoded.kind === 'attendance' ? [{ now: each.now, ...each.decoded.attendance }] : [],
)

test('every attendance that comes live can be read, and is recorded by now', () => {
  expect(attendances).toHaveLength(decoded.length)
  expect(attendances.filter(({ now, recordedAt }) => recordedAt === null || recordedAt > now)).toEqual([])
})

test('no two of them are one attendance or one person', () => {
  expect(new Set(attendances.map(({ attendanceId }) => attendanceId)).size).toBe(attendances.length)
  expect(new Set(attendances.map(({ patient }) => patient.localId)).size).toBe(attendances.length)
})
