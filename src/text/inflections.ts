import type { KnownWords } from './known-words.ts'
import { stemOf } from './stem.ts'

const endings = ['s', 'es', 'd', 'ed', 'ing', 'er', 'ers', 'ly']

/**
 * The known word that an unknown one is a regular form of, or null: "triagings" of "triaging". Endings are cheap to
 * see; that the two are one word is for the stemmer to say.
 */
export function knownBaseOf(word: string, known: KnownWords): string | null {
  for (const ending of endings) {
    if (!word.endsWith(ending)) continue
    const base = word.slice(0, -ending.length)
    if (base.length > 3 && known.has(base) && stemOf(base) === stemOf(word)) return base
  }
  return null
}
