import { createHash } from 'node:crypto'
import type { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type HttpInlet, startHttpInlet } from '../../../src/adapters/inlet/http-inlet.ts'
import { decodeMapped } from '../../../src/attendance/mapping/decode-mapped.ts'
import type { LedgerOutcome } from '../../../src/review/ledger.ts'
import { makeScreen } from '../../../src/services/screen-attendances.ts'
import { readMappingText } from '../../attendance/mapping/read-mapping-text.ts'
import { openTestDatabase, type TestDatabase } from '../../world/database.ts'
import { attendanceMessage, identifierKey, knifeScanner, knifeScreen } from '../../world/knife-screen.ts'

const token = 'intake token invented for this test'.replaceAll(' ', '-')
const bodyLimitBytes = 200_000
const now = Temporal.Instant.from('2026-03-01T12:00:00Z')
const canary = 'Zibberdoyle'

const mapping = readMappingText(
  '{ wren: 1, format: csv, source: ed-nightly, fields: { attendanceId: Att No }, notes: [{ section: triage, text: Note }] }',
)
const mappedScreen = makeScreen({
  scanner: knifeScanner,
  identifierKey,
  decode: (bytes, { receivedAt }) => decodeMapped(bytes, { mapping, receivedAt, defaultTrust: 'RWP' }),
})

let database: TestDatabase
let client: Client
let inlet: HttpInlet
const told: { outcomes: LedgerOutcome[]; storeFailures: unknown[]; failures: unknown[] } = {
  outcomes: [],
  storeFailures: [],
  failures: [],
}

beforeAll(async () => {
  database = await openTestDatabase()
  client = await database.connect()
  inlet = await startInlet(database)
})
afterAll(async () => {
  await inlet.stop()
  await database[Symbol.asyncDispose]()
})

describe('one attendance', () => {
  test('is saved before it is answered', async () => {
    const answer = await post(attendanceMessage({ attendanceId: 'one', words: 'Cut by a knife in the park' }))
    expect(answer).toMatchObject({ status: 200, json: { outcome: 'flagged', attendanceId: 'one' } })
    expect(await queuedIds()).toContain('one')
  })

  test('that says nothing of concern is clear, and leaves a receipt with the hash of its very bytes', async () => {
    const body = `  ${attendanceMessage({ attendanceId: 'clear', words: 'Fell off trampoline' })}\n`
    expect(await post(body)).toMatchObject({ status: 200, json: { outcome: 'clear', attendanceId: 'clear' } })
    const { rows } = await client.query('select body_sha256 from receipt where attendance_id = $1', ['clear'])
    expect(rows.map(row => Buffer.from(row.body_sha256, 'hex').toString('hex'))).toEqual([
      createHash('sha256').update(body).digest('hex'),
    ])
  })

  test('sent again is a duplicate', async () => {
    const body = attendanceMessage({ attendanceId: 'again', words: 'Fell off scooter' })
    expect(await post(body)).toMatchObject({ json: { outcome: 'clear' } })
    expect(await post(body)).toMatchObject({
      status: 200,
      json: { outcome: 'duplicate', attendanceId: 'again' },
    })
  })

  test('that cannot be read is kept as it came, and the sender is told why', async () => {
    const body = `{"source":"ed-worcester","attendanceId":"x","note":[{"text":"${canary}"}]}`
    const answer = await post(body)
    expect(answer).toMatchObject({
      status: 422,
      json: { outcome: 'unreadable', problem: expect.stringContaining('did you mean "notes"?'), kept: true },
    })
    expect(answer.text).not.toContain(canary)
    expect(await keptBytes()).toContain(body)
  })

  test.each([
    ['broken JSON', '{"source":'],
    ['a list: several go one a line', '[]'],
    ['bytes that are not UTF-8', new Uint8Array([0x22, 0xe9, 0x22])],
  ])('may be %s: kept all the same', async (_what, body) => {
    expect(await post(body)).toMatchObject({ status: 422, json: { outcome: 'unreadable', kept: true } })
    expect(await keptBytes()).toContain(Buffer.from(body).toString('latin1'))
  })
})

describe('an extract', () => {
  test('has an outcome for each row, by the mapping that the sender names, and a broken row stops no other', async () => {
    const rows = 'Att No,Note\nC1,"knife in\nbag"\nC2,"fell" off\nC3,fell\n'
    const answer = await post(rows, { 'content-type': 'text/csv; mapping=ed-nightly; charset=windows-1252' })
    expect(answer).toMatchObject({
      status: 200,
      json: {
        received: 3,
        counts: { flagged: 1, clear: 1, unreadable: 1 },
        lines: [
          { line: 2, attendanceId: 'C1', outcome: 'flagged' },
          { line: 4, problem: expect.stringContaining('the quotes of the row are broken'), kept: true },
          { line: 5, attendanceId: 'C3', outcome: 'clear' },
        ],
      },
    })
    expect(await keptBytes()).toContain('Att No,Note\r\nC2,"fell" off\r\n')
    const { rows: receipts } = await client.query(`select source from receipt where format = 'csv'`)
    expect(new Set(receipts.map(({ source }) => source))).toEqual(new Set(['ed-nightly']))
  })

  test('of a mapping that nobody set is refused, and nothing is kept', async () => {
    const answer = await post('Att No,Note\nC9,fell\n', { 'content-type': 'text/csv; mapping=ed-weekly' })
    expect(answer).toMatchObject({ status: 415, json: { problem: expect.stringContaining('ed-nightly') } })
    expect(await keptBytes()).not.toContain('Att No,Note\nC9,fell\n')
  })
})

describe('several attendances, one a line', () => {
  test('have an outcome each, and a broken line stops no other', async () => {
    const lines = [
      attendanceMessage({ attendanceId: 'line-1', words: 'Sore throat' }),
      `{"patient":{"family":"${canary}"`,
      '',
      attendanceMessage({ attendanceId: 'line-4', words: 'Says a knife was shown to him' }),
      attendanceMessage({ attendanceId: 'line-1', words: 'Sore throat' }),
    ]
    const answer = await post(`${lines.join('\r\n')}\n`, { 'content-type': 'application/x-ndjson' })
    expect(answer.status).toBe(200)
    expect(answer.text).not.toContain(canary)
    expect(answer.json).toMatchObject({
      received: 4,
      counts: { flagged: 1, clear: 1, 'out-of-scope': 0, duplicate: 1, unreadable: 1 },
      lines: [
        { line: 1, outcome: 'clear', attendanceId: 'line-1' },
        { line: 2, outcome: 'unreadable', problem: expect.any(String), kept: true },
        { line: 4, outcome: 'flagged', attendanceId: 'line-4' },
        { line: 5, outcome: 'duplicate', attendanceId: 'line-1' },
      ],
    })
    expect(await keptBytes()).toContain(lines[1])
  })

  test('may be more than one transaction saves', async () => {
    const lines = Array.from({ length: 1_001 }, (_, index) => `{"source":"a","attendanceId":"many-${index}"}`)
    const answer = await post(lines.join('\n'), { 'content-type': 'Application/X-NDJSON; charset=utf-8' })
    expect(answer).toMatchObject({ status: 200, json: { received: 1_001, counts: { clear: 1_001 } } })
  })
})

describe('a request that is refused', () => {
  const message = attendanceMessage({ attendanceId: 'refused', words: 'knife' })
  test.each([
    ['without a token', message, { authorization: '' }, 401, 'Authorization: Bearer TOKEN'],
    ['with a wrong token', message, { authorization: 'Bearer wrong' }, 401, 'Authorization: Bearer TOKEN'],
    ['with nothing in it', '', {}, 400, 'the body is empty'],
    ['with blanks in it', ' \n ', {}, 400, 'the body is empty'],
    ['with no lines', '\n\n', { 'content-type': 'application/x-ndjson' }, 400, 'the body is empty'],
    ['as text', message, { 'content-type': 'text/plain' }, 415, 'application/json'],
    ['as a form', message, { 'content-type': 'multipart/form-data' }, 415, 'application/x-ndjson'],
    ['with nonsense for a type', message, { 'content-type': ';;' }, 415, 'application/json'],
    ['compressed', message, { 'content-encoding': 'gzip' }, 415, 'without Content-Encoding'],
    ['in another charset', message, { 'content-type': 'application/json; charset=latin1' }, 415, 'UTF-8'],
    ['too large', 'x'.repeat(bodyLimitBytes + 1), {}, 413, `at most ${bodyLimitBytes} bytes`],
    [
      'with too many lines',
      '1\n'.repeat(10_001),
      { 'content-type': 'application/x-ndjson' },
      413,
      'more than 10000 lines',
    ],
  ])('%s says so in words, and leaves nothing', async (_reason, body, headers, status, problem) => {
    const before = await receiptCount()
    const answer = await post(body, headers)
    expect(answer).toMatchObject({ status, json: { problem: expect.stringContaining(problem) } })
    expect(await receiptCount()).toBe(before)
  })

  test('at another address says where attendances go', async () => {
    const answer = await fetch(new URL(`/attendance/${canary}`, inlet.url), { method: 'POST' })
    expect(answer.status).toBe(404)
    expect(await answer.text()).toBe('{"problem":"nothing is here: send attendances with POST /attendances"}')
  })
})

describe('when the store does not answer', () => {
  test('nothing is acknowledged, and the same message sent again is taken', async () => {
    const body = attendanceMessage({ attendanceId: 'store-down', words: 'knife' })
    await client.query('alter table receipt rename to receipt_away')
    const refused = await post(body)
    expect(refused).toMatchObject({
      status: 503,
      json: { problem: expect.stringContaining('send all of it again') },
    })
    expect(refused.headers.get('retry-after')).toBe('5')
    expect(told.storeFailures).toHaveLength(1)
    await client.query('alter table receipt_away rename to receipt')
    expect(await post(body)).toMatchObject({ status: 200, json: { outcome: 'flagged' } })
    expect((await queuedIds()).filter(id => id === 'store-down')).toHaveLength(1)
  })
})

test('the port says what it takes', async () => {
  const answer = await fetch(inlet.url)
  expect(answer.headers.get('content-type')).toContain('text/plain')
  const words = await answer.text()
  expect(words).toContain('POST /attendances')
  expect(words).toContain('application/x-ndjson')
})

test('the hooks hear of every outcome, and of no bug', () => {
  expect(told.outcomes.filter(outcome => outcome === 'unreadable').length).toBeGreaterThanOrEqual(5)
  expect(told.outcomes.filter(outcome => outcome === 'duplicate')).toHaveLength(2)
  expect(told.failures).toEqual([])
})

test('stopping closes the port', async () => {
  const second = await startInlet(database)
  await fetch(second.url)
  await second.stop()
  await expect(fetch(second.url)).rejects.toThrow()
})

function startInlet({ store }: TestDatabase): Promise<HttpInlet> {
  return startHttpInlet({
    host: '127.0.0.1',
    port: 0,
    token,
    screen: knifeScreen,
    mapped: [{ mapping, screen: mappedScreen }],
    store: store.screening,
    clock: { now: () => now },
    hooks: {
      onSaved: ({ outcome }) => told.outcomes.push(outcome),
      onStoreFailure: error => told.storeFailures.push(error),
      onFailure: error => told.failures.push(error),
    },
    bodyLimitBytes,
  })
}

async function post(body: string | Uint8Array, headers: Record<string, string> = {}) {
  const answer = await fetch(new URL('/attendances', inlet.url), {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    body: Buffer.from(body),
  })
  const text = await answer.text()
  const json: unknown = JSON.parse(text)
  return { status: answer.status, headers: answer.headers, text, json }
}

async function queuedIds(): Promise<string[]> {
  const rows = await database.store.review.queue({ states: ['to-review'], limit: 100, offset: 0 })
  return rows.map(row => row.attendance.attendanceId)
}

/** Every dead letter, byte for byte. */
async function keptBytes(): Promise<string[]> {
  const { rows } = await client.query<{ bytes: Buffer }>('select bytes from dead_letter')
  return rows.map(row => row.bytes.toString('latin1'))
}

async function receiptCount(): Promise<number> {
  const { rows } = await client.query<{ count: string }>('select count(*) from receipt')
  return Number(rows[0]?.count)
}
