import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Attendance } from '../../../src/attendance/attendance.ts'
import { emptyDecisionForm } from '../../../src/review/decision-form.ts'
import { flagIdOf } from '../../../src/review/flag-id.ts'
import type { Actor } from '../../../src/services/actor.ts'
import { claimFlag, reopenFlag } from '../../../src/services/claim-flag.ts'
import { decideFlag } from '../../../src/services/decide-flag.ts'
import { openFlag } from '../../../src/services/open-flag.ts'
import { openTimeline } from '../../../src/services/open-timeline.ts'
import { makePatientHash } from '../../../src/services/patient-hash.ts'
import { batchOf } from '../../../src/services/screening.ts'
import { suggestHousehold } from '../../../src/services/suggest-household.ts'
import { openTestDatabase, type TestDatabase } from '../../world/database.ts'
import {
  type AttendanceWishes,
  makeAttendance,
  makeDelivery,
  makeHeld,
  makeMention,
  makeNhsNumber,
  makeScreening,
} from '../../world/make-attendance.ts'
import { partnership } from '../../world/partnership.ts'

const asha: Actor = { username: 'asha.patel', name: 'Asha Patel', role: 'nurse' }
const beth: Actor = { username: 'beth.rowley', name: 'Beth Rowley', role: 'lead' }
const patientHash = makePatientHash('identifier key of a test')
const rowan = { given: 'Rowan', family: 'Ashdown', nhsNumber: makeNhsNumber(660_001), localId: 'W66' }

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database[Symbol.asyncDispose]())

/** An attendance comes, flagged unless it is wished otherwise. */
async function attend(
  day: string,
  wishes: AttendanceWishes = {},
  outcome: 'flagged' | 'set-aside' | 'clear' = 'flagged',
): Promise<Attendance> {
  const arrivedAt = `${day}T10:00:00Z`
  const attendance = makeAttendance({ arrivedAt, recordedAt: arrivedAt, ...wishes })
  const mentions = [makeMention(outcome === 'set-aside' ? { standing: 'set-aside' } : {})]
  const delivery = makeDelivery({ receivedAt: `${day}T10:05:00Z` })
  const screening = makeScreening({ held: makeHeld({ attendance, mentions }), delivery })
  const receipt = { ...screening.receipt, patientHashes: patientHash.ofAttendance(attendance) }
  await database.store.screening.record(
    outcome === 'clear'
      ? { ...batchOf([]), receipts: [{ ...receipt, outcome }] }
      : batchOf([{ ...screening, receipt }]),
  )
  return attendance
}

function ports(at: string) {
  const { review, work, audit, timelines } = database.store
  const clock = { now: () => Temporal.Instant.from(at) }
  return { review, work, audit, timelines, clock, newId: () => `decision at ${at}`, partnership }
}

describe('the timeline of a child', () => {
  test('holds flagged, set aside and clear attendances, newest first, from whichever of them it is asked', async () => {
    const patient = rowan
    const flagged = await attend('2026-09-01', { patient })
    const setAside = await attend('2026-10-01', { patient: { ...patient, nhsNumber: null } }, 'set-aside')
    const clear = await attend('2026-10-15', { patient: { ...patient, localId: null } }, 'clear')
    const latest = await attend('2026-11-20', { patient })
    await attend('2026-11-01', { patient: { given: 'Isla' } })
    for (const asked of [flagged, latest]) {
      const timeline = await database.store.timelines.ofFlag(flagIdOf(asked), 10)
      expect(timeline?.entries.map(each => [each.attendanceId, each.outcome])).toEqual([
        [latest.attendanceId, 'flagged'],
        [clear.attendanceId, 'clear'],
        [setAside.attendanceId, 'clear'],
        [flagged.attendanceId, 'flagged'],
      ])
      expect(timeline?.attendance.attendanceId).toBe(asked.attendanceId)
      expect(timeline?.hasMore).toBe(false)
    }
  })

  test('of a clear attendance only when it was read and by which rules is there', async () => {
    const patient = { nhsNumber: makeNhsNumber(660_002) }
    const flagged = await attend('2026-11-20', { patient })
    const clear = await attend('2026-10-15', { patient }, 'clear')
    const timeline = await database.store.timelines.ofFlag(flagIdOf(flagged), 10)
    expect(timeline?.entries[1]).toEqual({
      trust: 'RWP',
      attendanceId: clear.attendanceId,
      site: 'RWP01',
      arrivedAt: '2026-10-15T10:00:00Z',
      outcome: 'clear',
      screenedAt: '2026-10-15T10:05:00Z',
      rulesetVersion: 'a1b2c3d4e5f6',
      withdrawnAt: null,
      held: null,
      story: null,
    })
  })

  test('tells each outcome with its reason, what was reopened and why, and who looked', async () => {
    const patient = { nhsNumber: makeNhsNumber(660_003) }
    const earlier = flagIdOf(await attend('2026-10-01', { patient }))
    const latest = flagIdOf(await attend('2026-11-20', { patient }))
    const claimed = { actor: asha, flagId: earlier, version: 1, from: null }
    expect(await claimFlag(ports('2026-10-01T11:00:00Z'), claimed)).toBe('saved')
    const form = {
      ...emptyDecisionForm,
      outcome: 'no-action',
      noAction: 'known-nothing-new',
      reason: 'Known',
    }
    const deciding = { actor: asha, flagId: earlier, version: 2, form, referral: null }
    expect((await decideFlag(ports('2026-10-01T11:05:00Z'), deciding)).kind).toBe('saved')
    const reopening = { actor: beth, flagId: earlier, version: 3, why: 'His school rang' }
    expect(await reopenFlag(ports('2026-10-02T09:00:00Z'), reopening)).toBe('saved')
    await openFlag(ports('2026-10-02T09:10:00Z'), { actor: asha, flagId: earlier })
    await openFlag(ports('2026-10-03T09:10:00Z'), { actor: asha, flagId: earlier })

    const timeline = await openTimeline(ports('2026-11-21T09:00:00Z'), { actor: beth, flagId: latest })
    const story = timeline?.entries[1]?.story
    expect(story?.decisions.map(({ outcome, reason }) => [outcome, reason])).toEqual([['no-action', 'Known']])
    expect(story?.history.map(({ did, who, at, why }) => [did, who, at, why])).toEqual([
      ['opened flag', 'asha.patel', '2026-10-03T09:10:00Z', null],
      ['reopened flag', 'beth.rowley', '2026-10-02T09:00:00Z', 'His school rang'],
    ])
    expect(timeline?.entries[0]?.story?.history.map(({ did }) => did)).toEqual(['opened timeline'])
  })

  test('of a child without any number holds the attendance that was asked from', async () => {
    const attendance = await attend('2026-11-20', { patient: { nhsNumber: null, localId: null } })
    const timeline = await database.store.timelines.ofFlag(flagIdOf(attendance), 10)
    expect(timeline?.entries.map(each => each.attendanceId)).toEqual([attendance.attendanceId])
  })

  test('says when there are older ones that it does not list', async () => {
    const patient = { nhsNumber: makeNhsNumber(660_004) }
    for (const day of ['2026-10-01', '2026-10-02']) await attend(day, { patient }, 'clear')
    const flagId = flagIdOf(await attend('2026-11-20', { patient }))
    const timeline = await database.store.timelines.ofFlag(flagId, 2)
    expect([timeline?.entries.length, timeline?.hasMore]).toEqual([2, true])
  })

  test('of a flag that is none is none, and the look is recorded all the same', async () => {
    expect(await openTimeline(ports('2026-11-21T09:00:00Z'), { actor: asha, flagId: 'none' })).toBeNull()
    expect((await database.store.audit.about('none', 5)).map(({ did }) => did)).toEqual(['opened timeline'])
  })
})

describe('who may live with a child', () => {
  test('is suggested by surname or address within a postcode, never joined, and never the child itself', async () => {
    const home = { postcode: 'WR5 3ZZ', address: '9 Sorrel Close' }
    const nhsNumber = makeNhsNumber(660_010)
    const child = await attend('2026-11-20', { patient: { ...home, family: 'Quill', nhsNumber } })
    await attend('2026-09-20', { patient: { ...home, family: 'Quill', nhsNumber } })
    const sister = { ...home, family: 'Quill', given: 'Isla', nhsNumber: makeNhsNumber(660_011) }
    await attend('2026-10-01', { patient: sister })
    const newest = await attend('2026-11-01', { patient: { ...sister, postcode: 'wr53zz' } }, 'set-aside')
    const neighbour = { ...home, family: 'Quill', given: 'Tom', address: '11 Sorrel Close' }
    await attend('2026-11-02', { patient: { ...neighbour, nhsNumber: makeNhsNumber(660_012) } })
    const other = { ...home, family: 'Merrick', address: '11 Sorrel Close' }
    await attend('2026-11-03', { patient: { ...other, nhsNumber: makeNhsNumber(660_013) } })
    await attend('2026-11-04', { patient: { ...sister, nhsNumber: makeNhsNumber(660_014) } }, 'clear')

    const household = await suggestHousehold(database.store.timelines, child)
    if (household.kind !== 'suggested') throw new Error('there is a postcode')
    expect(
      household.children.map(each => [
        each.likeness,
        each.attendances[0].patient.given,
        each.attendances.length,
      ]),
    ).toEqual([
      ['same-home-and-name', 'Isla', 2],
      ['same-surname', 'Tom', 1],
    ])
    expect(household.children[0]?.attendances[0]).toMatchObject({
      attendanceId: newest.attendanceId,
      flag: null,
    })
    const timeline = await database.store.timelines.ofFlag(flagIdOf(child), 10)
    expect(timeline?.entries).toHaveLength(2)
  })

  test('a child with the same name and birthday under another number stands first', async () => {
    const patient = { postcode: 'WR5 3ZY', address: '1 Sorrel Close', family: 'Oldbury', given: 'Kit' }
    const child = await attend('2026-11-20', { patient })
    await attend('2026-11-01', { patient: { ...patient, given: 'Tom' } })
    await attend('2026-10-01', { patient: { ...patient, address: '3 Sorrel Close' } })
    const household = await suggestHousehold(database.store.timelines, child)
    const found = household.kind === 'suggested' ? household.children.map(({ likeness }) => likeness) : []
    expect(found).toEqual(['same-child', 'same-home-and-name'])
  })

  test('a child whose numbers the hospital merged is suggested once, and never to itself', async () => {
    const home = { postcode: 'WR5 3ZX', address: '2 Sorrel Close', family: 'Larkrise', nhsNumber: null }
    const [prior, surviving] = ['W661', 'W662']
    const hashOf = (localId: string) => patientHash.ofLocalId({ trust: 'RWP', localId })
    const delivery = makeDelivery()
    const merges = [{ prior, surviving, priorHash: hashOf(prior), survivingHash: hashOf(surviving) }]
    const merge = {
      kind: 'merge',
      eventId: 'merge 66',
      delivery,
      source: 'pas',
      trust: 'RWP',
      merges,
    } as const
    await database.store.screening.record({
      ...batchOf([]),
      notices: [{ ...merge, at: '2026-11-01T10:00:00Z' }],
    })
    const before = await attend('2026-10-01', { patient: { ...home, given: 'Isla', localId: prior } })
    await attend('2026-11-02', { patient: { ...home, given: 'Isla', localId: surviving } })
    const brother = await attend('2026-11-03', { patient: { ...home, given: 'Tom', localId: 'W663' } })
    const suggestedTo = async (child: Attendance) => {
      const household = await suggestHousehold(database.store.timelines, child)
      const children = household.kind === 'suggested' ? household.children : []
      return children.map(({ attendances }) => [attendances[0].patient.given, attendances.length])
    }
    expect(await suggestedTo(brother)).toEqual([['Isla', 2]])
    expect(await suggestedTo(before)).toEqual([['Tom', 1]])
  })

  test('cannot be told without a postcode', async () => {
    const child = await attend('2026-11-20', { patient: { postcode: 'ZZ99 3WZ' } })
    expect(await suggestHousehold(database.store.timelines, child)).toEqual({ kind: 'no-postcode' })
  })
})
