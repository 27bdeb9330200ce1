import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readReason, readReference, readRetryAfterMs } from '../../../src/adapters/portal/portal-words.ts'

describe('the reference in an answer', () => {
  test.each([
    ['stands alone', { reference: 'GS-2026-000123' }, 'GS-2026-000123'],
    ['stands with our key', { reference: 'GS-2026-000123', key: 'ours' }, 'GS-2026-000123'],
    ['is for another key', { reference: 'GS-2026-000123', key: 'theirs' }, null],
    ['is blank', { reference: ' ' }, null],
    ['is a number', { reference: 123 }, null],
    ['is far too long', { reference: 'x'.repeat(101) }, null],
    ['is missing', {}, null],
  ])('that %s', (_reason, json, reference) => {
    expect(readReference(JSON.stringify(json), 'ours')).toBe(reference)
  })

  test.each(['', '<!doctype html><p>GS-2026-000123', '{"reference":"GS', 'null', '"GS-2026-000123"', '[]'])(
    'is not found in %j',
    body => expect(readReference(body, 'ours')).toBeNull(),
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
      expect(() => [readReference(body, 'ours'), readReason(body)]).not.toThrow()
      expect(() => readRetryAfterMs({ retryAfter: body, date: body })).not.toThrow()
    }),
  )
})
