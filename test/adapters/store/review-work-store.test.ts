import { expect, test } from 'vitest'
import type { Store } from '../../../src/adapters/store/store.ts'
import { emptyDecisionForm } from '../../../src/review/decision-form.ts'
import { flagIdOf } from '../../../src/review/flag-id.ts'
import type { Actor } from '../../../src/services/actor.ts'
import { claimFlag, lapseClaims } from '../../../src/services/claim-flag.ts'
import { decideFlag } from '../../../src/services/decide-flag.ts'
import { openTestDatabase } from '../../world/database.ts'
import { batchOf, makeAttendance, makeHeld, makeScreening } from '../../world/make-attendance.ts'
import { partnership } from '../../world/partnership.ts'

const asha: Actor = { username: 'asha.patel', name: 'Asha Patel', role: 'nurse' }
const at = '2026-11-21T09:00:00Z'

function clockAt(instant: string) {
  return { now: () => Temporal.Instant.from(instant) }
}

async function raise({ screening }: Store, arrivedAt = at): Promise<string> {
  const attendance = makeAttendance({ arrivedAt })
  await screening.record(batchOf(makeScreening({ held: makeHeld({ attendance }) })))
  return flagIdOf(attendance)
}

async function claim({ review }: Store, flagId: string, actor = asha): Promise<number> {
  const version = (await review.flagFile(flagId))?.flag.version ?? 0
  expect(await claimFlag({ review, clock: clockAt(at) }, { actor, flagId, version, from: null })).toBe(
    'saved',
  )
  return version + 1
}

function act(flagId: string, version: number) {
  const audit = { at, who: asha.username, role: asha.role, did: 'worked on flag', what: flagId, why: null }
  return { flagId, version, at, audit }
}

test('a claim lapses 20 minutes after the last sign of life, and not a minute before', async () => {
  await using database = await openTestDatabase()
  const { store } = database
  const flagId = await raise(store)
  await claim(store, flagId)
  await store.work.touch({ who: asha.username, at: '2026-11-21T09:05:00Z' })
  expect(await lapseClaims({ work: store.work, clock: clockAt('2026-11-21T09:24:59Z') })).toBe(0)
  expect(await lapseClaims({ work: store.work, clock: clockAt('2026-11-21T09:25:00Z') })).toBe(1)
  expect((await store.review.flagFile(flagId))?.flag).toMatchObject({ state: 'to-review', claimedBy: null })
})

test('what was taken from the open actions goes back there, not to the list of the day', async () => {
  await using database = await openTestDatabase()
  const { store } = database
  const flagId = await raise(store)
  const version = await claim(store, flagId)
  const form = { ...emptyDecisionForm, outcome: 'more-information', reason: 'GP rings back' }
  const ports = { review: store.review, clock: clockAt(at), newId: () => 'a decision', partnership }
  const decided = await decideFlag(ports, { actor: asha, flagId, version, form, referral: null })
  expect(decided.kind).toBe('saved')
  await claim(store, flagId)
  await lapseClaims({ work: store.work, clock: clockAt('2026-11-21T10:00:00Z') })
  expect((await store.review.flagFile(flagId))?.flag.state).toBe('actions-open')
})

test('the next flag is one of mine before the others, what was skipped after them, what is another’s last', async () => {
  await using database = await openTestDatabase()
  const { store } = database
  const oldest = await raise(store, '2026-11-21T01:00:00Z')
  const older = await raise(store, '2026-11-21T02:00:00Z')
  const newer = await raise(store, '2026-11-21T03:00:00Z')
  const newest = await raise(store, '2026-11-21T04:00:00Z')
  const next = async (who = asha.username) =>
    (await store.work.next({ who, role: 'nurse', limit: 9 })).map(({ flagId }) => flagId)
  expect(await next()).toEqual([oldest, older, newer, newest])
  expect(await store.work.skip(act(oldest, await claim(store, oldest)))).toBe('saved')
  expect(await store.work.handOver({ ...act(older, 1), to: 'beth.rowley', note: 'Mum rings' })).toBe('saved')
  expect(await store.work.handOver({ ...act(newest, 1), to: 'team:nurse', note: 'Mum rings' })).toBe('saved')
  expect(await next()).toEqual([newest, newer, oldest, older])
  expect((await next('beth.rowley'))[0]).toBe(older)
})

test('two nurses who answer the checklist at once: one is saved, the other is told', async () => {
  await using database = await openTestDatabase()
  const { store } = database
  const flagId = await raise(store)
  const version = await claim(store, flagId)
  const line = { action: 'gp', answer: 'done', owner: null, due: null, detail: null } as const
  const saved = await Promise.all(
    ['Letter sent', 'Rang them'].map(words =>
      store.work.recordActions({ ...act(flagId, version), lines: [{ ...line, words }] }),
    ),
  )
  expect(saved.toSorted()).toEqual(['saved', 'stale'])
  const file = await store.review.flagFile(flagId)
  expect(file?.checklist).toHaveLength(1)
  expect(file?.flag).toMatchObject({ state: 'in-review', claimedBy: asha.username })
})

test('a draft is for one nurse, the last one stands, and a flag that is none has none', async () => {
  await using database = await openTestDatabase()
  const { drafts } = database.store
  const flagId = await raise(database.store)
  const owner = { flagId, username: asha.username }
  await drafts.save({ ...owner, fields: { reason: 'first' }, savedAt: at })
  await drafts.save({ ...owner, fields: { reason: 'second' }, savedAt: at })
  await drafts.save({ ...owner, flagId: 'none', fields: { reason: 'lost' }, savedAt: at })
  expect((await drafts.find(owner))?.fields).toEqual({ reason: 'second' })
  expect(await drafts.find({ flagId, username: 'beth.rowley' })).toBeNull()
  expect(await drafts.find({ ...owner, flagId: 'none' })).toBeNull()
  await drafts.discard(owner)
  expect(await drafts.find(owner)).toBeNull()
})
