import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openTestDatabase } from '../../world/database.ts'
import { runWren } from '../../world/run-wren.ts'

const folder = mkdtempSync(join(tmpdir(), 'wren-import-'))
afterAll(() => rmSync(folder, { recursive: true }))

const mapping = 'docs/examples/ed-extract.yaml'
const extract = 'docs/examples/ed-extract.csv'
const dryRun = ['--mapping', mapping, '--dry-run']

test('a dry run shows what Wren makes of the first rows, and no name, number or word of a patient', async () => {
  const { stdout, stderr, exitCode } = await runWren(['import', extract, ...dryRun])
  expect(exitCode).toBe(0)
  expect(stdout).toMatch(/E2604117/)
  expect(stdout).toMatch(/2026-03-01T09:30:00Z/)
  expect(stdout).not.toMatch(/Ashdown|Kit|kinfe|9990000018|WR5|2011-05-30/)
  expect(stderr).toMatch(/2 attendances, 0 unreadable\. Nothing was saved/)
})

test('with --text it shows them too', async () => {
  const { stdout } = await runWren(['import', extract, ...dryRun, '--text'])
  expect(stdout).toMatch(/Ashdown/)
  expect(stdout).toMatch(/Friend says kinfe/)
})

test('standard input is read too, in UTF-16 as Excel writes it, and each field says its column', async () => {
  const file = Buffer.from(`\ufeff${readFileSync(extract, 'utf8')}`, 'utf16le')
  const { stdout, stderr, exitCode } = await runWren(['import', '-', ...dryRun], file)
  expect(stdout).toMatch(/attendance +E2604118 +\[column "Attendance No" or "Att No"\]/)
  expect(stderr).toMatch(/2 attendances, 0 unreadable/)
  expect(exitCode).toBe(0)
})

test('rows of one attendance that are taken for versions of it are pointed out', async () => {
  const path = join(folder, 'versions.yaml')
  writeFileSync(path, readFileSync(mapping, 'utf8').replace('rows: note', 'rows: attendance'))
  const { stderr } = await runWren(['import', extract, '--mapping', path, '--dry-run'])
  expect(stderr).toMatch(/1 row is of an attendance that has one already: .* say "rows: note" in the mapping/)
})

test('a row that cannot be read is named with its line, and the exit code says so', async () => {
  const path = join(folder, 'broken.csv')
  writeFileSync(path, readFileSync(extract, 'utf8').replace('NULL', '01/02/11'))
  const { stdout, exitCode } = await runWren(['import', path, ...dryRun, '--rows', '0'])
  expect(exitCode).toBe(1)
  expect(stdout).toMatch(/line 4: unreadable: birthDate \(column "DOB"\): expected a date as dd\/MM\/yyyy/)
})

test.each([
  ['no mapping', ['import', extract], 2, /required option '--mapping/],
  [
    'a mapping that is wrong',
    ['import', extract, '--mapping', extract, '--dry-run'],
    1,
    /cannot be used: \d+ problem/,
  ],
  ['no such file', ['import', 'nowhere.csv', ...dryRun], 1, /nowhere\.csv cannot be read \(ENOENT\)/],
  ['a number that is none', ['import', extract, ...dryRun, '--rows', 'x'], 2, /--rows takes a number/],
])('%s is told in words', async (_what, args, code, words) => {
  const { stderr, exitCode } = await runWren(args)
  expect(exitCode).toBe(code)
  expect(stderr).toMatch(words)
  expect(stderr).not.toMatch(/ {4}at /)
})

test('an import saves every row with one outcome, and the same file again counts nothing', async () => {
  await using database = await openTestDatabase()
  const secret = 'invented for tests: thirty-two characters or more'
  const settings = {
    DATABASE_URL: database.connectionString,
    WREN_SESSION_KEY: secret,
    WREN_IDENTIFIER_KEY: secret,
    WREN_INTAKE_TOKEN: secret,
  }
  const first = await runWren(['import', extract, '--mapping', mapping], '', settings)
  const second = await runWren(['import', extract, '--mapping', mapping], '', settings)
  expect(first.stdout).toBe('2 received: 1 flagged, 1 clear, 0 out-of-scope, 0 duplicate, 0 unreadable\n')
  expect(second).toMatchObject({ stdout: first.stdout, exitCode: 0 })
  const client = await database.connect()
  const { rows } = await client.query('select outcome, format, channel from receipt order by outcome')
  expect(rows).toEqual([
    { outcome: 'clear', format: 'csv', channel: 'file' },
    { outcome: 'flagged', format: 'csv', channel: 'file' },
  ])
})
