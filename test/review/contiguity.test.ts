import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gapsBetween, offsetsIn } from '../../src/review/contiguity.ts'

const place = { channel: 'kafka:one', stream: 'attendances', partition: 0 }

test('what lies between two ranges of a partition is a gap; between partitions nothing is', () => {
  const ranges = [
    { ...place, from: '0', to: '4' },
    { ...place, from: '7', to: '9' },
    { ...place, partition: 1, from: '20', to: '29' },
  ]
  expect(gapsBetween(ranges)).toEqual([{ ...place, from: '5', to: '6' }])
})

test('ranges and gaps of a partition together are all offsets from its first to its last', () => {
  const offsets = fc.uniqueArray(fc.nat(60), { minLength: 1 }).map(all => all.toSorted((a, b) => a - b))
  fc.assert(
    fc.property(offsets, all => {
      const ranges = all.map(at => ({ ...place, from: String(at), to: String(at) }))
      const missing = gapsBetween(ranges).reduce((sum, gap) => sum + offsetsIn(gap), 0)
      expect(missing + all.length).toBe(all.at(-1)! - all[0]! + 1)
    }),
  )
})
