import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { decodeHl7v2 } from '../../../src/attendance/hl7v2/decode-hl7v2.ts'

const manual = readFileSync('docs/feeds.md', 'utf8')

test('the message that the manual tells engineers to test with is read', () => {
  const message = /^```\n(MSH[\s\S]*?)^```$/m.exec(manual)?.[1] ?? ''
  const decoded = decodeHl7v2(Buffer.from(message), {
    defaultTrust: 'RXX',
    receivedAt: '2026-11-20T21:41:00Z',
  })
  expect(decoded).toMatchObject({
    kind: 'attendance',
    attendance: { attendanceId: 'TEST-E1', site: 'RWP50', department: 'ED', partsUnread: [] },
  })
  expect(decoded.kind === 'attendance' && decoded.attendance.notes[0]?.words).toBe(
    'Lac L hand.\nStates knife pulled on him',
  )
})
