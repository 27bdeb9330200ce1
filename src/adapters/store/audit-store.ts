import { createHash } from 'node:crypto'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { AuditEntry, AuditStore } from '../../services/people.ts'
import { inTransaction } from './in-transaction.ts'
import type { AuditEntryTable, Tables } from './tables.ts'

/** One writer at a time: each entry's hash covers the one before. Any number will do, as long as it stays. */
const auditLock = 7_216_001
const pageRows = 10_000

export type AuditChain =
  | { readonly kind: 'whole'; readonly entries: number }
  | { readonly kind: 'broken'; readonly sequence: number }

export interface VerifiableAuditStore extends AuditStore {
  /** Reads the whole chain and says where it was first tampered with. */
  verify(): Promise<AuditChain>
}

export function auditStore(database: Kysely<Tables>): VerifiableAuditStore {
  return {
    append: entry => inTransaction(database, transaction => appendAudit(transaction, [entry])),
    about: async (what, limit) => {
      const rows = await database
        .selectFrom('audit_entry')
        .selectAll()
        .where('what', '=', what)
        .orderBy('sequence', 'desc')
        .limit(limit)
        .execute()
      return rows.map(readEntry)
    },
    verify: () => verify(database),
  }
}

/**
 * Adds entries to the chain. Call it last in a transaction: from here to the commit no other audited work
 * can finish, and whoever holds this lock must wait for no row.
 */
export async function appendAudit(
  transaction: Transaction<Tables>,
  entries: readonly AuditEntry[],
): Promise<void> {
  if (entries.length === 0) return
  await sql`select pg_advisory_xact_lock(${auditLock})`.execute(transaction)
  let last = await transaction
    .selectFrom('audit_entry')
    .select(['sequence', 'hash'])
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst()
  const rows: Selectable<AuditEntryTable>[] = []
  for (const { at, who, role, did, what, why } of entries) {
    const entry = { at: toMicroseconds(at), who, role, did, what, why }
    const sequence = (last?.sequence ?? 0) + 1
    const previous_hash = last?.hash ?? ''
    last = { sequence, hash: hashOf({ sequence, previousHash: previous_hash, entry }) }
    rows.push({ ...entry, ...last, previous_hash })
  }
  await transaction.insertInto('audit_entry').values(rows).execute()
}

async function verify(database: Kysely<Tables>): Promise<AuditChain> {
  let last = { sequence: 0, hash: '' }
  for (;;) {
    const rows = await database
      .selectFrom('audit_entry')
      .selectAll()
      .where('sequence', '>', last.sequence)
      .orderBy('sequence')
      .limit(pageRows)
      .execute()
    for (const row of rows) {
      const { sequence, previous_hash, hash } = row
      const entry = readEntry(row)
      const isNext = sequence === last.sequence + 1 && previous_hash === last.hash
      if (!isNext || hash !== hashOf({ sequence, previousHash: previous_hash, entry }))
        return { kind: 'broken', sequence }
      last = { sequence, hash }
    }
    if (rows.length < pageRows) return { kind: 'whole', entries: last.sequence }
  }
}

function hashOf(link: { sequence: number; previousHash: string; entry: AuditEntry }): string {
  const { at, who, role, did, what, why } = link.entry
  const content = JSON.stringify([link.previousHash, link.sequence, at, who, role, did, what, why])
  return createHash('sha256').update(content).digest('hex')
}

/** As exact as PostgreSQL keeps it, or the hash would not fit what is read back. */
function toMicroseconds(at: string): string {
  return Temporal.Instant.from(at).round({ smallestUnit: 'microsecond', roundingMode: 'trunc' }).toString()
}

function readEntry({ at, who, role, did, what, why }: Selectable<AuditEntryTable>): AuditEntry {
  return { at, who, role, did, what, why }
}
