import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeDeadLetter, encodeDeadLetterHeaders } from '../../../src/adapters/kafka/dead-letter-codec.ts'
import { decodeFlagEvent } from '../../../src/adapters/kafka/flag-event.ts'
import { decodeHeld, encodeHeld } from '../../../src/adapters/kafka/held-codec.ts'
import { encodeNotice } from '../../../src/adapters/kafka/notice-codec.ts'
import { decodeReceipt, encodeReceipt } from '../../../src/adapters/kafka/receipt-codec.ts'
import { Note } from '../../../src/attendance/note.ts'
import { refuseMessage } from '../../../src/services/refuse-message.ts'
import type { SourceNotice } from '../../../src/services/screening.ts'
import {
  makeAttendance,
  makeDelivery,
  makeHeld,
  makeMention,
  makeReceipt,
  makeScreening,
} from '../../world/make-attendance.ts'

/** What JSON carries: any text but halves of surrogate pairs, which the decoder of messages refuses. */
const words = fc.string({ unit: 'grapheme' })

test('a held attendance comes back as it went, the words of its notes included', () => {
  fc.assert(
    fc.property(words, words, fc.option(words), (first, second, because) => {
      const attendance = makeAttendance({
        notes: [
          new Note({ section: 'triage', words: first }),
          new Note({ section: second, words: second, writtenAt: '2026-03-01T09:30:00Z' }),
        ],
        codes: [{ system: 'icd10', code: 'X99.0', display: because }],
        alerts: ['looked-after'],
        ageOnArrival: null,
      })
      const mentions = [makeMention({ text: first, because: second }), makeMention({ section: null })]
      const { held } = makeScreening({ held: makeHeld({ attendance, mentions, because: [first] }) })
      const back = decodeHeld(encodeHeld(held))
      expect(back).toEqual(held)
      expect(back.held.attendance.notes.map(note => note.words)).toEqual([first, second])
    }),
  )
})

test('a receipt comes back as it went', () => {
  const receipt = makeReceipt({ outcome: 'out-of-scope', site: null, patientHashes: [] })
  expect(decodeReceipt(encodeReceipt(receipt))).toEqual(receipt)
})

test.each<[string, SourceNotice]>([
  [
    'a withdrawal',
    {
      ...{
        kind: 'withdrawal',
        eventId: 'ab'.repeat(32),
        delivery: makeDelivery(),
        source: 'ed',
        trust: 'RWP',
      },
      ...{ at: '2026-03-01T09:30:00Z', attendanceId: 'E1', document: 'D1' },
    },
  ],
  [
    'a merge',
    {
      ...{ kind: 'merge', eventId: 'cd'.repeat(32), delivery: makeDelivery(), source: 'pas', trust: 'RWP' },
      at: '2026-03-01T09:30:00Z',
      merges: [{ prior: 'W1', surviving: 'W2', priorHash: 'aa', survivingHash: 'bb' }],
    },
  ],
])('%s comes back as it went, on the topic of held attendances', (_what, notice) => {
  expect(decodeFlagEvent(encodeNotice(notice))).toEqual({ kind: 'notice', notice })
})

test('a held attendance is told from a notice', () => {
  const { held } = makeScreening()
  expect(decodeFlagEvent(encodeHeld(held))).toEqual({ kind: 'held', held })
})

test('a held attendance of the time before documents were kept apart is one of a whole record', () => {
  const { held } = makeScreening()
  const event = JSON.parse(Buffer.from(encodeHeld(held)).toString())
  delete event.held.attendance.document
  expect(decodeHeld(Buffer.from(JSON.stringify(event)))).toEqual(held)
})

test('a dead letter comes back as it went, whatever its bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array(), bytes => {
      const { deadLetter } = refused(bytes)
      const headers = headersRead(encodeDeadLetterHeaders(deadLetter, null))
      expect(decodeDeadLetter({ headers, value: bytes })).toEqual(deadLetter)
    }),
  )
})

describe('an event that this version does not know is refused, not read in part', () => {
  const json = (event: object) => Buffer.from(JSON.stringify(event))
  const receipt = JSON.parse(Buffer.from(encodeReceipt(makeReceipt())).toString())

  test.each([
    ['a later version', { ...receipt, version: 2 }],
    ['a field more', { ...receipt, urgent: true }],
    ['a field less', { ...receipt, outcome: undefined }],
    ['an outcome more', { ...receipt, outcome: 'perhaps' }],
  ])('a receipt of %s', (_what, event) => {
    expect(() => decodeReceipt(json(event))).toThrow(/^a receipt cannot be read: /)
  })

  test('and the error quotes none of its values', () => {
    const held = JSON.parse(Buffer.from(encodeHeld(makeScreening().held)).toString())
    held.held.attendance.patient.sex = 'Quillfeather'
    expect(() => decodeHeld(json(held))).toThrow(
      /^a held attendance cannot be read: held.attendance.patient.sex is refused \(invalid_value\)/,
    )
    expect(() => decodeHeld(Buffer.from('Quillfeather'))).toThrow(/^[^Q]*$/)
  })

  test('a dead letter without its headers', () => {
    expect(() => decodeDeadLetter({ headers: {}, value: null })).toThrow(/^a dead letter cannot be read: /)
  })
})

function refused(bytes: Uint8Array) {
  const problem = 'the message is not JSON – at line 1'
  const delivery = makeDelivery({ channel: 'kafka:c1', offset: '7' })
  return {
    deadLetter: refuseMessage({
      bytes,
      delivery,
      problem,
      source: null,
      rulesetVersion: 'r1',
      reason: 'decode',
      format: null,
    }).deadLetter!,
  }
}

function headersRead(headers: Readonly<Record<string, string | Uint8Array>>): Record<string, Uint8Array> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Buffer.from(value)]))
}
