import { hash, verify } from '@node-rs/argon2'
import type { Passwords } from '../../services/people.ts'

/**
 * Argon2id, the library's default kind, with 19 MiB, 2 passes and 1 lane: OWASP Password Storage Cheat Sheet,
 * "Argon2id". Each hash carries its own parameters, so that raising these leaves the old ones readable.
 */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const argon2Passwords: Passwords = {
  hash: password => hash(password, parameters),
  verify: (hashed, password) => verify(hashed, password),
}
