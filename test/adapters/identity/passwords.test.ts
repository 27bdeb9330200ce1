import { expect, test } from 'vitest'
import { argon2Passwords } from '../../../src/adapters/identity/passwords.ts'

test('a password verifies against its own hash and no other does', async () => {
  const hashed = await argon2Passwords.hash('Malvern hills at dawn')
  expect(await argon2Passwords.verify(hashed, 'Malvern hills at dawn')).toBe(true)
  expect(await argon2Passwords.verify(hashed, 'Malvern hills at dusk')).toBe(false)
})

test('hashes are Argon2id with OWASP’s cost, and salted: one password never hashes alike twice', async () => {
  const [one, other] = await Promise.all([
    argon2Passwords.hash('swordfish'),
    argon2Passwords.hash('swordfish'),
  ])
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(one).not.toBe(other)
})
