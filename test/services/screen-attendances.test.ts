import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { type DecodedMessage, decodeMessage } from '../../src/attendance/decode.ts'
import type { Scanned } from '../../src/scan/mention.ts'
import type { Scannable, Scanner } from '../../src/scan/scanner.ts'
import { makePatientHash } from '../../src/services/patient-hash.ts'
import { makeScreen, type Screen } from '../../src/services/screen-attendances.ts'
import { makeDelivery, makeMention, makeNhsNumber } from '../world/make-attendance.ts'

const identifierKey = 'a secret of this installation'
const delivery = makeDelivery({ stream: 'attendances', offset: '41' })
const patient = {
  nhsNumber: makeNhsNumber(7),
  localId: 'W104411',
  family: 'Ashdown',
  birthDate: '2011-05-30',
}
const message = {
  wren: 1,
  source: 'ed-worcester',
  attendanceId: 'E2604117',
  site: 'RWP50',
  arrivedAt: '2026-11-20T21:35:00Z',
  patient,
  notes: [{ section: 'triage', text: 'Lac L hand, knife pulled on him.' }],
}

describe('a readable message', () => {
  test('with no mention leaves a receipt and no text', () => {
    const { receipt, held, deadLetter } = screening(message, { outcome: 'clear' })
    expect({ held, deadLetter }).toEqual({ held: null, deadLetter: null })
    expect(receipt).toMatchObject({
      delivery,
      source: 'ed-worcester',
      format: 'json',
      trust: 'RWP',
      attendanceId: 'E2604117',
      site: 'RWP50',
      arrivedAt: '2026-11-20T21:35:00Z',
      ageBand: '13 to 15',
      outcome: 'clear',
      rulesetVersion: 'a1b2c3d4e5f6',
      withoutText: false,
      partsUnread: 0,
      bodySha256: createHash('sha256').update(JSON.stringify(message)).digest('hex'),
    })
    expect(JSON.stringify(receipt)).not.toMatch(/Ashdown|W104411|knife|999/)
  })

  test('with a mention is held with all that was found', () => {
    const mentions = [makeMention()]
    const found: Scanned = { outcome: 'flagged', priority: 'high', because: ['Knife or blade'], mentions }
    const { held, receipt } = screening(message, found)
    expect(held?.held).toMatchObject({ ...found, rulesetVersion: 'a1b2c3d4e5f6' })
    expect(held?.held.attendance.attendanceId).toBe('E2604117')
    expect(receipt.outcome).toBe('flagged')
    expect(held?.eventId).not.toBe(receipt.eventId)
  })

  test.each([
    [
      'every mention is set aside: a nurse may look it up',
      'clear',
      [makeMention({ standing: 'set-aside' })],
      true,
    ],
    ['its only mention is on trial', 'clear', [makeMention({ trial: true })], false],
    ['one of two mentions is on trial', 'flagged', [makeMention(), makeMention({ trial: true })], true],
    ['it is out of scope', 'out-of-scope', [], false],
  ] as const)('is held or not: %s', (_reason, outcome, mentions, isHeld) => {
    const { held, receipt } = screening(message, { outcome, mentions })
    expect(held !== null).toBe(isHeld)
    expect(receipt.outcome).toBe(outcome)
  })

  test.each([
    ['no notes', [], true],
    ['notes of blanks', [{ section: 'triage', text: ' \n' }], true],
    [
      'one note of words',
      [
        { section: 'a', text: '' },
        { section: 'b', text: 'fell' },
      ],
      false,
    ],
  ])('without text is said to be so: %s', (_reason, notes, withoutText) => {
    expect(screening({ ...message, notes }).receipt.withoutText).toBe(withoutText)
  })

  test('gives the same events on every delivery, on every machine', () => {
    const redelivered = { ...delivery, receivedAt: '2026-11-21T08:00:00Z' }
    const first = screen()(bytesOf(message), delivery)
    const second = screen()(bytesOf(message), redelivered)
    expect({ ...second.receipt, delivery }).toEqual(first.receipt)
  })
})

describe('an unreadable message', () => {
  test('leaves a receipt and its bytes as they came', () => {
    const bytes = new TextEncoder().encode('{"source":"ed-worcester","note":"Ashdown"}')
    const { receipt, held, deadLetter } = screen()(bytes, delivery)
    expect(held).toBeNull()
    expect(receipt).toMatchObject({ outcome: 'unreadable', source: 'ed-worcester', attendanceId: null })
    expect(deadLetter).toMatchObject({ delivery, reason: 'schema', bytes })
    expect(deadLetter?.problem).not.toContain('Ashdown')
  })

  test('that does not tell its sender counts under its stream', () => {
    expect(screen()(new Uint8Array(), delivery).receipt.source).toBe('attendances')
  })

  test('may be one that Wren itself fails on, and the failure quotes nothing', () => {
    const failing = screen(() => {
      throw new RangeError('Ashdown: Maximum call stack size exceeded')
    })
    const { receipt, deadLetter } = failing(bytesOf(message), delivery)
    expect(receipt).toMatchObject({ outcome: 'unreadable', source: 'ed-worcester' })
    expect(deadLetter).toMatchObject({ reason: 'poison', bytes: bytesOf(message) })
    expect(deadLetter?.problem).toContain('RangeError')
    expect(deadLetter?.problem).not.toContain('Ashdown')
  })

  test('may be one that the decoder fails on', () => {
    const decode = (): DecodedMessage => {
      throw new Error('Ashdown')
    }
    const failing = makeScreen({ scanner: scannerOf(() => clear), decode, identifierKey })
    expect(failing(bytesOf(message), delivery).deadLetter).toMatchObject({ reason: 'poison' })
  })
})

describe('the hashes of a patient', () => {
  const hash = makePatientHash(identifierKey)

  test('find a receipt by NHS number and by local id', () => {
    const { patientHashes } = screening(message).receipt
    expect(patientHashes).toEqual([
      hash.ofNhsNumber(patient.nhsNumber),
      hash.ofLocalId({ trust: 'RWP', localId: 'W104411' }),
    ])
  })

  test('are none for a patient without numbers', () => {
    expect(screening({ ...message, patient: {} }).receipt.patientHashes).toEqual([])
  })

  test('differ by key, by trust, and by kind of number', () => {
    const local = { trust: 'RWP', localId: patient.nhsNumber }
    const hashes = [
      hash.ofNhsNumber(patient.nhsNumber),
      makePatientHash('another secret of 16 bytes').ofNhsNumber(patient.nhsNumber),
      hash.ofLocalId(local),
      hash.ofLocalId({ ...local, trust: 'RXX' }),
    ]
    expect(new Set(hashes).size).toBe(hashes.length)
  })

  test('want a key that cannot be guessed', () => {
    expect(() => makePatientHash('short')).toThrow('the identifier key has 5 bytes: expected at least 16')
  })
})

const clear: Scanned = { outcome: 'clear', priority: null, because: [], mentions: [] }

function screening(sent: unknown, found: Partial<Scanned> = {}) {
  return screen(() => ({ ...clear, ...found }))(bytesOf(sent), delivery)
}

function screen(scan: (attendance: Scannable) => Scanned = () => clear): Screen {
  return makeScreen({
    scanner: scannerOf(scan),
    decode: (bytes, options) => decodeMessage(bytes, { ...options, defaultTrust: 'RWP' }),
    identifierKey,
  })
}

/** The scan has tests of its own; here it answers what the test says. */
function scannerOf(scan: Scanner['scan']): Scanner {
  return { rulesetVersion: 'a1b2c3d4e5f6', scan }
}

function bytesOf(sent: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(sent))
}
