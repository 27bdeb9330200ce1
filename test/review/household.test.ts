import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Home, likenessOf } from '../../src/review/household.ts'

const rowan: Home = {
  family: 'Ashdown',
  given: 'Rowan',
  birthDate: '2011-05-30',
  postcode: 'WR1 2AB',
  address: '4 Tannery Row, Worcester',
}

describe('another child beside Rowan Ashdown of 4 Tannery Row', () => {
  test.each<readonly [string, Partial<Home>, string | null]>([
    ['the same in all', {}, 'same-child'],
    [
      'the same child, shouted and without the space',
      { family: 'ASHDOWN', postcode: 'wr12ab' },
      'same-child',
    ],
    ['the same child with a second name', { given: 'Rowan James' }, 'same-child'],
    ['a sister', { given: 'Isla', birthDate: '2014-02-01' }, 'same-home-and-name'],
    ['a twin', { given: 'Isla' }, 'same-home-and-name'],
    ['a sister with another double name', { given: 'Isla', family: 'Quill-Ashdown' }, 'same-home-and-name'],
    ['a stepbrother', { given: 'Tom', family: 'Merrick' }, 'same-home'],
    ['a cousin in the next house', { given: 'Tom', address: '6 Tannery Row' }, 'same-surname'],
    ['a sister whose address is not recorded', { given: 'Isla', address: null }, 'same-surname'],
    ['a neighbour', { given: 'Tom', family: 'Merrick', address: '6 Tannery Row' }, null],
    ['a namesake in another town', { postcode: 'DY10 1AA' }, null],
    ['nobody known, at no known address', { family: null, given: null, address: null }, null],
  ])('%s is %j: %j', (_reason, wishes, likeness) => {
    expect(likenessOf(rowan, { ...rowan, ...wishes })).toBe(likeness)
  })
})

describe('addresses that are one home, and that are not', () => {
  const stranger = { given: 'Tom', family: 'Merrick' }
  test.each([
    ['commas and capitals', '4, TANNERY ROW', '4 Tannery Row, Worcester', true],
    ['a street cut short', '4 Tannery Rw', '4 Tannery Row', true],
    ['the postcode in the address', '4 Tannery Row WR1 2AB', '4 Tannery Row', true],
    ['a flat', 'Flat 2, 14 Mill Lane', 'FLAT 2 14 Mill Ln', true],
    ['another flat of one house', 'Flat 2, 14 Mill Lane', 'Flat 3, 14 Mill Lane', false],
    ['4 and 4a', '4 Tannery Row', '4a Tannery Row', false],
    ['a house with a name', 'Rose Cottage, Mill Lane', 'ROSE COTTAGE', true],
    ['two houses with names', 'Rose Cottage, Mill Lane', 'Ivy Cottage, Mill Lane', false],
    ['no address twice', 'No fixed abode', 'No Fixed Abode', false],
  ])('%s: "%s" and "%s"', (_reason, address, other, isSame) => {
    const likeness = likenessOf({ ...rowan, address }, { ...rowan, ...stranger, address: other })
    expect(likeness).toBe(isSame ? 'same-home' : null)
  })
})

test.each([
  ['a postcode for people without a known address', 'ZZ99 3WZ'],
  ['a district alone', 'WR1'],
  ['no postcode', null],
])('with %s nobody is suggested', (_reason, postcode) => {
  expect(likenessOf({ ...rowan, postcode }, { ...rowan, postcode })).toBeNull()
})

test('names that are not recorded are nobody’s family', () => {
  const unknown = { ...rowan, family: 'Unknown', given: 'Unknown', birthDate: null, address: null }
  expect(likenessOf(unknown, unknown)).toBeNull()
})

test('likeness goes both ways, whatever is written', () => {
  const words = fc.option(fc.string({ unit: 'grapheme', maxLength: 12 }))
  const home = fc.record({
    family: fc.oneof(words, fc.constant('Ashdown')),
    given: words,
    birthDate: fc.constantFrom(null, '2011-05-30'),
    postcode: fc.constantFrom('WR1 2AB', 'wr12ab', null),
    address: fc.oneof(words, fc.constant('4 Tannery Row')),
  })
  fc.assert(
    fc.property(home, home, (one, other) => {
      expect(likenessOf(one, other)).toBe(likenessOf(other, one))
    }),
  )
})
