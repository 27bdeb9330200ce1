import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  type MllpInlet,
  type MllpInletOptions,
  startMllpInlet,
} from '../../../src/adapters/inlet/mllp-inlet.ts'
import type { ScreeningStore } from '../../../src/services/ports.ts'
import { openTestDatabase, type TestDatabase } from '../../world/database.ts'
import { knifeScreen } from '../../world/knife-screen.ts'
import { type MessageWishes, makeHl7v2, textSegment } from '../../world/make-hl7v2.ts'
import { connectSender } from '../../world/mllp-sender.ts'

const frameBytesMax = 100_000

let database: TestDatabase
let client: Client
let inlet: MllpInlet
const failures: unknown[] = []
const reused: string[] = []

beforeAll(async () => {
  database = await openTestDatabase()
  client = await database.connect()
  inlet = await startInlet()
})
beforeEach(() => {
  failures.length = 0
  reused.length = 0
})
afterAll(async () => {
  await inlet.stop()
  await database[Symbol.asyncDispose]()
})

describe('a message', () => {
  test('is saved before it is answered AA', async () => {
    expect(await sendOne(message('taken'))).toEqual(['MSA', 'AA', 'taken', ''])
    expect(await outcomesOf('taken')).toEqual(['flagged'])
  })

  test('sent again is answered AA, and is a duplicate', async () => {
    const sent = message('again')
    expect([await sendOne(sent), await sendOne(sent)].map(([, code]) => code)).toEqual(['AA', 'AA'])
    expect(await outcomesOf('again')).toEqual(['duplicate', 'flagged'])
  })

  test('that cannot be read is answered AE with the reason, and kept as it came', async () => {
    const sent = message('merge', { msh: { 9: 'ADT^A42' } })
    expect(await sendOne(sent)).toEqual(['MSA', 'AE', 'merge', expect.stringContaining('A42 merges')])
    expect(await keptBytes()).toContain(sent)
  })

  test('that is no HL7 is answered AE, and kept as it came', async () => {
    expect(await sendOne('knife')).toEqual(['MSA', 'AE', '', expect.stringContaining('no MSH segment')])
    expect(await keptBytes()).toContain('knife')
  })

  test('of a training system is answered AR, and counted', async () => {
    const sent = message('training', { msh: { 11: 'T' } })
    expect(await sendOne(sent)).toEqual(['MSA', 'AR', 'training', expect.stringContaining('MSH-11')])
    expect(await keptBytes()).toContain(sent)
  })

  test('that is too large is answered AR, its head is kept, and the next one is read', async () => {
    const sender = await connectSender(inlet.url)
    const large = message('large', { more: [textSegment('x'.repeat(frameBytesMax))] })
    expect(await sender.send(large)).toEqual([
      'MSA',
      'AR',
      'large',
      expect.stringContaining('at most 100000'),
    ])
    expect(await sender.send(message('after-large'))).toEqual(['MSA', 'AA', 'after-large', ''])
    expect((await keptBytes()).some(bytes => large.startsWith(bytes))).toBe(true)
    sender.end()
  })

  test.each<[what: string, id: string, msh: Readonly<Record<number, string>>, codes: readonly string[]]>([
    ['accepted', 'enhanced', { 15: 'AL', 16: 'NE' }, ['CA']],
    ['accepted, and asked for both', 'enhanced-both', { 15: 'AL', 16: 'AL' }, ['CA', 'AA']],
    ['not read', 'enhanced-unread', { 9: 'ADT^A42', 15: 'AL', 16: 'NE' }, ['CE']],
    ['not read, and told of errors only', 'enhanced-error', { 9: 'ADT^A42', 15: 'NE', 16: 'ER' }, ['AE']],
    ['refused', 'enhanced-refused', { 11: 'T', 15: 'AL', 16: 'NE' }, ['CR']],
  ])('in enhanced mode, %s, is answered as it asks', async (_what, id, msh, codes) => {
    const sender = await connectSender(inlet.url)
    sender.write(`\x0b${message(id, { msh: { 10: id, ...msh } })}\x1c\r`)
    for (const code of codes) expect((await sender.answer()).slice(1, 3)).toEqual([code, id])
    sender.end()
  })

  test('in enhanced mode that asks for no answer is saved all the same', async () => {
    const sender = await connectSender(inlet.url)
    const silent = message('enhanced-silent', { msh: { 15: 'NE', 16: 'NE' } })
    sender.write(`\x0b${silent}\x1c\r`)
    expect(await sender.send(message('enhanced-next'))).toEqual(['MSA', 'AA', 'enhanced-next', ''])
    expect(await outcomesOf('enhanced-silent')).toEqual(['flagged'])
    sender.end()
  })

  test('under a control id that was used before for other bytes is read, and somebody is told', async () => {
    const [one, other] = ['Cut by a knife', 'Fell off a wall'].map((words, index) =>
      makeHl7v2({
        msh: { 10: 'REUSED' },
        pv1: { 19: `reused-${index}` },
        more: [textSegment(words)],
      }),
    )
    const codes = []
    for (const sent of [one, one, other]) codes.push((await sendOne(sent ?? ''))[1])
    expect(codes).toEqual(['AA', 'AA', 'AA'])
    expect(await outcomesOf('reused-0')).toEqual(['duplicate', 'flagged'])
    expect(await outcomesOf('reused-1')).toEqual(['clear'])
    expect(reused).toEqual(['ed-worcester'])
  })

  test('that merges patients is answered AA, and counted as clear', async () => {
    const sent = message('merged', { msh: { 9: 'ADT^A40' }, more: ['MRG|W99^^^RWP^MR'] })
    expect(await sendOne(sent)).toEqual(['MSA', 'AA', 'merged', ''])
    const { rows } = await client.query('select prior, surviving from patient_merge')
    expect(rows).toEqual([{ prior: 'W99', surviving: 'W104411' }])
  })
})

describe('a connection', () => {
  test('may bring many messages at once: each is answered, in order', async () => {
    const sender = await connectSender(inlet.url)
    const ids = Array.from({ length: 500 }, (_, index) => `burst-${index}`)
    const more = [textSegment('Fell off trampoline')]
    sender.write(ids.map(id => `\x0b${message(id, { more })}\x1c\r`).join(''))
    const answers = []
    for (const _ of ids) answers.push(await sender.answer())
    expect(answers.map(([, code, id]) => `${code} ${id}`)).toEqual(ids.map(id => `AA ${id}`))
    sender.end()
  })

  test('may bring a message byte by byte', async () => {
    const sender = await connectSender(inlet.url)
    for (const byte of Buffer.from(`\x0b${message('bytes')}\x1c\r`)) sender.write(Uint8Array.of(byte))
    expect(await sender.answer()).toEqual(['MSA', 'AA', 'bytes', ''])
    sender.end()
  })

  test('is one of many', async () => {
    const ids = Array.from({ length: 40 }, (_, index) => `many-${index}`)
    const answers = await Promise.all(ids.map(id => sendOne(message(id))))
    expect(answers.map(([, code, id]) => `${code} ${id}`)).toEqual(ids.map(id => `AA ${id}`))
  })

  test('that begins a message and does not end it is closed, and nothing is kept', async () => {
    const hasty = await startInlet({ frameTimeoutMs: 50 })
    const sender = await connectSender(hasty.url)
    sender.write(`\x0b${message('unfinished')}`)
    await sender.closed
    expect(await outcomesOf('unfinished')).toEqual([])
    await hasty.stop()
  })

  test('that brings no frame at all is told of when it ends', async () => {
    const sender = await connectSender(inlet.url)
    sender.write(message('frameless'))
    sender.end()
    await sender.closed
    expect(failures).toEqual([expect.objectContaining({ message: expect.stringContaining('no MLLP frame') })])
  })
})

test('where the store does not answer, the connection is closed and nothing is acknowledged', async () => {
  let isDown = true
  const store: ScreeningStore = {
    record: batch =>
      isDown ? Promise.reject(new Error('the database is away')) : database.store.screening.record(batch),
  }
  const cut = await startInlet({ store })
  const sent = message('store-away')
  await expect(sendOne(sent, cut)).rejects.toThrow('closed without an answer')
  expect(await outcomesOf('store-away')).toEqual([])
  isDown = false
  expect(await sendOne(sent, cut)).toEqual(['MSA', 'AA', 'store-away', ''])
  await cut.stop()
})

test('stopping answers what is under way, closes idle connections and then the port', async () => {
  const { promise: reached, resolve: reach } = Promise.withResolvers<void>()
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  const store: ScreeningStore = {
    record: async batch => {
      reach()
      await released
      return database.store.screening.record(batch)
    },
  }
  const slow = await startInlet({ store })
  const idle = await connectSender(slow.url)
  const sender = await connectSender(slow.url)
  const answered = sender.send(message('under-way'))
  await reached
  const stopped = slow.stop()
  release()
  expect(await answered).toEqual(['MSA', 'AA', 'under-way', ''])
  await Promise.all([stopped, idle.closed, sender.closed])
  await expect(connectSender(slow.url)).rejects.toThrow()
})

describe('encrypted', () => {
  const tls = { cert: pem('server.pem'), key: pem('server.key'), ca: pem('ca.pem') }

  test('a sender with a certificate of the authority is taken', async () => {
    const secure = await startInlet({ tls })
    const sender = await connectSender(secure.url, {
      ca: tls.ca,
      cert: pem('sender.pem'),
      key: pem('sender.key'),
    })
    expect(await sender.send(message('secure'))).toEqual(['MSA', 'AA', 'secure', ''])
    await secure.stop()
  })

  test('a sender with a certificate of nobody is not', async () => {
    const secure = await startInlet({ tls })
    const refused = connectSender(secure.url, {
      ca: tls.ca,
      cert: pem('stranger.pem'),
      key: pem('stranger.key'),
    }).then(sender => sender.send(message('certified-by-nobody')))
    await expect(refused).rejects.toThrow()
    expect(await outcomesOf('certified-by-nobody')).toEqual([])
    await secure.stop()
  })

  test('a sender that speaks an old TLS, or none, is not', async () => {
    const secure = await startInlet({ tls: { ...tls, ca: null } })
    await expect(connectSender(secure.url, { ca: tls.ca, maxVersion: 'TLSv1.1' })).rejects.toThrow()
    const plain = await connectSender(secure.url.replace('mllps:', 'mllp:'))
    await expect(plain.send(message('unencrypted'))).rejects.toThrow('closed without an answer')
    expect(await outcomesOf('unencrypted')).toEqual([])
    await secure.stop()
  })

  test('a sender without one is not', async () => {
    const secure = await startInlet({ tls })
    // In TLS 1.3 the sender hears of the refusal with its first answer.
    const refused = connectSender(secure.url, { ca: tls.ca }).then(sender => sender.send(message('stranger')))
    await expect(refused).rejects.toThrow()
    expect(await outcomesOf('stranger')).toEqual([])
    await secure.stop()
  })
})

function startInlet(wishes: Partial<MllpInletOptions> = {}): Promise<MllpInlet> {
  return startMllpInlet({
    host: '127.0.0.1',
    port: 0,
    tls: null,
    processing: new Set(['P']),
    frameBytesMax,
    frameTimeoutMs: 30_000,
    screen: knifeScreen,
    store: database.store.screening,
    clock: { now: () => Temporal.Instant.from('2026-11-20T21:41:00Z') },
    hooks: { onSaved: () => {}, onStoreFailure: () => {}, onFailure: error => failures.push(error) },
    onReusedId: source => reused.push(source),
    ...wishes,
  })
}

function message(id: string, wishes: MessageWishes = {}): string {
  return makeHl7v2({
    more: [textSegment('Cut by a knife')],
    ...wishes,
    msh: { 10: id, ...wishes.msh },
    pv1: { 19: id },
  })
}

async function sendOne(sent: string, { url } = inlet): Promise<readonly string[]> {
  const sender = await connectSender(url)
  try {
    return await sender.send(sent)
  } finally {
    sender.end()
  }
}

async function outcomesOf(attendanceId: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ outcome: string }>(
    'select outcome from receipt where attendance_id = $1 order by outcome',
    [attendanceId],
  )
  return rows.map(row => row.outcome)
}

/** Every dead letter, byte for byte. */
async function keptBytes(): Promise<readonly string[]> {
  const { rows } = await client.query<{ bytes: Buffer }>('select bytes from dead_letter')
  return rows.map(row => row.bytes.toString('utf8'))
}

function pem(name: string): string {
  return readFileSync(join(import.meta.dirname, 'certificates', name), 'utf8')
}
