import levenshtein from 'fast-levenshtein'
import { PorterStemmer } from 'natural/lib/natural/stemmers/index.js'
import { WordTokenizer } from 'natural/lib/natural/tokenizers/index.js'
import type { Rule } from '../../src/rules/rule.ts'
import { editsAllowed } from '../../src/scan/edit-distance.ts'

/**
 * The program that one writes first: natural cuts and stems every word, fast-levenshtein measures it against every
 * term and every word of a phrase, and a phrase is there when its words follow each other. It knows no swaps, known
 * words, run-ons, sentences or cues; it is here to be measured against.
 */
export function makeObviousProgram(rules: readonly Rule[]): (note: string) => number {
  const tokenizer = new WordTokenizer()
  const ready = (term: string) => ({
    term,
    stem: PorterStemmer.stem(term),
    edits: editsAllowed(term, 'auto'),
  })
  const entries = rules.flatMap(rule => rule.match)
  const terms = entries.flatMap(entry =>
    entry.kind === 'word' ? [entry.word, ...entry.forms, ...entry.variants].map(ready) : [],
  )
  const phrases = entries.flatMap(entry =>
    entry.kind === 'phrase' ? [entry.items.flatMap(item => (item === '*' ? [] : [item.map(ready)]))] : [],
  )
  const is = (word: string, stem: string, each: ReturnType<typeof ready>) =>
    stem === each.stem || levenshtein.get(word, each.term) <= each.edits
  return note => {
    let found = 0
    const reached = phrases.map(() => 0)
    for (const word of tokenizer.tokenize(note.toLowerCase())) {
      const stem = PorterStemmer.stem(word)
      for (const each of terms) if (is(word, stem, each)) found++
      phrases.forEach((places, index) => {
        const matches = places.map(place => place.some(each => is(word, stem, each)))
        if (matches[reached[index] ?? 0] === true) reached[index] = (reached[index] ?? 0) + 1
        if (reached[index] === places.length) {
          found++
          reached[index] = 0
        }
      })
    }
    return found
  }
}
