import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Store } from '../../../src/adapters/store/store.ts'
import { emptyDecisionForm } from '../../../src/review/decision-form.ts'
import { flagIdOf } from '../../../src/review/flag-id.ts'
import { claimFlag } from '../../../src/services/claim-flag.ts'
import { decideFlag } from '../../../src/services/decide-flag.ts'
import { askForExport, findExport, giveExport } from '../../../src/services/export-list.ts'
import type { ExportRecord } from '../../../src/services/export-port.ts'
import { authoriseReferral } from '../../world/authorise-referral.ts'
import { openTestDatabase, type TestDatabase } from '../../world/database.ts'
import {
  type AttendanceWishes,
  batchOf,
  makeAttendance,
  makeDelivery,
  makeHeld,
  makeReceipt,
  makeScreening,
} from '../../world/make-attendance.ts'
import { partnership } from '../../world/partnership.ts'

const now = '2026-11-21T09:30:00Z'
const clock = { now: () => Temporal.Instant.from(now) }
const asha = { username: 'asha.patel', name: 'Asha Patel', role: 'nurse' } as const
const beth = { username: 'beth.rowley', name: 'Beth Rowley', role: 'nurse' } as const
const asked = { format: 'csv', purpose: 'Supervision' } as const

describe('what is taken out of Wren', () => {
  let database: TestDatabase
  let store: Store
  beforeAll(async () => {
    database = await openTestDatabase()
    store = database.store
  })
  afterAll(() => database[Symbol.asyncDispose]())

  test('a day is that of London: what was flagged at midnight belongs to the day that begins', async () => {
    const before = await raise({ at: '2026-06-30T22:59:59Z' }) // 11:59pm in summer
    const after = await raise({ at: '2026-06-30T23:00:00Z' })
    expect(await idsOf({ day: '2026-06-30', carriedOver: false })).toEqual([before])
    expect(await idsOf({ day: '2026-07-01', carriedOver: false })).toEqual([after])
  })

  test('the sheet of today has after its own what earlier days left open, and nothing that is done', async () => {
    const [open, done] = [
      await raise({ at: '2026-11-18T10:00:00Z' }),
      await raise({ at: '2026-11-18T11:00:00Z' }),
    ]
    await close(done)
    const today = await raise({ at: '2026-11-21T08:00:00Z' })
    const sheet = await store.exports.daySheet({ day: '2026-11-21', carriedOver: true })
    const ids = sheet.map(({ flag }) => flag.id)
    expect(ids[0]).toBe(today)
    expect(ids).toContain(open)
    expect(ids).not.toContain(done)
    expect(sheet.map(({ isCarriedOver }) => isCarriedOver)).toEqual([
      false,
      ...sheet.slice(1).map(() => true),
    ])
  })

  test('a closed child stands on its day with the outcome that stands', async () => {
    const id = await raise({ at: '2026-11-17T10:00:00Z' })
    await close(id)
    const [row] = await store.exports.daySheet({ day: '2026-11-17', carriedOver: false })
    expect(row?.flag).toMatchObject({ id, state: 'done' })
    expect(row?.decision).toMatchObject({ outcome: 'no-action', noAction: 'known-nothing-new' })
  })

  test('the meeting is shown the last three attendances of the child, those after the referral and clear ones too', async () => {
    const hash = 'a keyed hash'
    const patientHashes = [hash]
    for (const day of ['2026-10-01', '2026-10-02', '2026-11-20'])
      await comeUnflagged(`${day}T10:00:00Z`, patientHashes)
    const referral = await authoriseReferral(store, {
      again: await raise({ at: '2026-11-16T10:00:00Z', patientHashes }),
    })
    const [row] = await store.exports.meetingRows({ referralIds: [referral.id, 'none'], attendancesMax: 3 })
    expect(row?.referral.id).toBe(referral.id)
    expect(row?.attendances.map(({ arrivedAt, outcome, state }) => [arrivedAt, outcome, state])).toEqual([
      ['2026-11-20T10:00:00Z', 'clear', null],
      ['2026-11-16T10:00:00Z', 'flagged', 'actions-open'],
      ['2026-10-02T10:00:00Z', 'clear', null],
    ])
  })

  test('each child on a list has the purpose in its own history, and the chain of the audit is whole', async () => {
    const id = await raise({ at: '2026-11-14T10:00:00Z' })
    const record = await ask('2026-11-14')
    expect(await store.audit.about(id, 10)).toMatchObject([{ did: 'raised flag' }])
    await giveExport({ ...store, clock }, { actor: asha, record, sampleSize: 0 })
    const [entry] = await store.audit.about(id, 10)
    expect(entry).toMatchObject({ who: 'asha.patel', did: 'exported in day sheet: csv', why: 'Supervision' })
    const [given, first] = await store.audit.about(`export ${record.id}`, 10)
    expect([first?.did, given?.did]).toEqual([
      'asked for day sheet of 2026-11-14: csv',
      'exported in day sheet: csv',
    ])
    expect(await store.audit.verify()).toMatchObject({ kind: 'whole' })
  })

  test('where the audit cannot be kept, nothing is given', async () => {
    const record = await ask('2026-11-14')
    const exports = { ...store.exports, keep: () => Promise.reject(new Error('the disk is full')) }
    await expect(
      giveExport({ ...store, exports, clock }, { actor: asha, record, sampleSize: 0 }),
    ).rejects.toThrow('the disk is full')
  })

  test('a list is found again by whoever asked for it, for 12 hours', async () => {
    const { id } = await ask('2026-11-14')
    const later = { now: () => clock.now().add({ hours: 12, seconds: 1 }) }
    expect(await findExport({ ...store, clock }, { actor: asha, id })).toMatchObject({
      id,
      purpose: 'Supervision',
    })
    expect(await findExport({ ...store, clock }, { actor: beth, id })).toBeNull()
    expect(await findExport({ ...store, clock: later }, { actor: asha, id })).toBeNull()
  })

  function ask(day: string): Promise<ExportRecord> {
    const wanted = { id: randomUUID(), kind: 'day-sheet', day, referralIds: [] } as const
    return askForExport({ ...store, clock }, { actor: asha, wanted, asked })
  }

  async function idsOf(query: { day: string; carriedOver: boolean }): Promise<string[]> {
    return (await store.exports.daySheet(query)).map(({ flag }) => flag.id)
  }

  /** It arrives, and is flagged, at that instant. */
  async function raise({
    at,
    patientHashes = [],
    ...wishes
  }: AttendanceWishes & { at: string; patientHashes?: string[] }): Promise<string> {
    const attendance = makeAttendance({ arrivedAt: at, recordedAt: at, ...wishes })
    const screening = makeScreening({
      held: makeHeld({ attendance }),
      delivery: makeDelivery({ receivedAt: at }),
    })
    const receipt = patientHashes.length === 0 ? screening.receipt : { ...screening.receipt, patientHashes }
    await store.screening.record(batchOf({ ...screening, receipt }))
    return flagIdOf(attendance)
  }

  async function comeUnflagged(at: string, patientHashes: string[]): Promise<void> {
    const attendance = makeAttendance({ arrivedAt: at, recordedAt: at })
    const receipt = {
      ...makeReceipt({ attendance, delivery: makeDelivery({ receivedAt: at }) }),
      patientHashes,
    }
    await store.screening.record({ receipts: [receipt], held: [], deadLetters: [] })
  }

  async function close(flagId: string): Promise<void> {
    const version = (await store.review.flagFile(flagId))?.flag.version ?? 0
    await claimFlag({ ...store, clock }, { actor: asha, flagId, version, from: null })
    const decided = await decideFlag(
      { ...store, clock, newId: randomUUID, partnership },
      {
        actor: asha,
        flagId,
        version: version + 1,
        referral: null,
        form: {
          ...emptyDecisionForm,
          outcome: 'no-action',
          noAction: 'known-nothing-new',
          reason: 'Known, seen at home',
        },
      },
    )
    if (decided.kind !== 'saved') throw new Error(`the decision was ${JSON.stringify(decided)}`)
  }
})
