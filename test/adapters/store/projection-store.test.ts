import { expect, test } from 'vitest'
import type { Store } from '../../../src/adapters/store/store.ts'
import { openTestDatabase } from '../../world/database.ts'
import { batchOf, makeReceipt } from '../../world/make-attendance.ts'

const place = { group: 'wren.projector', topic: 'wren.screened.v1', partition: 0 }
const lastSha256 = 'a'.repeat(64)
const today = '2026-11-20'

function nothing() {
  return batchOf()
}

async function received({ ledger }: Store): Promise<number> {
  const counts = await ledger.dayCounts(today)
  return counts.reduce((sum, count) => sum + count.received, 0)
}

test('a partition never read begins at the lowest offset, and goes on where its last transaction ended', async () => {
  await using database = await openTestDatabase()
  const { projection } = database.store
  expect(await projection.takeOver(place, '7')).toEqual({ epoch: 1, next: '7', lastSha256: null })
  const read = await projection.recordRead(nothing(), {
    ...place,
    epoch: 1,
    from: '7',
    next: '12',
    lastSha256,
  })
  expect(read).toEqual({ kind: 'recorded', outcomes: [] })
  expect(await projection.takeOver(place, '0')).toEqual({ epoch: 2, next: '12', lastSha256 })
})

test('a reader that was overtaken while it slept changes nothing: neither the offset nor the ledger', async () => {
  await using database = await openTestDatabase()
  const { store } = database
  const sleeper = await store.projection.takeOver(place, '0')
  const newer = await store.projection.takeOver(place, '0')
  const batch = { receipts: [makeReceipt()], held: [], deadLetters: [] }
  const range = { ...place, from: '0', next: '1', lastSha256 }
  expect(await store.projection.recordRead(batch, { ...range, epoch: sleeper.epoch })).toEqual({
    kind: 'not-ours',
  })
  expect(await received(store)).toBe(0)
  expect(await store.projection.recordRead(batch, { ...range, epoch: newer.epoch })).toMatchObject({
    kind: 'recorded',
  })
  expect(await received(store)).toBe(1)
})

test('a range that does not begin where the partition stands is refused, with where it stands', async () => {
  await using database = await openTestDatabase()
  const { projection } = database.store
  const { epoch } = await projection.takeOver(place, '5')
  for (const from of ['4', '6'])
    expect(await projection.recordRead(nothing(), { ...place, epoch, from, next: '9', lastSha256 })).toEqual({
      kind: 'elsewhere',
      next: '5',
    })
})

test('when what was read cannot be saved, the offset stays', async () => {
  await using database = await openTestDatabase()
  const { projection } = database.store
  const { epoch } = await projection.takeOver(place, '0')
  const broken = { receipts: [makeReceipt({ arrivedAt: 'no instant' })], held: [], deadLetters: [] }
  const range = { ...place, epoch, from: '0', next: '1', lastSha256 }
  await expect(projection.recordRead(broken, range)).rejects.toThrow()
  expect((await projection.takeOver(place, '0')).next).toBe('0')
})

test('the database itself refuses an offset that falls', async () => {
  await using database = await openTestDatabase()
  await database.store.projection.takeOver(place, '9')
  const client = await database.connect()
  await expect(client.query('update consumer_offset set next_offset = 3')).rejects.toThrow(
    'the offset of wren.screened.v1 partition 0 would fall',
  )
})
