import type { LedgerOutcome } from '../review/ledger.ts'
import { type Actor, auditEntryOf } from './actor.ts'
import type { KeptDeadLetter, LedgerStore } from './ledger-port.ts'
import type { AuditStore } from './people.ts'
import type { Clock } from './ports.ts'
import type { Screen } from './screen-attendances.ts'

export type Retried =
  | { readonly kind: 'counted'; readonly outcome: LedgerOutcome }
  | { readonly kind: 'still-unreadable'; readonly problem: string }
  /** There is no such message, or somebody else was faster. */
  | { readonly kind: 'gone' }

/**
 * Reads an unreadable message again, with the decoders and rules of today. When it can be read the ledger moves it
 * from unreadable to its outcome, on the day it was received; else it stays as it is.
 */
export async function retryDeadLetter(
  { ledger, screen, clock }: { ledger: LedgerStore; screen: Screen; clock: Clock },
  { actor, eventId }: { actor: Actor; eventId: string },
): Promise<Retried> {
  const letter = await ledger.deadLetter(eventId)
  if (letter === null) return { kind: 'gone' }
  const screening = screen(letter.bytes, letter.delivery, letter.format)
  if (screening.deadLetter !== null)
    return { kind: 'still-unreadable', problem: screening.deadLetter.problem }
  const audit = auditEntryOf(clock, { actor, did: 'read an unreadable message again', what: eventId })
  const outcome = await ledger.replaceUnreadable({ eventId, screening, audit })
  return outcome === null ? { kind: 'gone' } : { kind: 'counted', outcome }
}

/** The message as it came. It may hold a patient's words, so the audit trail says first who looked. */
export async function openDeadLetter(
  { ledger, audit, clock }: { ledger: LedgerStore; audit: AuditStore; clock: Clock },
  { actor, eventId }: { actor: Actor; eventId: string },
): Promise<KeptDeadLetter | null> {
  await audit.append(
    auditEntryOf(clock, { actor, did: 'read the text of an unreadable message', what: eventId }),
  )
  return ledger.deadLetter(eventId)
}
