import { Kysely, PostgresDialect } from 'kysely'
import { Pool } from 'pg'
import { expect, test } from 'vitest'
import { up } from '../../../src/adapters/store/migrations/0018-saved-views.ts'
import type { Store } from '../../../src/adapters/store/store.ts'
import { flagIdOf } from '../../../src/review/flag-id.ts'
import { countChoices, countShown, noFilter, type QueueFilter } from '../../../src/review/queue-facets.ts'
import { openTestDatabase } from '../../world/database.ts'
import {
  type AttendanceWishes,
  batchOf,
  makeAttendance,
  makeDelivery,
  makeHeld,
  makeMention,
  makeScreening,
} from '../../world/make-attendance.ts'

const states = ['to-review', 'in-review'] as const
const view = {
  who: 'amara',
  role: 'nurse',
  overdueBefore: { high: '2026-11-20T07:00:00Z', others: '2026-11-19T07:00:00Z' },
}
const sexual = makeMention({ rule: 'sexual-harm', theme: 'sexual-harm' })
const asideNeglect = makeMention({ rule: 'neglect', theme: 'neglect', standing: 'set-aside' })
const trialMissing = makeMention({ rule: 'missing', theme: 'missing', trial: true })

test('what a filter shows, and what the counts beside it promise, is the same for every choice', async () => {
  await using database = await openTestDatabase()
  const { store } = database
  await raise(store, { site: 'RWP01', ageOnArrival: 12 }, { mentions: [makeMention(), sexual] })
  await raise(store, { site: null, ageOnArrival: null }, { priority: 'low' })
  await raise(store, { site: 'RWP50', ageOnArrival: 13 }, { mentions: [sexual, asideNeglect, trialMissing] })
  await raise(store, { site: 'RWP50', ageOnArrival: 17 }, { receivedAt: '2026-11-20T06:59:00Z' })
  const hers = await raise(store, { ageOnArrival: 25 }, { receivedAt: '2026-11-20T07:00:00Z' })
  const theirs = await raise(store, { ageOnArrival: 0 }, { priority: 'medium' })
  const handed = await raise(store, {}, { priority: 'medium', receivedAt: '2026-11-19T06:00:00Z' })
  await claim(store, { flagId: hers, who: 'amara' })
  await claim(store, { flagId: theirs, who: 'beth' })
  await handOver(store, { flagId: handed, to: 'team:nurse' })

  const groups = await store.review.facets({ states, view })
  const offered = {
    site: ['RWP01', 'RWP50', 'not-recorded'],
    theme: ['weapons', 'sexual-harm'],
    band: ['high', 'medium', 'low'],
    age: ['under-13', '13-15', '16-17', '18-25', 'not-known'],
    with: ['me', 'nobody', 'somebody'],
    due: ['overdue'],
  } as const
  for (const facet of ['site', 'theme', 'band', 'age', 'with', 'due'] as const) {
    const counts = countChoices(groups, { facet, filter: noFilter })
    expect([...counts.keys()].toSorted(), facet).toEqual([...offered[facet]].toSorted())
    for (const choice of offered[facet]) {
      const filter = { ...noFilter, [facet]: [choice] }
      const shown = await list(store, filter)
      expect(shown.length, `${facet} ${choice}`).toBe(counts.get(choice))
      expect(shown.length).toBe(countShown(groups, filter))
    }
  }
  expect((await list(store, { ...noFilter, with: ['me'] })).toSorted()).toEqual([hers, handed].toSorted())
  expect(await list(store, { ...noFilter, due: ['overdue'] })).toHaveLength(2)
  expect(
    await list(store, { ...noFilter, site: ['RWP50', 'not-recorded'], age: ['13-15', 'not-known'] }),
  ).toHaveLength(2)
})

test('a page of a filtered list is cut from what the filter shows, in the order of the queue', async () => {
  await using database = await openTestDatabase()
  const { store } = database
  const ids: string[] = []
  for (let hour = 0; hour < 8; hour++) {
    const arrivedAt = `2026-11-20T0${hour}:00:00Z`
    ids.push(await raise(store, { arrivedAt, site: hour % 2 === 0 ? 'RWP01' : 'RWP50' }))
  }
  const filter = { ...noFilter, site: ['RWP50'] }
  const pageOf = async (offset: number) => {
    const rows = await store.review.queue({ states, limit: 2, offset, shown: { ...view, filter } })
    return rows.map(({ flag }) => flag.id)
  }
  expect([...(await pageOf(0)), ...(await pageOf(2))]).toEqual(ids.filter((_, index) => index % 2 === 1))
})

test('a later text that moves the child or adds a harm moves her in the filters too', async () => {
  await using database = await openTestDatabase()
  const { store } = database
  const first = makeAttendance({ site: 'RWP01', ageOnArrival: null, words: 'Threatened with a knife.' })
  await record(store, { attendance: first })
  const later = { ...first, site: 'RWP50', ageOnArrival: 15, recordedAt: '2026-11-20T22:40:00Z' }
  await record(store, { attendance: later, mentions: [makeMention(), sexual] })
  const [group] = await store.review.facets({ states, view })
  expect(group).toMatchObject({
    flags: 1,
    values: { site: ['RWP50'], age: ['13-15'], theme: ['weapons', 'sexual-harm'] },
  })
})

test('flags of an earlier version of Wren get site, age and harm from what is held of them', async () => {
  await using database = await openTestDatabase()
  await raise(
    database.store,
    { site: 'RWP50', ageOnArrival: 16 },
    { mentions: [sexual, asideNeglect, trialMissing] },
  )
  const client = await database.connect()
  await client.query('alter table flag drop column site, drop column age, drop column themes')
  await client.query('drop table saved_view')
  const before = new Kysely<unknown>({
    dialect: new PostgresDialect({ pool: new Pool({ connectionString: database.connectionString, max: 1 }) }),
  })
  try {
    await up(before)
  } finally {
    await before.destroy()
  }
  const [group] = await database.store.review.facets({ states, view })
  expect(group?.values).toMatchObject({ site: ['RWP50'], age: ['16-17'], theme: ['sexual-harm'] })
})

test('saved views are of one nurse, kept once, few, and can be removed', async () => {
  await using database = await openTestDatabase()
  const { savedViews } = database.store
  const view = { who: 'amara', at: '2026-11-21T09:00:00Z', max: 2 }
  expect(await savedViews.save({ ...view, filters: 'site=RWP50' })).toBe('saved')
  expect(await savedViews.save({ ...view, filters: 'site=RWP50' })).toBe('saved')
  expect(await savedViews.save({ ...view, at: '2026-11-21T09:05:00Z', filters: 'band=high' })).toBe('saved')
  expect(await savedViews.save({ ...view, filters: 'age=16-17' })).toBe('full')
  expect(await savedViews.save({ ...view, filters: 'band=high' })).toBe('saved')
  expect(await savedViews.list('amara')).toEqual(['site=RWP50', 'band=high'])
  expect(await savedViews.list('beth')).toEqual([])
  await savedViews.remove({ who: 'beth', filters: 'band=high' })
  await savedViews.remove({ who: 'amara', filters: 'site=RWP50' })
  expect(await savedViews.list('amara')).toEqual(['band=high'])
})

async function list(store: Store, filter: QueueFilter): Promise<readonly string[]> {
  const rows = await store.review.queue({ states, limit: 50, offset: 0, shown: { ...view, filter } })
  return rows.map(({ flag }) => flag.id)
}

type HeldWishes = Parameters<typeof makeHeld>[0] & { readonly receivedAt?: string }

async function raise(store: Store, wishes: AttendanceWishes, held: HeldWishes = {}): Promise<string> {
  const attendance = makeAttendance(wishes)
  await record(store, { attendance, ...held })
  return flagIdOf(attendance)
}

async function record(store: Store, { receivedAt, ...held }: HeldWishes): Promise<void> {
  const delivery = makeDelivery(receivedAt === undefined ? {} : { receivedAt })
  await store.screening.record(batchOf(makeScreening({ held: makeHeld(held), delivery })))
}

async function claim(store: Store, { flagId, who }: { flagId: string; who: string }): Promise<void> {
  const at = '2026-11-21T09:00:00Z'
  const audit = { at, who, role: 'nurse', did: 'claimed flag', what: flagId, why: null } as const
  expect(await store.review.claim({ flagId, version: 1, at, audit })).toBe('saved')
}

async function handOver(store: Store, { flagId, to }: { flagId: string; to: string }): Promise<void> {
  await claim(store, { flagId, who: 'beth' })
  const at = '2026-11-21T09:01:00Z'
  const audit = { at, who: 'beth', role: 'nurse', did: 'handed over', what: flagId, why: null } as const
  expect(await store.work.handOver({ flagId, version: 2, at, audit, to, note: 'Late shift' })).toBe('saved')
}
