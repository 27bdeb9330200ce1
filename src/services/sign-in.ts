import { auditEntryOf } from './actor.ts'
import type { Account, AccountStore, AuditStore, Passwords } from './people.ts'
import type { Clock } from './ports.ts'

export interface SignInPorts {
  readonly accounts: AccountStore
  readonly passwords: Passwords
  readonly audit: AuditStore
  readonly clock: Clock
}

/**
 * The account whose user name and password these are, or null. An unknown name, a disabled account and a wrong
 * password take the same way and about the same time, so that an answer never tells which names exist.
 */
export async function signIn(
  { accounts, passwords, audit, clock }: SignInPorts,
  entered: { username: string; password: string },
): Promise<Account | null> {
  const username = entered.username.trim().toLowerCase()
  const found = await accounts.find(username)
  const hash = found?.passwordHash ?? (await hashOfNobody(passwords))
  const isRight = await passwords.verify(hash, entered.password)
  if (found === null || found.disabled || !isRight) return null
  await audit.append(auditEntryOf(clock, { actor: found, did: 'signed in', what: 'session' }))
  return { username: found.username, name: found.name, role: found.role, disabled: false }
}

const nobody = new WeakMap<Passwords, Promise<string>>()

function hashOfNobody(passwords: Passwords): Promise<string> {
  const made = nobody.get(passwords) ?? passwords.hash('nobody has this password')
  nobody.set(passwords, made)
  return made
}
