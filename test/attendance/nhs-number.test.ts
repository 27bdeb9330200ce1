import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatNhsNumber, parseNhsNumber } from '../../src/attendance/nhs-number.ts'

test.each([
  ['the published example', '9434765919', '9434765919'],
  ['spaces in threes', '943 476 5919', '9434765919'],
  ['dashes', '943-476-5919', '9434765919'],
  ['a check of 11, which counts as 0', '9990000050', '9990000050'],
])('%s is read: %s', (_reason, text, digits) => {
  expect(parseNhsNumber(text)).toBe(digits)
})

test.each([
  ['a wrong check digit', '9434765918'],
  ['nine digits', '943476591'],
  ['eleven digits', '94347659190'],
  ['a letter', '943476591O'],
  ['one digit repeated, though its sum is right', '1111111111'],
  ['zeros', '0000000000'],
  ['nothing', ''],
])('%s is refused: %s', (_reason, text) => {
  expect(parseNhsNumber(text)).toBeNull()
})

test('changing any one digit of a number makes it invalid', () => {
  fc.assert(
    fc.property(fc.nat(8), fc.integer({ min: 1, max: 9 }), (place, change) => {
      const digits = [...'9434765919'].map(Number)
      digits[place] = ((digits[place] ?? 0) + change) % 10
      expect(parseNhsNumber(digits.join(''))).toBeNull()
    }),
  )
})

test('a number is shown in groups of three, three and four', () => {
  const number = parseNhsNumber('9434765919')
  expect(number && formatNhsNumber(number)).toBe('943 476 5919')
})
