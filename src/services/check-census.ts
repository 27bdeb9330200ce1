import { type Census, parseCensus } from '../review/census.ts'
import { type Actor, auditEntryOf } from './actor.ts'
import type { LedgerStore } from './ledger-port.ts'
import type { AuditStore } from './people.ts'
import type { Clock } from './ports.ts'

/** A hospital's own list of a day, compared with what Wren received. */
export interface CensusCheck {
  readonly kind: 'checked'
  readonly day: string
  /** Attendances on the list. */
  readonly listed: number
  readonly received: number
  /** Nothing was ever received of them. */
  readonly neverReceived: readonly string[]
  /** Their number stands in a message that could not be read. */
  readonly unreadable: readonly string[]
}

/** Which attendances of the list Wren was never told of, and of which it could not read what it was told. */
export async function checkCensus(
  ledger: LedgerStore,
  { day, text }: { readonly day: string; readonly text: string },
): Promise<CensusCheck | Extract<Census, { kind: 'unreadable' }>> {
  const census = parseCensus(text)
  if (census.kind === 'unreadable') return census
  const ids = census.attendanceIds
  const { received, inUnreadable } = await ledger.findAttendances({ ids, day })
  const known = new Set(received)
  const unreadable = new Set(inUnreadable.filter(id => !known.has(id)))
  return {
    kind: 'checked',
    day,
    listed: ids.length,
    received: ids.filter(id => known.has(id)).length,
    neverReceived: ids.filter(id => !known.has(id) && !unreadable.has(id)),
    unreadable: ids.filter(id => unreadable.has(id)),
  }
}

/** The same for a person, which the audit trail remembers. */
export async function checkCensusFor(
  { ledger, audit, clock }: { ledger: LedgerStore; audit: AuditStore; clock: Clock },
  { actor, day, text }: { actor: Actor; day: string; text: string },
): ReturnType<typeof checkCensus> {
  await audit.append(
    auditEntryOf(clock, { actor, did: 'compared the list of a hospital', what: `day ${day}` }),
  )
  return checkCensus(ledger, { day, text })
}
