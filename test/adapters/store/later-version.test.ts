import { expect, test } from 'vitest'
import type { Store } from '../../../src/adapters/store/store.ts'
import type { Attendance } from '../../../src/attendance/attendance.ts'
import { outcomes, type ReviewOutcome } from '../../../src/review/decision.ts'
import { flagIdOf } from '../../../src/review/flag-id.ts'
import type { Mention } from '../../../src/scan/mention.ts'
import type { AuditEntry } from '../../../src/services/people.ts'
import type { FlagFile } from '../../../src/services/ports.ts'
import { openTestDatabase } from '../../world/database.ts'
import { batchOf, makeAttendance, makeHeld, makeMention, makeScreening } from '../../world/make-attendance.ts'

const knife = makeMention()
const gang = makeMention({
  rule: 'gang',
  ruleName: 'Gang',
  theme: 'exploitation',
  term: 'gang',
  text: 'gang',
})
const setAside = makeMention({ standing: 'set-aside', assertion: 'negated' })
const audit: AuditEntry = {
  at: '2026-11-21T09:00:00Z',
  who: 'amara',
  role: 'nurse',
  did: 'worked',
  what: 'flag',
  why: null,
}

/** Tells one attendance again and again, each version at its own minute past nine. */
function teller(store: Store, attendance: Attendance = makeAttendance()) {
  const id = flagIdOf(attendance)
  return {
    id,
    tell: async (minute: number | null, mentions: readonly Mention[], words = `note of minute ${minute}`) => {
      const recordedAt = minute === null ? null : `2026-11-20T21:${String(minute).padStart(2, '0')}:00Z`
      const version = makeAttendance({ ...attendance, recordedAt, words })
      const held = makeHeld({
        attendance: version,
        mentions,
        ...(mentions.includes(gang) ? { priority: 'medium' } : {}),
      })
      await store.screening.record(batchOf(makeScreening({ held })))
    },
    file: async (): Promise<FlagFile> => {
      const file = await store.review.flagFile(id)
      if (file === null) throw new Error('no flag was raised')
      return file
    },
  }
}

async function decide(store: Store, { flag }: FlagFile, outcome: ReviewOutcome): Promise<void> {
  expect(await store.review.claim({ flagId: flag.id, version: flag.version, at: audit.at, audit })).toBe(
    'saved',
  )
  const decision = {
    id: `decision of ${flag.id}`,
    flagId: flag.id,
    outcome,
    reason: 'Seen with mum',
    noAction: null,
    deferUntil: outcome === 'defer' ? '2026-11-23' : null,
    wrongMatch: null,
    decidedBy: 'amara',
    decidedAt: audit.at,
  }
  expect(await store.review.decide({ decision, version: flag.version + 1, referral: null, audit })).toBe(
    'saved',
  )
}

test('a newer version replaces the text; the flag stays where it is', async () => {
  await using database = await openTestDatabase()
  const { tell, file } = teller(database.store)
  await tell(1, [knife])
  await tell(2, [knife])
  const { attendance, flag } = await file()
  expect(attendance.notes[0]?.words).toBe('note of minute 2')
  expect(flag).toMatchObject({ state: 'to-review', reopened: false, version: 2 })
})

test('an older version that comes late never overwrites a newer one', async () => {
  await using database = await openTestDatabase()
  const { tell, file } = teller(database.store)
  await tell(5, [knife])
  await tell(1, [knife])
  const { attendance, flag } = await file()
  expect(attendance.notes[0]?.words).toBe('note of minute 5')
  expect(flag.version).toBe(1)
})

test('without times from the source, the version that came last is shown', async () => {
  await using database = await openTestDatabase()
  const { tell, file } = teller(database.store)
  await tell(null, [knife], 'first')
  await tell(null, [knife], 'second')
  expect((await file()).attendance.notes[0]?.words).toBe('second')
})

test('an older version that comes late and holds a mention still raises the flag', async () => {
  await using database = await openTestDatabase()
  const { tell, file } = teller(database.store)
  await tell(5, [setAside])
  await tell(1, [knife])
  const { flag, attendance } = await file()
  expect(attendance.notes[0]?.words).toBe('note of minute 5')
  expect(flag.because.join('; ')).toContain('Knife or blade: in another version of the record')
})

test('a mention that vanishes from a later version leaves the flag standing, and says so', async () => {
  await using database = await openTestDatabase()
  const { tell, file } = teller(database.store)
  await tell(1, [knife])
  await tell(2, [setAside])
  const { flag } = await file()
  expect(flag).toMatchObject({ state: 'to-review', priority: 'high' })
  expect(flag.because.join('; ')).toContain('Knife or blade: in another version of the record')
})

test.each(Object.keys(outcomes) as ReviewOutcome[])(
  'after "%s", an added mention brings the flag back to review',
  async outcome => {
    await using database = await openTestDatabase()
    const { tell, file } = teller(database.store)
    await tell(1, [knife])
    await decide(database.store, await file(), outcome)
    await tell(2, [knife, gang])
    const { flag, history } = await file()
    expect(flag).toMatchObject({ state: 'to-review', reopened: true, claimedBy: null, deferredUntil: null })
    expect(history[0]).toMatchObject({
      who: 'wren',
      role: 'system',
      did: 'reopened flag: a mention was added',
    })
  },
)

test.each([
  ['the same mentions', [knife]],
  ['a mention that a rule on trial made', [knife, { ...gang, trial: true }]],
  ['a mention that is set aside', [knife, { ...gang, standing: 'set-aside' as const }]],
  ['fewer mentions', [setAside]],
])('a decided flag stays decided when later text has %s', async (_what, mentions) => {
  await using database = await openTestDatabase()
  const { tell, file } = teller(database.store)
  await tell(1, [knife])
  await decide(database.store, await file(), 'no-action')
  await tell(2, mentions)
  expect((await file()).flag).toMatchObject({ state: 'done', reopened: false })
})

test('a mention that vanished and came back does not reopen a decided flag', async () => {
  await using database = await openTestDatabase()
  const { tell, file } = teller(database.store)
  await tell(1, [knife])
  await tell(2, [setAside])
  await decide(database.store, await file(), 'actions-complete')
  await tell(3, [knife])
  expect((await file()).flag.state).toBe('done')
})

test('a flag that a nurse holds goes back to the queue at a new mention, and her save is refused as stale', async () => {
  await using database = await openTestDatabase()
  const { tell, file, id } = teller(database.store)
  await tell(1, [knife])
  await database.store.review.claim({ flagId: id, version: 1, at: audit.at, audit })
  await tell(2, [knife, gang])
  expect((await file()).flag).toMatchObject({ state: 'to-review', reopened: false, claimedBy: null })
  expect(await database.store.review.release({ flagId: id, version: 2, at: audit.at, audit })).toBe('stale')
})

test('the priority never falls: a medium version after a high one leaves it high', async () => {
  await using database = await openTestDatabase()
  const { tell, file } = teller(database.store)
  await tell(1, [knife])
  await tell(2, [gang])
  expect((await file()).flag.priority).toBe('high')
})

test('versions of one attendance told at once by many leave one flag and the newest text', async () => {
  await using database = await openTestDatabase()
  const { tell, file } = teller(database.store)
  await Promise.all(Array.from({ length: 20 }, (_, minute) => tell(minute, [knife])))
  expect((await file()).attendance.notes[0]?.words).toBe('note of minute 19')
  expect(await database.store.review.countByState()).toMatchObject({ 'to-review': 1 })
})

test('a mention that the newest version dropped is kept as withdrawn', async () => {
  await using database = await openTestDatabase()
  const { tell, file } = teller(database.store)
  await tell(1, [knife, gang])
  expect((await file()).withdrawn).toEqual([])
  await tell(2, [knife])
  const { mentions, withdrawn } = await file()
  expect(mentions).toEqual([knife])
  expect(withdrawn).toEqual([gang])
})

test('versions that come in one batch leave what they leave when they come one by one', async () => {
  await using database = await openTestDatabase()
  const { store } = database
  const inBatch = versionsOf(makeAttendance())
  const oneByOne = versionsOf(makeAttendance())
  await store.screening.record(batchOf(...inBatch, ...inBatch))
  for (const version of oneByOne) await store.screening.record(batchOf(version))
  const [batched, single] = await Promise.all(
    [inBatch, oneByOne].map(async ([first]) => store.review.flagFile(flagIdOf(first!.held!.held.attendance))),
  )
  const { id: _one, attendanceId: _batched, ...flag } = batched!.flag
  expect(single!.flag).toMatchObject(flag)
  expect(batched!.attendance.notes[0]?.words).toBe('third')
  expect(batched!.withdrawn).toEqual(single!.withdrawn)
  expect(flag).toMatchObject({ state: 'to-review', version: 2, because: single!.flag.because })

  function versionsOf(attendance: Attendance) {
    const tellings: readonly (readonly [number, string, readonly Mention[]])[] = [
      [1, 'first', [knife]],
      [3, 'third', [gang]],
      [2, 'second', [setAside]],
      [0, 'before all', [knife, gang]],
    ]
    return tellings.map(([hour, words, mentions]) =>
      makeScreening({
        held: makeHeld({
          attendance: { ...attendance, ...noteOf(words), recordedAt: `2026-11-20T2${hour}:00:00Z` },
          mentions,
        }),
      }),
    )
  }

  function noteOf(words: string) {
    return { notes: makeAttendance({ words }).notes }
  }
})
