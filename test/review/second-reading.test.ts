import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { drawSample, estimateMisses } from '../../src/review/second-reading.ts'

const attendances = Array.from({ length: 40 }, (_, number) => ({ trust: 'RWP', attendanceId: `A${number}` }))

describe('the draw of a day', () => {
  test('the same seed draws the same attendances, in whatever order they come', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(attendances, { minLength: attendances.length }), shuffled => {
        const draw = { seed: 'wren second reading 2026-11-20', size: 5 }
        expect(drawSample(shuffled, draw)).toEqual(drawSample(attendances, draw))
      }),
    )
  })

  test('every attendance is drawn on some day: none is out of reach', () => {
    const drawn = new Set(
      Array.from({ length: 200 }, (_, day) => drawSample(attendances, { seed: `day ${day}`, size: 5 }))
        .flat()
        .map(each => each.attendanceId),
    )
    expect(drawn.size).toBe(attendances.length)
  })

  test('a day with fewer than the sample is read whole, and none twice', () => {
    const few = attendances.slice(0, 3)
    expect(new Set(drawSample(few, { seed: 'day', size: 5 }))).toEqual(new Set(few))
  })
})

describe('the estimate of what is missed', () => {
  test('nothing read is no estimate', () => {
    expect(estimateMisses({ read: 0, missed: 0 })).toBe(null)
  })

  // Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I.
  test.each([
    ['many readings', { read: 263, missed: 81 }, 0.2553, 0.3662],
    ['a tenth', { read: 148, missed: 15 }, 0.0624, 0.1605],
    ['no miss, and still no certainty', { read: 20, missed: 0 }, 0, 0.1611],
    ['one miss', { read: 29, missed: 1 }, 0.0061, 0.1718],
  ])('%s: the interval is the published one', (_what, counted, low, high) => {
    const estimate = estimateMisses(counted)
    expect(estimate?.low).toBeCloseTo(low, 4)
    expect(estimate?.high).toBeCloseTo(high, 4)
  })

  test('the rate lies within its interval, which lies between none and all', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.nat(5_000), (read, missed) => {
        fc.pre(missed <= read)
        const estimate = estimateMisses({ read, missed })
        if (estimate === null) throw new Error('something was read')
        const { low, rate, high } = estimate
        expect([0, low, rate, high, 1]).toEqual([0, low, rate, high, 1].toSorted((one, other) => one - other))
      }),
    )
  })
})
