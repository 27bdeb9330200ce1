import { type DayCount, unaccounted } from '../review/ledger.ts'
import { type Actor, auditEntryOf } from './actor.ts'
import type { LedgerStore } from './ledger-port.ts'
import type { AuditStore } from './people.ts'
import type { Clock } from './ports.ts'
import type { MessageQuery, MessageRow, ProofStore, UnreadableRow } from './proof-port.ts'

export interface DayAccount {
  /** ISO day of Europe/London. */
  readonly day: string
  readonly counts: readonly DayCount[]
  /** 0 when every message received has its outcome. */
  readonly unaccounted: number
  readonly withoutText: readonly {
    readonly source: string
    readonly attendanceId: string
    readonly arrivedAt: string | null
  }[]
  readonly partsUnread: Awaited<ReturnType<LedgerStore['partsUnread']>>
}

/** The account of a day: what was received, and what came of each message. */
export async function countDay(ledger: LedgerStore, day: string): Promise<DayAccount> {
  const [counts, withoutText, partsUnread] = await Promise.all([
    ledger.dayCounts(day),
    ledger.withoutText(day),
    ledger.partsUnread(day),
  ])
  const missing = counts.reduce((sum, count) => sum + unaccounted(count), 0)
  return { day, counts, unaccounted: missing, withoutText, partsUnread }
}

interface Audited {
  readonly proofs: Pick<ProofStore, 'messages' | 'unreadableOn'>
  readonly audit: AuditStore
  readonly clock: Clock
}

/** Messages of a day that could not be read, newest first, without their bytes. */
export async function listUnreadable(
  { proofs, audit, clock }: Audited,
  { actor, day, limit }: { actor: Actor; day: string; limit: number },
): Promise<readonly UnreadableRow[]> {
  await audit.append(auditEntryOf(clock, { actor, did: 'listed unreadable messages', what: `ledger ${day}` }))
  return proofs.unreadableOn(day, limit)
}

/** The messages behind one number of a day's account, oldest first. */
export async function listMessages(
  { proofs, audit, clock }: Audited,
  { actor, query, ...page }: { actor: Actor; query: MessageQuery; limit: number; offset: number },
): Promise<readonly MessageRow[]> {
  const did = `listed messages${query.outcome === null ? '' : `: ${query.outcome}`}`
  await audit.append(auditEntryOf(clock, { actor, did, what: `ledger ${query.day}` }))
  return proofs.messages(query, page)
}
