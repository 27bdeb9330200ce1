import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bytesInMemory } from '../../../src/adapters/inlet/file-bytes.ts'
import { screenFile } from '../../../src/adapters/inlet/screen-file.ts'
import { decodeMapped } from '../../../src/attendance/mapping/decode-mapped.ts'
import type { Mapping } from '../../../src/attendance/mapping/mapping.ts'
import { makeScreen, type ScreenNeeds } from '../../../src/services/screen-attendances.ts'
import { readMappingText } from '../../attendance/mapping/read-mapping-text.ts'
import { openTestDatabase, type TestDatabase } from '../../world/database.ts'
import { identifierKey, knifeScanner } from '../../world/knife-screen.ts'
import { batchOf, makeDelivery, makeUnreadable } from '../../world/make-attendance.ts'
import { runWren } from '../../world/run-wren.ts'

const words = 'Kit Fernleigh, knife shown'

test('the list and the story of an unreadable message hold none of its words; --text does, and is audited', async () => {
  await using database = await openTestDatabase()
  const id = await receiveUnreadable(database, `{"notes":"${words}"`)
  const listed = await deadletters(database, 'list')
  expect(listed.stdout).toContain(id)
  const shown = await deadletters(database, 'show', id)
  expect(shown.stdout).toContain('The message is not JSON: it ends in the middle.')
  expect(listed.stdout + shown.stdout).not.toContain('Fernleigh')
  expect(await database.store.audit.about(id, 5)).toEqual([])
  expect((await deadletters(database, 'show', id, '--text')).stdout).toContain(words)
  expect(await database.store.audit.about(id, 5)).toMatchObject([
    { did: 'read the text of an unreadable message', role: 'ops' },
  ])
})

test('what can be read now leaves the list; what cannot stays, and the exit code is 1', async () => {
  await using database = await openTestDatabase()
  const attendance = {
    source: 'ed-worcester',
    attendanceId: 'E1',
    notes: [{ section: 'triage', text: 'fell' }],
  }
  const readable = await receiveUnreadable(database, JSON.stringify(attendance))
  const broken = await receiveUnreadable(database, '{"notes":')
  const { stdout, exitCode } = await deadletters(database, 'retry', '--all')
  expect(stdout).toContain(`${readable} clear\n`)
  expect(stdout).toMatch(new RegExp(`${broken} unreadable: `))
  expect(exitCode).toBe(1)
  const left = await database.store.ledger.deadLetters({ limit: 10, offset: 0 })
  expect(left.map(({ eventId }) => eventId)).toEqual([broken])
})

test('rows of an extract are read again by the mapping of today; a whole file row by row', async () => {
  await using database = await openTestDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'wren-retry-'))
  const mapping = (dates: string, note = 'Note') =>
    `{ wren: 1, format: csv, source: ed-nightly, dates: ${dates}, fields: { attendanceId: Id, birthDate: DOB }, notes: [{ section: triage, text: ${note} }] }`
  const [wrong, other] = [mapping('yyyy-MM-dd'), mapping('dd/MM/yyyy', 'Notes')].map(readMappingText)
  if (wrong === undefined || other === undefined) throw new Error('two mappings were made')
  const right = join(folder, 'right.yaml')
  await writeFile(right, mapping('dd/MM/yyyy'))
  const rows = 'Id,DOB,Note\nE1,30/05/2011,knife in bag\nE2,2012-05-30,fell\n'
  const file = 'Id,DOB,Note\nE3,30/05/2011,fell\nE4,30/05/2011,fell again\n'
  await importFile(database, { text: rows, mapping: wrong })
  await importFile(database, { text: file, mapping: other })

  const blind = await deadletters(database, 'retry', '--all')
  expect(blind.exitCode).toBe(1)
  expect(blind.stdout).toContain('it is read by the mapping "ed-nightly": name its file with --mapping')
  const retried = await deadletters(database, 'retry', '--all', '--mapping', right)
  expect(retried).toMatchObject({ exitCode: 0, stderr: '' })
  const client = await database.connect()
  const found = await client.query('select attendance_id, outcome, format from receipt order by 1, 2')
  expect(found.rows.map(row => `${row.attendance_id} ${row.outcome} ${row.format}`)).toEqual([
    ...['E1 flagged csv', 'E2 clear csv', 'E3 clear csv', 'E3 duplicate csv', 'E4 clear csv'],
  ])
  await rm(folder, { recursive: true })
})

test('one that was dealt with another way leaves the list, and stays counted as unreadable', async () => {
  await using database = await openTestDatabase()
  const id = await receiveUnreadable(database, '{"notes":')
  const why = 'The ward sent it again, and it was reviewed.'
  expect((await deadletters(database, 'discard', id)).exitCode).toBe(2)
  expect((await deadletters(database, 'discard', id, '--why', why)).stdout).toBe(`${id} dealt with\n`)
  const { ledger, proofs, audit } = database.store
  expect(await ledger.deadLetters({ limit: 10, offset: 0 })).toEqual([])
  expect(await proofs.countUnreadable('2026-11-20')).toBe(0)
  const [count] = await ledger.dayCounts('2026-11-20')
  expect(count?.counts.unreadable).toBe(1)
  expect(await audit.about(id, 5)).toMatchObject([{ did: 'dealt with an unreadable message', why }])
  expect((await deadletters(database, 'discard', id, '--why', why)).exitCode).toBe(1)
})

async function receiveUnreadable({ store }: TestDatabase, message: string): Promise<string> {
  const delivery = makeDelivery({ receivedAt: '2026-11-20T09:00:00Z' })
  const screening = makeUnreadable({ bytes: new TextEncoder().encode(message), delivery })
  await store.screening.record(batchOf(screening))
  return screening.deadLetter.eventId
}

/** As an import or the watched folder leaves it. */
async function importFile(
  { store }: TestDatabase,
  { text, mapping }: { readonly text: string; readonly mapping: Mapping },
): Promise<void> {
  const decode: ScreenNeeds['decode'] = (bytes, { receivedAt }) =>
    decodeMapped(bytes, { mapping, receivedAt, defaultTrust: 'RWP' })
  await screenFile(bytesInMemory(Buffer.from(text)), {
    screen: makeScreen({ scanner: knifeScanner, identifierKey, decode }),
    mapping,
    store: store.screening,
    clock: { now: () => Temporal.Now.instant() },
    rulesetVersion: knifeScanner.rulesetVersion,
    onSaved: () => {},
  })
}

function deadletters(database: TestDatabase, ...args: readonly string[]) {
  return runWren(['deadletters', ...args], '', settingsOf(database))
}

function settingsOf({ connectionString }: TestDatabase): Record<string, string> {
  return {
    DATABASE_URL: connectionString,
    WREN_INTAKE_TOKEN: 'token-of-a-test-'.repeat(3),
    WREN_SESSION_KEY: 'session-key-of-a-test'.repeat(2),
    WREN_IDENTIFIER_KEY: 'identifier-key-of-a-test'.repeat(2),
  }
}
