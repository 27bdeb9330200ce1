import { codesOf, isWithinEdits } from './edits-within.ts'
import { type Groups, makeGroups } from './groups.ts'
import { letterSet, letters, pairAt, takeWord, tripleAt, triples } from './word-at-hand.ts'

/** A form that may be found misspelt or run on with other words. */
export interface Filed<Entry> {
  readonly word: string
  readonly edits: 0 | 1 | 2
  readonly entry: Entry
}

/**
 * Forms within their edits of the word at hand, without comparing it to all of them.
 *
 * An edit touches two neighbours at most. So through one edit a form of five letters or more keeps its first two letters
 * or its last two. Through two edits a form of nine letters or more keeps its first two, its last two or, where one edit
 * fell on each end, its fourth to sixth letters, moved by one place at most. Only forms that share such letters with the
 * word are looked at, and of those only the ones of about its length and with about its letters are compared. Shorter
 * forms than that, which a rule must ask for by name, are looked at for every word.
 */
export interface NearForms<Entry> {
  readonly entries: readonly Entry[]
  readonly codes: readonly Uint16Array[]
  readonly lengths: Uint8Array
  readonly edits: Uint8Array
  readonly letterSets: Int32Array
  readonly firstPairs: Int32Array
  readonly lastPairs: Int32Array
  readonly byFirstPair: Groups
  readonly byLastPair: Groups
  readonly byMiddle: Groups
  /** One group. */
  readonly shorts: Groups
}

const pairs = 32 ** 2

export function makeNearForms<Entry>(filed: readonly Filed<Entry>[]): NearForms<Entry> {
  const forms = filed.filter(({ word, edits }) => edits > 0 && takeWord(word) > 0)
  const isShort = (form: number) => (forms[form]?.word.length ?? 0) < (forms[form]?.edits === 1 ? 5 : 9)
  const group = (size: number, keysOf: (length: number, edits: number) => readonly number[]) =>
    makeGroups({
      size,
      count: forms.length,
      keysOf: member => {
        const { word = '', edits = 0 } = forms[member] ?? {}
        return isShort(member) ? [] : keysOf(takeWord(word), edits)
      },
    })
  return {
    entries: forms.map(({ entry }) => entry),
    codes: forms.map(({ word }) => codesOf(word)),
    lengths: Uint8Array.from(forms, ({ word }) => word.length),
    edits: Uint8Array.from(forms, ({ edits }) => edits),
    letterSets: Int32Array.from(forms, ({ word }) => letterSet(takeWord(word))),
    firstPairs: Int32Array.from(forms, ({ word }) => (takeWord(word) > 0 ? pairAt(0) : none)),
    lastPairs: Int32Array.from(forms, ({ word }) => pairAt(takeWord(word) - 2)),
    byFirstPair: group(pairs, () => [pairAt(0)]),
    byLastPair: group(pairs, length => [pairAt(length - 2)]),
    byMiddle: group(triples, (_, edits) => (edits === 2 ? [tripleAt(3)] : [])),
    shorts: makeGroups({ size: 1, count: forms.length, keysOf: member => (isShort(member) ? [0] : []) }),
  }
}

/** The shortest word within two edits of a form of nine letters. */
const middleLengthMin = 7

export function isAnyNear(near: NearForms<unknown>, length: number): boolean {
  return visit(near, length, null)
}

export function entriesNear<Entry>(near: NearForms<Entry>, length: number): readonly Entry[] {
  const found: number[] = []
  visit(near, length, found)
  return [...new Set(found)].flatMap(form => near.entries[form] ?? [])
}

/** Work space: the letter set of the word at hand. */
let setAtHand = 0

/** No pair of letters. */
const none = -1

/**
 * Fills `found` with all that are near; where it is null, one is enough, and the answer says whether there is one. A form
 * that shares more than one such row of letters with the word is looked at once.
 */
function visit(near: NearForms<unknown>, length: number, found: number[] | null): boolean {
  const { byFirstPair, byLastPair, byMiddle, shorts } = near
  setAtHand = letterSet(length)
  const first = pairAt(0)
  const last = pairAt(length - 2)
  return (
    visitGroup(near, byFirstPair, first, length, found, none, none) ||
    visitGroup(near, byLastPair, last, length, found, first, none) ||
    visitGroup(near, shorts, 0, length, found, none, none) ||
    (length >= middleLengthMin &&
      (visitGroup(near, byMiddle, tripleAt(2), length, found, first, last) ||
        visitGroup(near, byMiddle, tripleAt(3), length, found, first, last) ||
        visitGroup(near, byMiddle, tripleAt(4), length, found, first, last)))
  )
}

/** But for forms with these first or last letters. Numbers in place of an object: this runs several times a word. */
function visitGroup(
  near: NearForms<unknown>,
  { offsets, members }: Groups,
  key: number,
  length: number,
  found: number[] | null,
  butFirst: number,
  butLast: number,
): boolean {
  const end = offsets[key + 1] ?? 0
  for (let at = offsets[key] ?? 0; at < end; at++) {
    const form = members[at] ?? 0
    if (near.firstPairs[form] === butFirst || near.lastPairs[form] === butLast) continue
    if (!isNear(near, form, length)) continue
    if (found === null) return true
    found.push(form)
  }
  return false
}

function isNear(near: NearForms<unknown>, form: number, length: number): boolean {
  const edits = near.edits[form] ?? 0
  const longer = length - (near.lengths[form] ?? 0)
  if (longer > edits || -longer > edits) return false
  if (bitsIn(setAtHand ^ (near.letterSets[form] ?? 0)) > 2 * edits) return false
  const codes = near.codes[form]
  return codes !== undefined && isWithinEdits(codes, length, edits)
}

/** Counts set bits: in pairs, in fours, in bytes, and the bytes summed by a multiplication. */
function bitsIn(set: number): number {
  const twos = set - ((set >>> 1) & 0x55555555)
  const fours = (twos & 0x33333333) + ((twos >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** Whether the form stands in the word at hand from `start` on. */
export function standsAt(codes: Uint16Array, start: number): boolean {
  for (let at = 0; at < codes.length; at++) if (codes[at] !== letters[start + at]) return false
  return true
}
