import { codesOf, isWithinEdits } from './edits-within.ts'
import { type Groups, makeGroups, roomyShift, slotOf } from './groups.ts'
import { letterSet, lettersMax, partAt, partMax, takeWord } from './word-at-hand.ts'

/** A form that may be found misspelt or run on with other words. */
export interface Filed<Entry> {
  readonly word: string
  readonly edits: 0 | 1 | 2
  readonly entry: Entry
}

/**
 * Forms within their edits of the word at hand, without comparing it to all of them.
 *
 * An edit touches two neighbouring letters of the word at most. Of a word of L letters, one edit leaves L - 2 in two
 * runs, at the start and at the end, as the form has them. So where its first s letters are not the form's, the run at
 * the start is shorter than that, and the last L - 1 - s letters must be the form's. Two edits leave L - 4 letters in
 * three runs. Where neither the first s nor the last e letters are the form's, the letters between them, but for one on
 * either side, stand in the middle run, one place at most from where the form has them.
 *
 * So each form is filed under such parts, for every length that a word within its edits may have, and a word asks for
 * the two or three parts of its own length. A part of no letters is shared by all: for words as short as that, all forms
 * are looked at. Strangers may share a slot with a part; each form found is compared.
 */
export interface NearForms<Entry> {
  readonly entries: readonly Entry[]
  readonly codes: readonly Uint16Array[]
  readonly edits: Uint8Array
  readonly letterSets: Int32Array
  /** By the length of a word, bits: 1 and 2, some form of so many edits may be near it. */
  readonly reach: Uint8Array
  readonly byPart: Groups
  readonly shift: number
}

/** How many letters a part has, by the length of the word: as many as there is room for. The end has most, for "-ing" and "-ed" are shared by many. */
const startOfOne = partLengths(length => (length - 1) >> 1)
const endOfOne = partLengths(length => length >> 1)
const startOfTwo = partLengths(length => Math.floor((length - 2) / 3))
const middleOfTwo = startOfTwo
const endOfTwo = partLengths(length => length - 2 - 2 * Math.floor((length - 2) / 3))

function partLengths(ofLength: (length: number) => number): Uint8Array {
  return Uint8Array.from({ length: lettersMax + 1 }, (_, length) =>
    Math.max(0, Math.min(ofLength(length), partMax)),
  )
}

const kinds = { startOfOne: 0, endOfOne: 1, startOfTwo: 2, endOfTwo: 3, middleOfTwo: 4 }

export function makeNearForms<Entry>(filed: readonly Filed<Entry>[]): NearForms<Entry> {
  const forms = filed.filter(({ word, edits }) => edits > 0 && takeWord(word) > 0)
  const reach = new Uint8Array(lettersMax + 1)
  const keys = forms.map(({ word, edits }) =>
    lengthsNear({ word, edits }).flatMap(length => {
      reach[length] = (reach[length] ?? 0) | edits
      return partsOf({ word, edits, length })
    }),
  )
  const shift = roomyShift(keys.flat().length)
  return {
    entries: forms.map(({ entry }) => entry),
    codes: forms.map(({ word }) => codesOf(word)),
    edits: Uint8Array.from(forms, ({ edits }) => edits),
    letterSets: Int32Array.from(forms, ({ word }) => letterSet(takeWord(word))),
    reach,
    byPart: makeGroups(keys, shift),
    shift,
  }
}

/** How long words within the edits of a form are. */
function lengthsNear({ word, edits }: { word: string; edits: number }): readonly number[] {
  const lengths = Array.from({ length: 2 * edits + 1 }, (_, index) => word.length - edits + index)
  return lengths.filter(length => 0 < length && length <= lettersMax)
}

/** The parts under which a form is found by words of this length. */
function partsOf({
  word,
  edits,
  length,
}: {
  word: string
  edits: number
  length: number
}): readonly number[] {
  const own = takeWord(word)
  if (edits === 1) {
    const [start, end] = [startOfOne[length] ?? 0, endOfOne[length] ?? 0]
    return [
      partKey(partAt(0, start), length, kinds.startOfOne),
      partKey(partAt(own - end, end), length, kinds.endOfOne),
    ]
  }
  const [start, middle, end] = [startOfTwo[length] ?? 0, middleOfTwo[length] ?? 0, endOfTwo[length] ?? 0]
  const places = [start, start + 1, start + 2].filter(from => from + middle <= own)
  return [
    partKey(partAt(0, start), length, kinds.startOfTwo),
    partKey(partAt(own - end, end), length, kinds.endOfTwo),
    ...places.map(from => partKey(partAt(from, middle), length, kinds.middleOfTwo)),
  ]
}

function partKey(hash: number, length: number, kind: number): number {
  return hash ^ Math.imul(length * 8 + kind, 0x85ebca6b)
}

export function isAnyNear(near: NearForms<unknown>, length: number): boolean {
  return visit(near, length, null)
}

export function entriesNear<Entry>(near: NearForms<Entry>, length: number): readonly Entry[] {
  const found: number[] = []
  visit(near, length, found)
  return [...new Set(found)].flatMap(form => near.entries[form] ?? [])
}

/** Work space: the letter set of the word at hand, once some form is compared to it. */
let setAtHand = 0

/** Fills `found` with all that are near; where it is null, one is enough, and the answer says whether there is one. */
function visit(near: NearForms<unknown>, length: number, found: number[] | null): boolean {
  const reach = near.reach[length] ?? 0
  setAtHand = 0
  if ((reach & 1) !== 0) {
    const start = partAt(0, startOfOne[length] ?? 0)
    if (visitPart(near, partKey(start, length, kinds.startOfOne), length, found)) return true
    const count = endOfOne[length] ?? 0
    const end = partAt(length - count, count)
    if (visitPart(near, partKey(end, length, kinds.endOfOne), length, found)) return true
  }
  if ((reach & 2) === 0) return false
  const start = startOfTwo[length] ?? 0
  const end = endOfTwo[length] ?? 0
  const middle = partAt(start + 1, middleOfTwo[length] ?? 0)
  return (
    visitPart(near, partKey(partAt(0, start), length, kinds.startOfTwo), length, found) ||
    visitPart(near, partKey(partAt(length - end, end), length, kinds.endOfTwo), length, found) ||
    visitPart(near, partKey(middle, length, kinds.middleOfTwo), length, found)
  )
}

/** Numbers in place of an object: this runs several times a word. */
function visitPart(near: NearForms<unknown>, key: number, length: number, found: number[] | null): boolean {
  const { offsets, members } = near.byPart
  const slot = slotOf(key, near.shift)
  const end = offsets[slot + 1] ?? 0
  for (let at = offsets[slot] ?? 0; at < end; at++) {
    const form = members[at] ?? 0
    if (!isNear(near, form, length)) continue
    if (found === null) return true
    found.push(form)
  }
  return false
}

function isNear(near: NearForms<unknown>, form: number, length: number): boolean {
  const edits = near.edits[form] ?? 0
  if (setAtHand === 0) setAtHand = letterSet(length)
  if (bitsIn(setAtHand ^ (near.letterSets[form] ?? 0)) > 2 * edits) return false
  const codes = near.codes[form]
  return codes !== undefined && isWithinEdits(codes, length, edits === 1 ? 1 : 2)
}

/** Counts set bits: in pairs, in fours, in bytes, and the bytes summed by a multiplication. */
function bitsIn(set: number): number {
  const twos = set - ((set >>> 1) & 0x55555555)
  const fours = (twos & 0x33333333) + ((twos >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
