import { expect, test } from 'vitest'
import { decodeMessage } from '../../src/attendance/decode.ts'
import type { Scanned } from '../../src/scan/mention.ts'
import { makeScreen } from '../../src/services/screen-attendances.ts'
import type { Screening } from '../../src/services/screening.ts'
import { identifierKey, knifeScreen } from '../world/knife-screen.ts'
import { makeDelivery } from '../world/make-attendance.ts'
import { type MessageWishes, makeHl7v2, segmentOf, textSegment } from '../world/make-hl7v2.ts'

const delivery = makeDelivery({ offset: '41' })

function screen(wishes: MessageWishes): Screening {
  return knifeScreen(Buffer.from(makeHl7v2(wishes)), delivery, 'hl7v2')
}

test('a merge of patients is clear, is of no attendance, and says which numbers are one patient’s', () => {
  const { receipt, held, notice, deadLetter } = screen({
    msh: { 9: 'ADT^A40' },
    more: ['MRG|W99^^^RWP^MR'],
  })
  expect({ held, deadLetter }).toEqual({ held: null, deadLetter: null })
  expect(receipt).toMatchObject({ kind: 'merge', outcome: 'clear', attendanceId: null, patientHashes: [] })
  expect(JSON.stringify(receipt)).not.toMatch(/W99|W104411|Ashdown/)
  const [attended] = screen({ pid: { 3: 'W104411^^^RWP^MR' } }).receipt.patientHashes
  expect(notice).toMatchObject({
    kind: 'merge',
    trust: 'RWP',
    at: '2026-11-20T21:39:00Z',
    merges: [{ prior: 'W99', surviving: 'W104411', survivingHash: attended }],
  })
})

test('a cancelled attendance is withdrawn, and is none without text', () => {
  const { receipt, notice } = screen({ msh: { 9: 'ADT^A11' } })
  expect(receipt).toMatchObject({ outcome: 'clear', withoutText: false, kind: 'cancel' })
  expect(notice).toMatchObject({
    kind: 'withdrawal',
    attendanceId: 'E2604117',
    document: null,
    at: '2026-11-20T21:39:00Z',
  })
})

test('a cancelled document is withdrawn alone', () => {
  const more = [segmentOf('TXA', { 12: 'D1' })]
  expect(screen({ msh: { 9: 'MDM^T11' }, more }).notice).toMatchObject({ document: 'D1' })
})

test('a cancelled attendance with a mention in its text is both held and withdrawn', () => {
  const { held, notice } = screen({ msh: { 9: 'ADT^A11' }, more: [textSegment('Cut by a knife')] })
  expect(held).not.toBeNull()
  expect(notice?.kind).toBe('withdrawal')
  expect(notice?.eventId).not.toBe(held?.eventId)
})

test.each([
  ['a new attendance', 'ADT^A04'],
  ['a cancelled discharge: the visit goes on', 'ADT^A13'],
  ['a cancelled transfer: the visit goes on', 'ADT^A12'],
  ['a discharge', 'ADT^A03'],
])('%s withdraws nothing', (_what, type) => {
  expect(screen({ msh: { 9: type } }).notice).toBeNull()
})

test('of an adult nothing is held, so nothing is withdrawn', () => {
  const scanned: Scanned = { outcome: 'out-of-scope', priority: null, because: [], mentions: [] }
  const screenAdult = makeScreen({
    scanner: { rulesetVersion: 'none', scan: () => scanned },
    decode: (bytes, options) => decodeMessage(bytes, { ...options, defaultTrust: 'RWP' }),
    identifierKey,
  })
  const cancelled = Buffer.from(makeHl7v2({ msh: { 9: 'ADT^A11' } }))
  expect(screenAdult(cancelled, delivery).notice).toBeNull()
})
