import { expect, test } from 'vitest'
import { earlierStretches, lateFeed } from '../../src/review/late-feed.ts'

const source = 'ed-worcester'
const since = '2026-11-17T06:00:00Z'
const came = (...messages: readonly number[]) => messages.map(each => ({ messages: each, isActive: true }))
const nothing = { messages: 0, isActive: false }

test.each([
  ['an hour in which about 40 usually come', came(38, 42, 40, 40), 40],
  ['a night hour in which hardly anything comes', came(1, 0, 2, 1), null],
  ['exactly as many as are too many for chance', came(10, 10, 10, 10), 10],
  ['one less', came(10, 10, 10, 6), null],
  ['weeks in which the source sent nothing at all are not counted', [...came(40, 40), nothing, nothing], 40],
  ['a source that is new: one earlier week says nothing', [...came(80), nothing, nothing, nothing], null],
  ['a source that was never heard of on this weekday', [nothing, nothing, nothing, nothing], null],
])('%s', (_reason, earlier, expected) => {
  const late = lateFeed({ source, since }, earlier)
  expect(late).toEqual(expected === null ? null : { source, since, expected })
})

test('silence is compared with the same hours by the clock, also where the clocks changed in between', () => {
  const stretches = earlierStretches({ source, from: '2026-10-27T09:00:00Z', to: '2026-10-27T11:30:00Z' })
  expect(stretches.map(({ from, to }) => `${from} to ${to}`)).toEqual([
    '2026-10-20T08:00:00Z to 2026-10-20T10:30:00Z',
    '2026-10-13T08:00:00Z to 2026-10-13T10:30:00Z',
    '2026-10-06T08:00:00Z to 2026-10-06T10:30:00Z',
    '2026-09-29T08:00:00Z to 2026-09-29T10:30:00Z',
  ])
})

test('a feed that has been silent for weeks is compared by a day: longer makes it no later', () => {
  const [last] = earlierStretches({ source, from: '2026-10-01T09:00:00Z', to: '2026-11-17T09:00:00Z' })
  expect(last).toEqual({ source, from: '2026-11-09T09:00:00Z', to: '2026-11-10T09:00:00Z' })
})
