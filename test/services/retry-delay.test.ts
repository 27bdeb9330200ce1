import fc from 'fast-check'
import { expect, test } from 'vitest'
import { retryCapMs, retryCeilingMs, retryDelayMs, retryFirstMs } from '../../src/services/retry-delay.ts'

const attempts = fc.integer({ min: 1, max: 100_000 })
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

test('a wait is never longer than its ceiling, and no ceiling is above a quarter of an hour', () => {
  fc.assert(
    fc.property(attempts, chance, (made, drawn) => {
      const waitMs = retryDelayMs({ attempts: made, random: () => drawn })
      expect(waitMs).toBeGreaterThanOrEqual(0)
      expect(waitMs).toBeLessThan(retryCeilingMs(made))
      expect(retryCeilingMs(made)).toBeLessThanOrEqual(retryCapMs)
    }),
  )
})

test('ceilings grow until they reach the cap, and stay there', () => {
  fc.assert(
    fc.property(attempts, made => {
      const [ceiling, next] = [retryCeilingMs(made), retryCeilingMs(made + 1)]
      expect(ceiling === retryCapMs ? next === ceiling : next > ceiling).toBe(true)
    }),
  )
})

test('the same attempt waits longer the higher the draw', () => {
  fc.assert(
    fc.property(attempts, chance, chance, (made, one, other) => {
      const [low, high] = [Math.min(one, other), Math.max(one, other)].map(drawn =>
        retryDelayMs({ attempts: made, random: () => drawn }),
      )
      expect(low).toBeLessThanOrEqual(high ?? -1)
    }),
  )
})

test.each([
  [1, retryFirstMs],
  [2, 4_000],
  [9, 512_000],
  [10, retryCapMs],
  [1_000_000, retryCapMs],
])('attempt %i is followed by up to %i ms', (made, ceilingMs) => {
  expect(retryCeilingMs(made)).toBe(ceilingMs)
})
