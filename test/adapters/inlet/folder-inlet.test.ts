import { createHash } from 'node:crypto'
import { appendFile, mkdtemp, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { bytesInMemory, fileBytesMax } from '../../../src/adapters/inlet/file-bytes.ts'
import { type FolderInlet, startFolderInlet } from '../../../src/adapters/inlet/folder-inlet.ts'
import { screenFile } from '../../../src/adapters/inlet/screen-file.ts'
import { decodeMapped } from '../../../src/attendance/mapping/decode-mapped.ts'
import type { ScreeningStore } from '../../../src/services/ports.ts'
import { makeScreen } from '../../../src/services/screen-attendances.ts'
import { readMappingText } from '../../attendance/mapping/read-mapping-text.ts'
import { openTestDatabase, type TestDatabase } from '../../world/database.ts'
import { identifierKey, knifeScanner } from '../../world/knife-screen.ts'

const mapping = readMappingText(`
wren: 1
format: csv
source: ed-nightly
fields:
  attendanceId: Att No
  birthDate: DOB
notes:
  - { section: triage, text: Triage }
`)
const clock = { now: () => Temporal.Instant.from('2026-03-02T03:00:00Z') }
const screen = makeScreen({
  scanner: knifeScanner,
  identifierKey,
  decode: (bytes, { receivedAt }) => decodeMapped(bytes, { mapping, receivedAt, defaultTrust: 'RWP' }),
})
const header = 'Att No,DOB,Triage\n'
const good = `${header}E1,2011-05-30,knife in bag\nE2,2011-05-30,fell\n`
const canary = 'Zibberdoyle'

let database: TestDatabase
let folder: string
let inlet: FolderInlet | null
const failures: unknown[] = []

beforeEach(async () => {
  database = await openTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'wren-folder-'))
  inlet = null
  failures.length = 0
})
afterEach(async () => {
  await inlet?.stop()
  await rm(folder, { recursive: true, force: true })
  await database[Symbol.asyncDispose]()
})

test('a file that was read goes to done, and each row has one outcome', async () => {
  await drop('monday.csv', good)
  inlet = await start()
  await untilIn('done', ['monday.csv'])
  expect(await outcomes()).toEqual(['clear', 'flagged'])
})

test('a file with a row that cannot be read goes to failed; its problems name the line and quote nothing', async () => {
  await drop('monday.csv', `${good}E3,30/05/2011,${canary}\n`)
  inlet = await start()
  await untilIn('failed', ['monday.csv', 'monday.csv.problems'])
  expect(await outcomes()).toEqual(['clear', 'flagged', 'unreadable'])
  const problems = await readFile(join(folder, 'failed', 'monday.csv.problems'), 'utf8')
  expect(problems).toBe('line 4: birthDate (column "DOB"): expected a date as iso\n')
  expect(await deadLetters()).toEqual([`Att No,DOB,Triage\r\nE3,30/05/2011,${canary}\r\n`])
})

test('a file whose header does not fit is one dead letter, and goes to failed', async () => {
  await drop('monday.csv', good.replace('Triage', 'Notes'))
  inlet = await start()
  await untilIn('failed', ['monday.csv', 'monday.csv.problems'])
  expect(await outcomes()).toEqual(['unreadable'])
})

test('a file that is too large to be read is told by the ledger, with its beginning kept', async () => {
  await using file = await open(join(folder, 'year.csv.part'), 'w')
  await file.write(good)
  await file.truncate(fileBytesMax + 1)
  await rename(join(folder, 'year.csv.part'), join(folder, 'year.csv'))
  inlet = await start()
  await untilIn('failed', ['year.csv', 'year.csv.problems'])
  expect(await outcomes()).toEqual(['unreadable'])
  expect((await deadLetters())[0]?.startsWith(good)).toBe(true)
}, 120_000)

test('an empty file goes to failed, and nothing is counted: nothing came', async () => {
  await drop('monday.csv', '')
  inlet = await start()
  await untilIn('failed', ['monday.csv', 'monday.csv.problems'])
  expect(await outcomes()).toEqual([])
})

test('the same file dropped twice counts nothing twice, and writes over nothing', async () => {
  await drop('monday.csv', good)
  inlet = await start()
  await untilIn('done', ['monday.csv'])
  await drop('monday.csv', good)
  await untilIn('done', ['monday.csv', 'monday.csv.2'])
  expect(await outcomes()).toEqual(['clear', 'flagged'])
})

test('a file is left alone under an unfinished name, and read under its final one', async () => {
  await drop('monday.csv.part', header)
  inlet = await start()
  await drop('other.csv', good)
  await untilIn('done', ['other.csv'])
  expect(await readdir(folder)).toContain('monday.csv.part')
  await appendFile(join(folder, 'monday.csv.part'), 'E9,2011-05-30,fell\n')
  await rename(join(folder, 'monday.csv.part'), join(folder, 'monday.csv'))
  await untilIn('done', ['monday.csv', 'other.csv'])
})

test('a file that grows between two looks is not read until it stands still', async () => {
  const path = join(folder, 'growing.csv')
  const reads: string[] = []
  await writeFile(path, header)
  inlet = await start({ record: watchReads(reads) }, 1_000)
  for (let row = 1; row <= 20; row++) {
    await appendFile(path, `E${row},2011-05-30,fell\n`)
    await new Promise(resolve => setTimeout(resolve, 5))
  }
  await untilIn('done', ['growing.csv'])
  expect(new Set(reads).size).toBe(20)
  expect(await outcomes()).toHaveLength(20)
})

test('a store that fails in the middle loses nothing and counts nothing twice', async () => {
  const rows = Array.from({ length: 1_200 }, (_, row) => `E${row},2011-05-30,fell\n`).join('')
  await drop('monday.csv', header + rows)
  let calls = 0
  inlet = await start({
    record: async batch => {
      if (++calls === 2) throw new Error('the store is gone')
      return database.store.screening.record(batch)
    },
  })
  await untilIn('done', ['monday.csv'])
  expect(failures).toHaveLength(1)
  expect(await outcomes()).toHaveLength(1_200)
})

test('a process that ended before it moved the file reads it again, and counts nothing twice', async () => {
  const file = bytesInMemory(Buffer.from(good))
  const rulesetVersion = knifeScanner.rulesetVersion
  await screenFile(file, {
    screen,
    mapping,
    store: database.store.screening,
    clock,
    rulesetVersion,
    onSaved: () => {},
  })
  await drop('monday.csv', good)
  inlet = await start()
  await untilIn('done', ['monday.csv'])
  expect(await outcomes()).toEqual(['clear', 'flagged'])
})

test('a message is named by the hash of its file and its line', async () => {
  await drop('monday.csv', good)
  inlet = await start()
  await untilIn('done', ['monday.csv'])
  const client = await database.connect()
  const { rows } = await client.query('select position from receipt order by 1')
  const hash = createHash('sha256').update(good).digest('hex')
  expect(rows.map(row => row.position)).toEqual([`${hash}:2`, `${hash}:3`])
})

function drop(name: string, text: string): Promise<void> {
  return writeFile(join(folder, name), text)
}

function start(store: ScreeningStore = database.store.screening, pollMs = 30): Promise<FolderInlet> {
  return startFolderInlet({
    screen,
    mapping,
    store,
    clock,
    rulesetVersion: knifeScanner.rulesetVersion,
    onSaved: () => {},
    folder,
    pollMs,
    hooks: { onFile: () => {}, onFailure: error => failures.push(error) },
  })
}

function watchReads(reads: string[]): ScreeningStore['record'] {
  return batch => {
    reads.push(...batch.receipts.map(receipt => receipt.delivery.offset))
    return database.store.screening.record(batch)
  }
}

function untilIn(name: 'done' | 'failed', files: readonly string[]): Promise<void> {
  return vi.waitFor(async () => expect((await readdir(join(folder, name))).toSorted()).toEqual(files), {
    timeout: 20_000,
    interval: 20,
  })
}

async function outcomes(): Promise<readonly string[]> {
  const client = await database.connect()
  const { rows } = await client.query('select outcome from receipt order by outcome')
  return rows.map(row => row.outcome)
}

async function deadLetters(): Promise<readonly string[]> {
  const client = await database.connect()
  const { rows } = await client.query('select bytes from dead_letter')
  return rows.map(row => row.bytes.toString('utf8'))
}
