import { expect, test } from 'vitest'
import { isBearerOf } from '../../../src/adapters/inlet/bearer-token.ts'

test.each([
  ['the token', 'Bearer s3cret-token', true],
  ['the scheme in another case', 'bearer s3cret-token', true],
  ['no header', undefined, false],
  ['an empty header', '', false],
  ['no token', 'Bearer ', false],
  ['the token alone', 's3cret-token', false],
  ['another scheme', 'Basic s3cret-token', false],
  ['another token', 'Bearer s3cret-tokem', false],
  ['the beginning of the token', 'Bearer s3cret', false],
  ['the token and more', 'Bearer s3cret-token x', false],
])('%s opens the door or not', (_reason, authorization, opens) => {
  expect(isBearerOf('s3cret-token', authorization)).toBe(opens)
})

test('an empty token opens no door', () => {
  expect(isBearerOf('', 'Bearer ')).toBe(false)
  expect(isBearerOf('', undefined)).toBe(false)
})
