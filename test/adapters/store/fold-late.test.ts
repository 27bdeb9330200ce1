import { expect, test } from 'vitest'
import { foldLate } from '../../../src/adapters/store/fold-late.ts'
import { foldVersion, type HeldVersion } from '../../../src/adapters/store/later-version.ts'
import type { Flag, HeldAttendance } from '../../../src/review/flag.ts'
import type { Mention } from '../../../src/scan/mention.ts'
import { makeAttendance, makeHeld, makeMention } from '../../world/make-attendance.ts'

const [then, now] = ['2026-11-01T09:00:00Z', '2026-11-21T09:00:00Z']
const words = 'Knife shown. Later a machete.'
const knife = makeMention({ start: 0, end: 5, text: 'Knife' })
const machete = makeMention({ start: 21, end: 28, text: 'machete', term: 'machete' })

test('what the new rules find joins what the old ones found, and the flag waits from now', () => {
  const after = fold({ before: versionOf([knife]), version: versionOf([knife, machete]) })
  expect(after?.added).toEqual([machete])
  expect(textsOf(after?.held.mentions)).toEqual(['Knife', 'machete'])
  expect(after?.flag).toMatchObject({ state: 'to-review', reopened: true, updatedAt: now })
})

test.each([
  ['the same', [knife], [knife]],
  ['less than the old ones', [knife, machete], [knife]],
  ['nothing', [knife], []],
])('where the new rules find %s, nothing changes', (_what, old, found) => {
  expect(fold({ before: versionOf(old), version: versionOf(found) })).toBeNull()
})

test('a mention that the old rules found and the new ones do not stays beside the new one', () => {
  const after = fold({ before: versionOf([knife]), version: versionOf([machete]) })
  expect(textsOf(after?.held.mentions).toSorted()).toEqual(['Knife', 'machete'])
  expect(after?.held.vanished).toEqual([])
})

test('a mention that was set aside and counts now raises the flag, in its new standing', () => {
  const aside = makeMention({ ...knife, standing: 'set-aside' })
  const after = fold({ before: versionOf([aside]), version: versionOf([knife]), flagState: null })
  expect(after?.flag).toMatchObject({ state: 'to-review', raisedAt: now })
  expect(after?.held.mentions.map(({ standing }) => standing)).toEqual(['counted'])
})

test('an older text adds its mention and never replaces the newer text, also where no source says when', () => {
  const newer = versionOf([knife], { words: 'Knife shown.', recordedAt: null })
  const older = versionOf([machete], { recordedAt: null })
  const after = fold({ before: newer, version: older, heldAt: '2026-11-02T09:00:00Z' })
  expect(after?.held.attendance.notes[0]?.words).toBe('Knife shown.')
  expect(textsOf(after?.held.vanished)).toEqual(['machete'])
})

test('a newer text that was clear then becomes the text shown, and what the older said is kept', () => {
  const older = versionOf([knife], { words: 'Knife shown.' })
  const newer = versionOf([machete], { words: 'Machete found.', recordedAt: '2026-11-20T22:00:00Z' })
  const after = fold({ before: older, version: newer })
  expect(after?.held.attendance.notes[0]?.words).toBe('Machete found.')
  expect(textsOf(after?.held.vanished)).toEqual(['Knife'])
})

test('nothing but set-aside mentions, in an attendance of which nothing was held, is listed and raises no flag', () => {
  const aside = makeMention({ ...knife, standing: 'set-aside' })
  const after = fold({ before: null, version: versionOf([aside]), flagState: null })
  expect(after).toMatchObject({ flag: null, added: [] })
})

const attendance = makeAttendance()

function versionOf(
  mentions: readonly Mention[],
  wishes: { words?: string; recordedAt?: string | null } = {},
): HeldAttendance {
  const { notes } = makeAttendance({ words: wishes.words ?? words })
  const recordedAt = wishes.recordedAt === undefined ? attendance.recordedAt : wishes.recordedAt
  return makeHeld({ attendance: { ...attendance, notes, recordedAt }, mentions })
}

/** The flag was decided, unless wished otherwise. */
function fold(wishes: {
  before: HeldAttendance | null
  version: HeldAttendance
  heldAt?: string
  flagState?: Flag['state'] | null
}) {
  const { before, version, heldAt = then, flagState = 'done' } = wishes
  const withdrawn = new Map()
  const held: HeldVersion | null = before === null ? null : { ...before, parts: [before], vanished: [] }
  const known = held === null ? null : { held, heldAt, withdrawn }
  const raised =
    before === null
      ? null
      : foldVersion({ before: null, flag: null, version: before, withdrawn, receivedAt: then }).flag
  const flag = flagState === null || raised === null ? null : { ...raised, state: flagState }
  return foldLate({ known, flag, version, receivedAt: then, at: now })
}

function textsOf(mentions: readonly Mention[] = []): readonly string[] {
  return mentions.map(({ text }) => text)
}
