import type { KnownWords } from '../text/known-words.ts'
import { absent, verdictOfOne, verdictOfThree, verdictOfTwo } from '../text/word-table.ts'
import type { Lexicon } from './lexicon.ts'
import type { Hit } from './lookup.ts'
import { type IsRest, runOnPartMin, runOnRestMax } from './run-on-forms.ts'
import { letters } from './word-at-hand.ts'

/** Shorthand that runs on with a word though it is no word itself or too short to count as one. */
export const joints: ReadonlySet<string> = new Set(
  'a an and at by dx fx hx in is lac lt no of on or pt pts rt sx the to tx up w was with'.split(' '),
)

/** Forms that the word starts or ends with, beside a joint or a known word: "KNIFEDX". */
export function runOns(at: { word: string; lexicon: Lexicon; known: KnownWords }): readonly Hit[] {
  const { word, lexicon, known } = at
  const hits: Hit[] = []
  for (let cut = 1; cut < word.length; cut++) {
    const head = word.slice(0, cut)
    const tail = word.slice(cut)
    const starting = cut >= runOnPartMin ? lexicon.get(head) : undefined
    if (starting !== undefined && isRunOnRest(tail, known)) {
      hits.push({ form: starting, edits: 0, from: 0, to: cut })
    }
    const ending = tail.length >= runOnPartMin ? lexicon.get(tail) : undefined
    if (ending !== undefined && isRunOnRest(head, known)) {
      hits.push({ form: ending, edits: 0, from: cut, to: word.length })
    }
  }
  return hits
}

function isRunOnRest(rest: string, known: KnownWords): boolean {
  if (joints.has(rest)) return true
  return runOnPartMin <= rest.length && rest.length <= runOnRestMax && known.has(rest)
}

/**
 * The same of letters in the work space of word-at-hand.ts, packed as the word table packs them. It may say yes to a
 * stranger, such as letters beyond a to z, and never no to a rest.
 */
export function makeIsRest({ table }: KnownWords): IsRest {
  const packedJoints = new Set(
    [...joints].map(joint => [...joint].reduce((key, letter) => (key << 5) | (letter.charCodeAt(0) & 31), 0)),
  )
  return (from, to) => {
    const length = to - from
    if (length > 18) return true
    let one = 0
    let two = 0
    let three = 0
    for (let index = 0; index < length; index++) {
      const letter = (letters[from + index] ?? 0) - 96
      if (letter < 1 || letter > 26) return true
      if (index < 6) one = (one << 5) | letter
      else if (index < 12) two = (two << 5) | letter
      else three = (three << 5) | letter
    }
    if (length <= 4 && packedJoints.has(one)) return true
    if (length < runOnPartMin) return false
    if (length <= 6) return verdictOfOne(table.parts[0], one) !== absent
    if (length <= 12) return verdictOfTwo(table.parts[1], one, two) !== absent
    return verdictOfThree(table.parts[2], [one, two, three]) !== absent
  }
}
