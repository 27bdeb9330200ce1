import { expect, test } from 'vitest'
import type { Store } from '../../../src/adapters/store/store.ts'
import type { DocumentPart } from '../../../src/attendance/attendance.ts'
import { Note } from '../../../src/attendance/note.ts'
import { flagIdOf } from '../../../src/review/flag-id.ts'
import type { FlagFile } from '../../../src/services/ports.ts'
import type { Screening, WithdrawalNotice } from '../../../src/services/screening.ts'
import { openTestDatabase } from '../../world/database.ts'
import {
  batchOf,
  makeAttendance,
  makeDelivery,
  makeHeld,
  makeMention,
  makeReceipt,
  makeScreening,
} from '../../world/make-attendance.ts'

/** Another one for each order, so that none finds what an earlier one left. */
let child = makeAttendance()

interface Told {
  readonly document?: DocumentPart
  readonly minute: number | null
  readonly words: string
  /** What was found, with the whole text as its place. */
  readonly found?: string
}

/** A message that tells one document of the record, or all of it. */
function tell({ document, minute, words, found = words }: Told): Screening {
  const recordedAt = minute === null ? null : `2026-11-20T21:${String(minute).padStart(2, '0')}:00Z`
  const section = document === undefined ? 'triage' : 'letter'
  const notes = [new Note({ section, words })]
  const attendance = { ...child, document: document ?? null, recordedAt, notes }
  const start = words.indexOf(found)
  const mention = makeMention({ text: found, start, end: start + found.length })
  return makeScreening({ held: makeHeld({ attendance, mentions: [mention] }) })
}

/** That the document, or all of it, was cancelled. */
function cancel(minute: number, document: string | null): WithdrawalNotice {
  const delivery = makeDelivery()
  return {
    kind: 'withdrawal',
    eventId: `withdrawal ${delivery.offset}`,
    delivery,
    source: child.source,
    trust: child.trust,
    attendanceId: child.attendanceId,
    document,
    at: `2026-11-20T21:${String(minute).padStart(2, '0')}:00Z`,
  }
}

type Message = Screening | WithdrawalNotice

async function send(store: Store, messages: readonly Message[]): Promise<FlagFile> {
  for (const message of messages) {
    const isNotice = 'kind' in message
    const batch = isNotice ? { ...batchOf(), notices: [message] } : batchOf(message)
    await store.screening.record(batch)
  }
  const file = await store.review.flagFile(flagIdOf(child))
  if (file === null) throw new Error('no flag was raised')
  return file
}

/** What a nurse reads, and where the mentions point. */
function shown({ attendance, mentions, withdrawn }: FlagFile) {
  return {
    notes: attendance.notes.map(note => [note.section, note.words]),
    found: mentions.map(mention =>
      mention.section === null
        ? null
        : attendance.notes[mention.section]?.words.slice(mention.start, mention.end),
    ),
    withdrawn: withdrawn.map(mention => mention.text),
  }
}

function ordersOf<Each>(list: readonly Each[]): readonly (readonly Each[])[] {
  if (list.length <= 1) return [list]
  return list.flatMap((each, index) => ordersOf(list.toSpliced(index, 1)).map(rest => [each, ...rest]))
}

const triage = () => tell({ minute: 1, words: 'Cut by a knife', found: 'knife' })
const letter = () =>
  tell({ document: { id: 'D1', replaces: null }, minute: 2, words: 'Says a gun was shown', found: 'gun' })
const edited = () =>
  tell({
    document: { id: 'D1', replaces: null },
    minute: 4,
    words: 'Says a machete was shown',
    found: 'machete',
  })
const replaced = () =>
  tell({ document: { id: 'D2', replaces: 'D1' }, minute: 5, words: 'Says an axe was shown', found: 'axe' })

test.each<[reason: string, messages: () => readonly Message[], expected: ReturnType<typeof shown>]>([
  [
    'a document stands beside the rest of the record',
    () => [triage(), letter()],
    {
      notes: [
        ['triage', 'Cut by a knife'],
        ['letter', 'Says a gun was shown'],
      ],
      found: ['knife', 'gun'],
      withdrawn: [],
    },
  ],
  [
    'an edit takes the place of its own document alone',
    () => [triage(), letter(), edited()],
    {
      notes: [
        ['triage', 'Cut by a knife'],
        ['letter', 'Says a machete was shown'],
      ],
      found: ['knife', 'machete'],
      withdrawn: ['gun'],
    },
  ],
  [
    'a replacement under another name takes the place of the document that it names',
    () => [triage(), letter(), replaced()],
    {
      notes: [
        ['triage', 'Cut by a knife'],
        ['letter', 'Says an axe was shown'],
      ],
      found: ['knife', 'axe'],
      withdrawn: ['gun'],
    },
  ],
  [
    'a cancelled document stays, and says so',
    () => [triage(), letter(), cancel(3, 'D1')],
    {
      notes: [
        ['triage', 'Cut by a knife'],
        ['letter (withdrawn by the sender)', 'Says a gun was shown'],
      ],
      found: ['knife', 'gun'],
      withdrawn: [],
    },
  ],
  [
    'a document that was sent again after it was cancelled is there again',
    () => [cancel(3, 'D1'), letter(), edited()],
    { notes: [['letter', 'Says a machete was shown']], found: ['machete'], withdrawn: ['gun'] },
  ],
  [
    'an addendum adds',
    () => [
      letter(),
      tell({ document: { id: 'D9', replaces: null }, minute: 6, words: 'No knife was seen', found: 'knife' }),
    ],
    {
      notes: [
        ['letter', 'Says a gun was shown'],
        ['letter', 'No knife was seen'],
      ],
      found: ['gun', 'knife'],
      withdrawn: [],
    },
  ],
])('%s, in whatever order they come', async (_reason, messages, expected) => {
  await using database = await openTestDatabase()
  for (const order of ordersOf([...messages().keys()])) {
    child = makeAttendance()
    const told = messages()
    const file = await send(
      database.store,
      order.flatMap(place => told[place] ?? []),
    )
    const { withdrawn, ...read } = shown(file)
    expect({ ...read, withdrawn: withdrawn.toSorted() }).toEqual({
      ...expected,
      withdrawn: expected.withdrawn.toSorted(),
    })
  }
})

test('a text that several documents repeat is shown once, with its mentions', async () => {
  await using database = await openTestDatabase()
  const words = 'Says a gun was shown'
  const file = await send(database.store, [
    tell({ document: { id: 'D1', replaces: null }, minute: 2, words, found: 'gun' }),
    tell({ document: { id: 'D2', replaces: null }, minute: 3, words, found: 'gun' }),
  ])
  expect(shown(file)).toEqual({ notes: [['letter', words]], found: ['gun'], withdrawn: [] })
})

test('a new document that adds a mention brings a decided flag back, as later text does', async () => {
  await using database = await openTestDatabase()
  const before = await send(database.store, [triage()])
  const audit = {
    at: '2026-11-21T09:00:00Z',
    who: 'amara',
    role: 'nurse',
    did: 'worked',
    what: 'flag',
    why: null,
  } as const
  await database.store.review.claim({
    flagId: flagIdOf(child),
    version: before.flag.version,
    at: audit.at,
    audit,
  })
  const file = await send(database.store, [letter()])
  expect(file.flag.state).toBe('to-review')
})

test.each([
  ['after its text', () => [triage(), cancel(9, null)]],
  ['before its text', () => [cancel(9, null), triage()]],
])(
  'an attendance that was cancelled %s says when, keeps its flag, and waits for a nurse',
  async (_when, messages) => {
    await using database = await openTestDatabase()
    const file = await send(database.store, messages())
    expect(file.withdrawnAt).toBe('2026-11-20T21:09:00Z')
    expect(file.flag.state).toBe('to-review')
    expect(shown(file).notes).toEqual([['triage', 'Cut by a knife']])
    const [row] = await database.store.review.queue({ states: ['to-review'], limit: 10, offset: 0 })
    expect(row?.withdrawnAt).toBe('2026-11-20T21:09:00Z')
  },
)

test('an attendance that was sent again after it was cancelled is no longer withdrawn', async () => {
  await using database = await openTestDatabase()
  const again = tell({ minute: 12, words: 'Cut by a knife, seen again', found: 'knife' })
  const file = await send(database.store, [triage(), cancel(9, null), again])
  expect(file.withdrawnAt).toBeNull()
})

test('a cancellation delivered twice is told once', async () => {
  await using database = await openTestDatabase()
  const notice = cancel(9, null)
  const file = await send(database.store, [triage(), notice, notice])
  expect(file.history.filter(({ did }) => did === 'withdrawn at source')).toHaveLength(1)
})

test('a later message in which no word was found is told of, since its text is not kept', async () => {
  await using database = await openTestDatabase()
  expect((await send(database.store, [triage()])).clearSince).toBeNull()
  const receivedAt = '2026-11-20T23:00:00Z'
  const receipt = makeReceipt({
    attendance: child,
    delivery: makeDelivery({ receivedAt }),
    bodySha256: 'cd'.repeat(32),
  })
  await database.store.screening.record({ ...batchOf(), receipts: [receipt] })
  expect((await send(database.store, [])).clearSince).toBe(receivedAt)
})
