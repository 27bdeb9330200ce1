import { type DayCount, unaccounted } from '../review/ledger.ts'
import { type Actor, auditEntryOf } from './actor.ts'
import type { DeadLetterRow, LedgerStore } from './ledger-port.ts'
import type { AuditStore } from './people.ts'
import type { Clock } from './ports.ts'

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

/** Messages that could not be read, newest first, without their bytes. */
export async function listUnreadable(
  { ledger, audit, clock }: { ledger: LedgerStore; audit: AuditStore; clock: Clock },
  { actor, limit, offset }: { actor: Actor; limit: number; offset: number },
): Promise<readonly DeadLetterRow[]> {
  await audit.append(auditEntryOf(clock, { actor, did: 'listed unreadable messages', what: 'ledger' }))
  return ledger.deadLetters({ limit, offset })
}
