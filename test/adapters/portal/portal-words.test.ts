import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  readReason,
  readReports,
  readRetryAfterMs,
  readTaken,
} from '../../../src/adapters/portal/portal-words.ts'

const acknowledged = (reference: string) => ({ kind: 'acknowledged', reference })
const delivered = (receipt: string) => ({ kind: 'delivered', receipt })

describe('that a portal has a referral', () => {
  test.each([
    ['a reference', { reference: 'GS-2026-000123' }, acknowledged('GS-2026-000123')],
    [
      'a reference with our key',
      { reference: 'GS-2026-000123', key: 'ours' },
      acknowledged('GS-2026-000123'),
    ],
    ['a reference for another key', { reference: 'GS-2026-000123', key: 'theirs' }, null],
    ['a blank reference', { reference: ' ' }, null],
    ['a number', { reference: 123 }, null],
    ['a reference that is far too long', { reference: 'x'.repeat(101) }, null],
    ['nothing', {}, null],
    ['a receipt, before anybody has looked', { receipt: 'in 77', reference: null }, delivered('in 77')],
    ['a receipt and a reference', { receipt: 'in 77', reference: 'GS-1' }, acknowledged('GS-1')],
    ['a receipt for another key', { receipt: 'in 77', key: 'theirs' }, null],
  ])('by %s', (_reason, json, taken) => {
    expect(readTaken(JSON.stringify(json), 'ours')).toEqual(taken)
  })

  test.each(['', '<!doctype html><p>GS-2026-000123', '{"reference":"GS', 'null', '"GS-2026-000123"', '[]'])(
    'is not found in %j',
    body => expect(readTaken(body, 'ours')).toBeNull(),
  )
})

describe('what a portal has decided', () => {
  const key = '8427da5a-537a-5f2f-b104-6d7e2d2f037e'
  const said = { id: 'e1', key, reference: 'GS-1', at: '2026-11-25T11:00:00+00:00' }

  test('is read report by report, and one that cannot be read hides no other', () => {
    const reports = [
      { ...said, status: 'accepted', seenBy: 'more than Wren reads' },
      { ...said, id: 'e2', status: 'declined' },
      { ...said, id: 'e3', status: 'frozen' },
      { ...said, id: 'e4', key: '8427da5a-537a-5f2f-b104-6d7e2d2f0370', status: 'accepted' },
      null,
      { ...said, id: 'e5', status: 'declined', reason: 'Not our county' },
    ]
    expect(readReports(JSON.stringify({ reference: 'GS-1', reports }), key)).toEqual([
      { ...said, status: 'accepted' },
      { ...said, id: 'e5', status: 'declined', reason: 'Not our county' },
    ])
  })

  test.each(['', 'null', '{"reports":{}}', '{"reference":"GS-1"}', `{"reports":[${'0,'.repeat(300)}0]}`])(
    'is nothing in %j',
    body => expect(readReports(body, key)).toEqual([]),
  )
})

describe('the reason in an answer', () => {
  test.each([
    ['RFC 9457 detail before title', { title: 'No', detail: 'Not our county' }, 'Not our county'],
    ['a title where there is no more', { title: 'Not our county' }, 'Not our county'],
    ['a message', { statusCode: 413, error: 'Too Large', message: 'Body is too large' }, 'Body is too large'],
    [
      'fields',
      {
        title: 'Check',
        problems: [{ field: 'child.birthDate', message: 'is missing' }, { message: 'sorry' }],
      },
      'Check; child.birthDate: is missing; sorry',
    ],
    ['line breaks and invisible characters', { detail: 'Not\r\nour\u202e county' }, 'Not our county'],
    ['a detail that is no text', { title: 'No', detail: { code: 7 } }, 'No'],
    ['nothing', {}, null],
    ['blanks', { detail: '  ' }, null],
  ])('is read: %s', (_reason, json, words) => {
    expect(readReason(JSON.stringify(json))).toBe(words)
  })

  test('is cut to what a nurse can read', () => {
    expect(readReason(JSON.stringify({ detail: 'x'.repeat(5_000) }))).toHaveLength(500)
  })
})

describe('Retry-After', () => {
  const date = 'Sat, 21 Nov 2026 09:00:00 GMT'

  test.each([
    ['seconds', '120', 120_000],
    ['a date', 'Sat, 21 Nov 2026 09:02:00 GMT', 120_000],
    ['a date that has passed', 'Sat, 21 Nov 2026 08:00:00 GMT', 0],
    ['more than an hour is cut to an hour', '86400', 3_600_000],
    ['no header', null, null],
    ['words', 'soon', null],
    ['a negative number', '-5', null],
  ])('%s', (_reason, retryAfter, waitMs) => {
    expect(readRetryAfterMs({ retryAfter, date })).toBe(waitMs)
  })

  test('as a date needs the date of the answer: our clock does not decide', () => {
    expect(readRetryAfterMs({ retryAfter: 'Sat, 21 Nov 2026 09:02:00 GMT', date: null })).toBeNull()
  })
})

test('no answer of a portal makes reading it fail', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), body => {
      expect(() => [readTaken(body, 'ours'), readReports(body, 'ours'), readReason(body)]).not.toThrow()
      expect(() => readRetryAfterMs({ retryAfter: body, date: body })).not.toThrow()
    }),
  )
})
