import type { Account, AuditEntry } from './people.ts'
import type { Clock } from './ports.ts'

/** The person who does something: every verb that shows or changes a child's record is given one. */
export type Actor = Pick<Account, 'username' | 'name' | 'role'>

/** The audit entry of what an actor does now. */
export function auditEntryOf(
  clock: Clock,
  act: { actor: Actor; did: string; what: string; why?: string },
): AuditEntry {
  const { actor, did, what, why } = act
  return { at: clock.now().toString(), who: actor.username, role: actor.role, did, what, why: why ?? null }
}
