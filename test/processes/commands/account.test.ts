import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../world/database.ts'
import {
  batchOf,
  makeAttendance,
  makeDelivery,
  makeReceipt,
  makeUnreadable,
} from '../../world/make-attendance.ts'
import { runWren } from '../../world/run-wren.ts'

const day = '2026-11-20'
const receivedAt = '2026-11-20T09:00:00Z'

test('a day that balances is told site by site, with its offsets, and exit code 0', async () => {
  await using database = await openTestDatabase()
  await receive(database, [0, 1, 2])
  const { stdout, stderr, exitCode } = await account(database)
  expect(stderr).toBe('')
  expect(stdout).toMatch(/source +site +read as/)
  expect(stdout).toMatch(/ed-worcester +RWP01 +json +3 /)
  expect(stdout).toContain('Every message received has its outcome.')
  expect(stdout).toContain('attendances partition 0: offsets 0 to 2, each with a receipt (3).')
  expect(exitCode).toBe(0)
})

test('a gap between offsets is named, and the exit code is 1', async () => {
  await using database = await openTestDatabase()
  await receive(database, [0, 1, 5])
  const { stdout, exitCode } = await account(database)
  expect(stdout).toContain('GAP attendances partition 0: offsets 2 to 4 have no receipt (3).')
  expect(exitCode).toBe(1)
  const json = JSON.parse((await account(database, '--json')).stdout)
  expect(json).toMatchObject({ day, balances: false, unaccounted: 0, gaps: [{ from: '2', to: '4' }] })
})

test("the hospital's own list shows who was never received, and who could not be read", async () => {
  await using database = await openTestDatabase()
  await using folder = await temporaryFolder()
  const attendance = makeAttendance({ attendanceId: 'E100' })
  const bytes = new TextEncoder().encode('{"attendanceId":"E200"')
  await database.store.screening.record({
    receipts: [makeReceipt({ attendance })],
    held: [],
    deadLetters: [],
  })
  await database.store.screening.record(
    batchOf(makeUnreadable({ bytes, delivery: makeDelivery({ receivedAt }) })),
  )
  const list = join(folder.path, 'list.csv')
  await writeFile(list, 'Attendance\nE100\nE200\nE300\n')
  const { stdout, exitCode } = await account(database, '--census', list)
  expect(stdout).toContain('The list has 3 attendances; 1 of them were received.')
  expect(stdout).toContain('NEVER RECEIVED E300\n')
  expect(stdout).toContain('RECEIVED BUT UNREADABLE E200\n')
  expect(exitCode).toBe(1)
})

test.each([
  ['a day that is none', ['--day', '2026-02-30'], 2, 'error: --day takes a day, such as 2026-03-01'],
  ['a list that is not there', ['--day', day, '--census', 'no-such.csv'], 1, 'no-such.csv cannot be read'],
])('%s is refused in words', async (_reason, args, code, words) => {
  await using database = await openTestDatabase()
  const { stderr, exitCode } = await runWren(['account', ...args], '', settingsFor(database))
  expect(stderr).toContain(words)
  expect(exitCode).toBe(code)
})

function account(database: TestDatabase, ...args: readonly string[]) {
  return runWren(['account', '--day', day, ...args], '', settingsFor(database))
}

async function receive({ store }: TestDatabase, offsets: readonly number[]): Promise<void> {
  const receipts = offsets.map(offset =>
    makeReceipt({
      delivery: makeDelivery({ channel: 'kafka:one', offset: String(offset), receivedAt }),
    }),
  )
  await store.screening.record({ receipts, held: [], deadLetters: [] })
}

function settingsFor({ connectionString }: TestDatabase): Record<string, string> {
  return {
    DATABASE_URL: connectionString,
    WREN_INTAKE_TOKEN: 'token-of-a-test-'.repeat(3),
    WREN_SESSION_KEY: 'session-key-of-a-test'.repeat(2),
    WREN_IDENTIFIER_KEY: 'identifier-key-of-a-test'.repeat(2),
  }
}

async function temporaryFolder(): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'wren-account-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}
