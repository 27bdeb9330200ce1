import { expect, test } from 'vitest'
import type { AuditEntry } from '../../../src/services/people.ts'
import { openTestDatabase } from '../../world/database.ts'

function makeEntry(wishes: Partial<AuditEntry> = {}): AuditEntry {
  return {
    at: '2026-11-21T09:00:00.123456Z',
    who: 'amara',
    role: 'nurse',
    did: 'opened flag',
    what: 'flag-1',
    why: null,
    ...wishes,
  }
}

test('entries about one thing come back newest first, as they were written', async () => {
  await using database = await openTestDatabase()
  const entries = [makeEntry(), makeEntry({ did: 'claimed flag', why: 'Cover for Beth' })]
  for (const entry of entries) await database.store.audit.append(entry)
  await database.store.audit.append(makeEntry({ what: 'flag-2' }))
  expect(await database.store.audit.about('flag-1', 10)).toEqual(entries.toReversed())
  expect(await database.store.audit.about('flag-1', 1)).toEqual(entries.slice(1))
})

test('fifty entries at once make one unbroken chain', async () => {
  await using database = await openTestDatabase()
  await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      database.store.audit.append(makeEntry({ what: `flag-${index}` })),
    ),
  )
  expect(await database.store.audit.verify()).toEqual({ kind: 'whole', entries: 50 })
})

test.each(["update audit_entry set who = 'nobody'", 'delete from audit_entry', 'truncate audit_entry'])(
  'PostgreSQL itself refuses to %s',
  async statement => {
    await using database = await openTestDatabase()
    await database.store.audit.append(makeEntry())
    const client = await database.connect()
    await expect(client.query(statement)).rejects.toThrow('audit entries are never changed or removed')
  },
)

test.each([
  ['an entry was changed', "update audit_entry set who = 'nobody' where sequence = 2", 2],
  ['an entry was taken out', 'delete from audit_entry where sequence = 2', 3],
  ['a time was moved', "update audit_entry set at = at + interval '1 second' where sequence = 3", 3],
])('the chain shows that %s behind the trigger', async (_what, statement, sequence) => {
  await using database = await openTestDatabase()
  for (let count = 0; count < 4; count += 1) await database.store.audit.append(makeEntry())
  const client = await database.connect()
  await client.query(`alter table audit_entry disable trigger all; ${statement}`)
  expect(await database.store.audit.verify()).toEqual({ kind: 'broken', sequence })
})
