import type { KnownWords } from '../text/known-words.ts'
import { stemOf } from '../text/stem.ts'
import type { Doubt } from './lint-rules.ts'
import type { Rule } from './rule.ts'
import { termsOf } from './term-place.ts'

/** Rarer words of SCOWL are rarely what a nurse typed. */
const rarityMax = 40

/**
 * Endings that a rule forgot. Endings are written out and never guessed, so "stabs" is not found where only "stab"
 * stands. An ending counts as forgotten when English has the word and it has the same stem. Where forms are written
 * and none of them is a verb's, the word is taken for a noun: who looks for rifles does not look for "rifled".
 */
export function lintForms(rule: Rule, known: KnownWords): readonly Doubt[] {
  const written = new Set(termsOf(rule).map(({ text }) => text))
  return rule.match.flatMap((entry, index) => {
    if (entry.kind !== 'word') return []
    const word = entry.word.toLowerCase()
    const stem = stemOf(word)
    const isNoun = entry.forms.length > 0 && !entry.forms.some(form => isOfVerb(form))
    const forgotten = endingsOf(word).filter(
      form =>
        !(isNoun && isOfVerb(form)) &&
        !written.has(form) &&
        known.has(form) &&
        known.rarityOf(form) <= rarityMax &&
        stemOf(form) === stem,
    )
    if (forgotten.length === 0) return []
    return [
      {
        rule,
        path: ['match', index, 'word'],
        code: 'W044',
        message: `forms forgotten? \`${forgotten.join('`, `')}\` ${forgotten.length === 1 ? 'is' : 'are'} not found`,
        help: `write forms: [${[...entry.forms, ...forgotten].join(', ')}]`,
      },
    ]
  })
}

function isOfVerb(form: string): boolean {
  return /(ed|ing)$/i.test(form)
}

function endingsOf(word: string): readonly string[] {
  const root = word.replace(/e$/, '')
  const doubled = /[^aeiou][aeiou][bdgklmnprt]$/.test(word) ? `${word}${word.at(-1) ?? ''}` : null
  const plural = /(s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${changedEnd(word)}s`
  const regular = [plural, `${root}ed`, `${root}ing`]
  return [...new Set(doubled === null ? regular : [...regular, `${doubled}ed`, `${doubled}ing`])]
}

/** Before a plural's s: body, bodie-s; knife, knive-s. */
function changedEnd(word: string): string {
  return word.replace(/([^aeiou])y$/, '$1ie').replace(/fe?$/, 've')
}
