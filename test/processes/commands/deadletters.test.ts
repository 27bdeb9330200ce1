import { expect, test } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../world/database.ts'
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

async function receiveUnreadable({ store }: TestDatabase, message: string): Promise<string> {
  const delivery = makeDelivery({ receivedAt: '2026-11-20T09:00:00Z' })
  const screening = makeUnreadable({ bytes: new TextEncoder().encode(message), delivery })
  await store.screening.record(batchOf(screening))
  return screening.deadLetter.eventId
}

function deadletters({ connectionString }: TestDatabase, ...args: readonly string[]) {
  return runWren(['deadletters', ...args], '', {
    DATABASE_URL: connectionString,
    WREN_INTAKE_TOKEN: 'token-of-a-test-'.repeat(3),
    WREN_SESSION_KEY: 'session-key-of-a-test'.repeat(2),
    WREN_IDENTIFIER_KEY: 'identifier-key-of-a-test'.repeat(2),
  })
}
