import type { MatchEntry, PhraseEntry, Rule, WordEntry } from '../rules/rule.ts'
import { normalise } from '../text/normalise.ts'
import { wordsOf } from '../text/tokenise.ts'
import { editsAllowed } from './edit-distance.ts'

/** A plain word that some rule has a use for. */
export interface Form {
  readonly word: string
  readonly uses: Use[]
}

/** What it means when a form is found, and how many edits away it may be. */
export interface Use {
  readonly pattern: Pattern
  readonly edits: Edits
  /** The pattern is looked for where this form stands. Of a phrase, only its rarest words are. */
  readonly isAnchor: boolean
  /** How many words of a phrase may stand before this one; 0 for anything but a phrase. */
  readonly wordsBefore: number
}

export type Edits = 0 | 1 | 2

export type Pattern = WordPattern | PhrasePattern | ShortPattern

interface Named {
  readonly rule: Rule
  /** As the rule writes it. */
  readonly term: string
}

export interface WordPattern extends Named {
  readonly kind: 'word'
}

export interface PhrasePattern extends Named {
  readonly kind: 'phrase'
  readonly places: readonly Place[]
  /** Most words from first to last. */
  readonly within: number
}

/** One place of a phrase: what may fill it, each word with its edits. */
export interface Place {
  readonly words: ReadonlyMap<string, Edits>
  /** Alternatives of several words in a row. */
  readonly rows: readonly (readonly PlaceWord[])[]
  /** Words of this place run together with one of the next ("countylines"); they fill both, exactly. */
  readonly joined: ReadonlySet<string>
  /** Other words may stand before it. */
  readonly isLoose: boolean
}

export interface PlaceWord {
  readonly word: string
  readonly edits: Edits
}

export interface ShortPattern extends Named {
  readonly kind: 'short'
  /** As written, such as "OD". */
  readonly short: string
  readonly unlessBefore: readonly (readonly string[])[]
  readonly unlessAfter: readonly (readonly string[])[]
}

export type Lexicon = ReadonlyMap<string, Form>

/** Neighbouring places with more pairs of words than this are not also looked for joined ("countylines"). */
const joinedPairsMax = 2000

const gapDefault = 8

/** Every form of the rules. `rarityOf` says which word of a phrase is worth looking for. */
export function makeLexicon(rules: readonly Rule[], rarityOf: (word: string) => number): Lexicon {
  const forms = new Map<string, Form>()
  const add = (word: string, use: Use) => {
    const form = forms.get(word)
    if (form === undefined) forms.set(word, { word, uses: [use] })
    else form.uses.push(use)
  }
  for (const rule of rules) {
    for (const entry of rule.match) {
      for (const { word, use } of usesOf({ rule, entry, rarityOf })) add(word, use)
    }
  }
  return forms
}

interface Found {
  readonly word: string
  readonly use: Use
}
interface EntryOfRule<Entry> {
  readonly rule: Rule
  readonly entry: Entry
  readonly rarityOf: (word: string) => number
}

function usesOf({ rule, entry, rarityOf }: EntryOfRule<MatchEntry>): readonly Found[] {
  switch (entry.kind) {
    case 'word':
      return usesOfWord({ rule, entry, rarityOf })
    case 'phrase':
      return usesOfPhrase({ rule, entry, rarityOf })
    case 'short': {
      const [first] = wordsOf(normalise(entry.short).text)
      const pattern: ShortPattern = {
        kind: 'short',
        rule,
        term: entry.short,
        short: entry.short,
        unlessBefore: entry.unlessBefore.map(plainWords),
        unlessAfter: entry.unlessAfter.map(plainWords),
      }
      return first === undefined
        ? []
        : [{ word: first, use: { pattern, edits: 0, isAnchor: true, wordsBefore: 0 } }]
    }
    default:
      throw new Error(`no reading for match entry ${entry satisfies never}`)
  }
}

function usesOfWord({ rule, entry, rarityOf }: EntryOfRule<WordEntry>): readonly Found[] {
  const written = [
    ...[entry.word, ...entry.forms].map(term => ({ term, misspellings: entry.misspellings })),
    ...entry.variants.map(term => ({ term, misspellings: 0 as const })),
  ]
  return written.flatMap(({ term, misspellings }) => {
    const words = plainWords(term)
    const [word] = words
    if (word === undefined) return []
    if (words.length > 1) {
      const items = words.map(each => [each])
      const places = placesOf({ items, within: null }, each => (misspellings === 0 ? 0 : autoEdits(each)))
      return usesOfPlaces({ pattern: { kind: 'phrase', rule, term, places, within: words.length }, rarityOf })
    }
    const pattern: WordPattern = { kind: 'word', rule, term }
    const edits = editsAllowed(word, misspellings)
    return [{ word, use: { pattern, edits, isAnchor: true, wordsBefore: 0 } }]
  })
}

function usesOfPhrase({ rule, entry, rarityOf }: EntryOfRule<PhraseEntry>): readonly Found[] {
  const places = placesOf(entry, autoEdits)
  const sideBySide = places.reduce((sum, { rows }) => sum + Math.max(1, ...rows.map(row => row.length)), 0)
  const within = entry.within ?? (entry.items.includes('*') ? gapDefault : sideBySide)
  const term = entry.items.map(item => (item === '*' ? '…' : (item[0] ?? ''))).join(' ')
  return usesOfPlaces({ pattern: { kind: 'phrase', rule, term, places, within }, rarityOf })
}

/** A `*` loosens the place behind it; `within` without any `*` loosens every place. */
function placesOf(
  { items, within }: Pick<PhraseEntry, 'items' | 'within'>,
  editsOf: (word: string) => Edits,
): readonly Place[] {
  const isLooseThroughout = within !== null && !items.includes('*')
  const written = items.flatMap((item, index) =>
    item === '*' ? [] : [{ options: item.map(plainWords), isAfterGap: items[index - 1] === '*' }],
  )
  return written.map(({ options, isAfterGap }, index) => {
    const next = written[index + 1]
    const isJoinable = next !== undefined && !next.isAfterGap && !isLooseThroughout
    return {
      words: new Map(options.filter(row => row.length === 1).map(([word = '']) => [word, editsOf(word)])),
      rows: options
        .filter(row => row.length > 1)
        .map(row => row.map(word => ({ word, edits: editsOf(word) }))),
      joined: new Set(isJoinable ? joinedPairs(options, next.options) : []),
      isLoose: index > 0 && (isAfterGap || isLooseThroughout),
    }
  })
}

function joinedPairs(
  options: readonly (readonly string[])[],
  nextOptions: readonly (readonly string[])[],
): readonly string[] {
  if (options.length * nextOptions.length > joinedPairsMax) return []
  return options.flatMap(row => nextOptions.map(next => [...row, ...next].join('')))
}

/** The words of a phrase, those of its rarest place as anchors, and its neighbours run together. */
function usesOfPlaces(phrase: {
  readonly pattern: PhrasePattern
  readonly rarityOf: (word: string) => number
}): readonly Found[] {
  const { pattern, rarityOf } = phrase
  const { places } = pattern
  // Every note is full of numbers: no dictionary lists them, and yet none is rare.
  const rarityOfAnchor = (word: string) => (/^\d/.test(word) ? 0 : rarityOf(word))
  const rarities = places.map(place => Math.min(...firstWordsOf(place).map(rarityOfAnchor)))
  const anchor = rarities.indexOf(Math.max(...rarities))
  return places.flatMap(({ words, rows, joined }, index) => {
    const wordsBefore = wordsBeforePlace(pattern, index)
    const inPlace = { pattern, isAnchor: index === anchor, wordsBefore }
    return [
      ...[...words].map(([word, edits]) => ({ word, use: { ...inPlace, edits } })),
      ...rows.flatMap(row =>
        row.map(({ word, edits }, at) => ({
          word,
          use: { ...inPlace, edits, isAnchor: index === anchor && at === 0 },
        })),
      ),
      ...[...joined].map(word => ({ word, use: { ...inPlace, edits: 0 as const, isAnchor: true } })),
    ]
  })
}

/** Each place before is its longest alternative, or a word split in two; where other words may stand, all within. */
function wordsBeforePlace({ places, within }: PhrasePattern, index: number): number {
  if (places.slice(1, index + 1).some(({ isLoose }) => isLoose)) return within - 1
  const lengths = places.slice(0, index).map(({ rows }) => Math.max(2, ...rows.map(row => row.length)))
  return Math.min(
    within - 1,
    lengths.reduce((sum, length) => sum + length, 0),
  )
}

function firstWordsOf({ words, rows }: Place): readonly string[] {
  return [...words.keys(), ...rows.map(([first]) => first?.word ?? '')]
}

function autoEdits(word: string): Edits {
  return editsAllowed(word, 'auto')
}

function plainWords(text: string): readonly string[] {
  return wordsOf(normalise(text).text)
}
