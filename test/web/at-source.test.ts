import { expect, test } from 'vitest'
import { presentAtSource, presentAtSourceShort } from '../../src/web/presenters/at-source.ts'

const merges = [
  { prior: 'W1', surviving: 'W2', at: '2026-11-20T21:05:00Z' },
  { prior: 'W1', surviving: 'W2', at: '2026-11-20T21:09:00Z' },
  { prior: 'W2', surviving: 'W3', at: '2026-11-21T09:00:00Z' },
]

test('nothing is said where the hospital did nothing', () => {
  expect(presentAtSource({ withdrawnAt: null, merges: [] })).toEqual([])
})

test('a withdrawal says when, and that a nurse closes it', () => {
  const [words] = presentAtSource({ withdrawnAt: '2026-11-20T21:09:00Z', merges: [] })
  expect(words).toMatch(/^Withdrawn at source on 20 November 2026 at 9:09pm\. .*until a nurse closes it\.$/)
})

test('merges say each number and when, once each, and under which the patient goes now', () => {
  expect(presentAtSource({ withdrawnAt: null, merges })).toEqual([
    'Hospital number W2, merged from W1 on 20 November 2026 at 9:05pm.',
    'Hospital number W3, merged from W2 on 21 November 2026 at 9am.',
    expect.stringContaining('The patient goes under W3 now'),
  ])
  expect(presentAtSourceShort({ withdrawnAt: null, merges })).toEqual([
    'W2, merged from W1 on 20 November 2026 at 9:05pm',
    'W3, merged from W2 on 21 November 2026 at 9am',
  ])
})
